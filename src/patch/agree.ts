/** Whether algorithms came to the same result, and where they first differ if not. */
import { SLOT_WORDS } from '../isa/insn.ts';
import { PLACES_KINDS } from '../program/program.ts';
import type { Patched } from './algorithm.ts';

export interface Difference {
  /** Number of the result that differs from the first one. */
  readonly result: number;
  /** Column, such as "insns" or "lineInfo.insnOff". */
  readonly column: string;
  /** Slot or entry of that column; for the length, the shorter one's. */
  readonly idx: number;
}

type Columns = Readonly<Record<string, ArrayLike<number>>>;

/** Everything of a result that a program can be told apart by, as flat columns. Insns come first. */
function columnsOf({ program, remap }: Patched): Columns {
  const { insns, uid, nextUid, origIdx, lineInfo, subprogs, places, aux } = program;
  const named = (name: string, columns: object): [string, ArrayLike<number>][] =>
    Object.entries(columns).map(([key, values]) => [`${name}.${key}`, values as ArrayLike<number>]);
  return {
    insns,
    uid,
    nextUid: [nextUid],
    origIdx,
    ...Object.fromEntries([
      ...named('lineInfo', lineInfo),
      ...named('subprogs', subprogs),
      ['places', places.flatMap(({ kind, name }) => [PLACES_KINDS.indexOf(kind), name])],
      ...places.map(({ at }, k): [string, ArrayLike<number>] => [`places[${k}].at`, at]),
      ...(aux ? named('aux', { home: aux.home, zextDst: aux.zextDst }) : []),
      ...named('remap', remap),
    ]),
  };
}

function firstUnequal(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const cnt = Math.min(a.length, b.length);
  for (let i = 0; i < cnt; i++) if (a[i] !== b[i]) return i;
  return a.length === b.length ? -1 : cnt;
}

function difference(result: number, a: Columns, b: Columns): Difference | null {
  for (const column of new Set([...Object.keys(a), ...Object.keys(b)])) {
    const at = firstUnequal(a[column] ?? [], b[column] ?? []);
    if (at >= 0) return { result, column, idx: column === 'insns' ? Math.floor(at / SLOT_WORDS) : at };
  }
  return null;
}

/** The first difference of any result from the first one; null: they agree. */
export function agree(results: readonly Patched[]): Difference | null {
  const [first, ...others] = results.map(columnsOf);
  for (const [i, other] of others.entries()) {
    const found = difference(i + 1, first, other);
    if (found !== null) return found;
  }
  return null;
}
