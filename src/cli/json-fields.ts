/** Reading foreign JSON, field by field; what is wrong is said in a sentence and thrown, to be caught by the reader. */

/** Thrown by readers and caught by the command that called them: they nest deeply. */
export class BadInput extends Error {}

export function need(condition: boolean, message: string): asserts condition {
  if (!condition) throw new BadInput(message);
}

export type Json = Record<string, unknown>;

export function objectOf(value: unknown, what: string): Json {
  need(typeof value === 'object' && value !== null && !Array.isArray(value), `${what} is not an object`);
  return value as Json;
}

export function integerOf(value: unknown, lo: number, hi: number, what: string): number {
  need(
    typeof value === 'number' && Number.isInteger(value) && value >= lo && value <= hi,
    `${what} is not a whole number from ${lo} to ${hi}`,
  );
  return value;
}

export function textOf(value: unknown, what: string): string {
  need(typeof value === 'string', `${what} is not a text`);
  return value;
}

/** A list, or an empty one where there is none. */
export function listOf(value: unknown, what: string): readonly unknown[] {
  if (value === undefined || value === null) return [];
  need(Array.isArray(value), `${what} is not a list`);
  return value;
}
