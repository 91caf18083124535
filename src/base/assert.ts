/** A broken assertion is a bug of ours, never the user's: it throws, and the worker answers `crash`. */
export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Error(`bug: ${message}`);
}
