/** Reading the reference material beside the repository, where there is any. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { word0 } from '../../../src/isa/insn.ts';

export type Insn = readonly [code: number, dst: number, src: number, off: number, imm: number];
export type Run = { readonly n: number; readonly i: Insn | readonly Insn[] };

const SHARED = fileURLToPath(new URL('../../../../shared/', import.meta.url));

/** The lines of a file of ../shared, or null when a checkout stands alone. */
export function sharedLines<T>(path: string): T[] | null {
  if (!existsSync(SHARED + path)) return null;
  const text = readFileSync(SHARED + path, 'utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}

/** Words of a list of insns, in which run-length items may stand. */
export function wordsOf(items: readonly (Insn | Run)[]): Int32Array {
  const words: number[] = [];
  const put = ([code, dst, src, off, imm]: Insn): void => {
    words.push(word0(code, dst, src, off), imm);
  };
  for (const item of items) {
    if (!('n' in item)) {
      put(item);
      continue;
    }
    const block = (Array.isArray(item.i[0]) ? item.i : [item.i]) as readonly Insn[];
    for (let k = 0; k < item.n; k++) for (const insn of block) put(insn);
  }
  return Int32Array.from(words);
}

/** Words of a golden record: 16 hex digits a slot. */
export function wordsOfHex(hex: string): Int32Array {
  const bytes = Uint8Array.from(Buffer.from(hex, 'hex'));
  return new Int32Array(bytes.buffer);
}

/** One slot a line, for messages people can read. */
export const linesOf = (words: Int32Array): string[] =>
  Array.from({ length: words.length / 2 }, (_, i) => {
    const [w0, imm] = [words[2 * i], words[2 * i + 1]];
    return `${(w0 & 0xff).toString(16).padStart(2, '0')} d${(w0 >>> 8) & 15} s${(w0 >>> 12) & 15} off ${w0 >> 16} imm ${imm}`;
  });
