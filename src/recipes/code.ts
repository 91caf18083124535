/** What recipes give: a program with the tables beside its insns, and edits, all in buffers of their own. */
import { SLOT_WORDS } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import type { EditList } from '../patch/ops.ts';
import { type AuxColumns, auxColumns, type LineInfo, makeProgram, type Program } from '../program/program.ts';

const LINE_EVERY = 4;
/** The file that line entries of generated programs name. */
const FILE = 'generated.c';

/** 0, 1, 2, ... */
export function counted(cnt: number): Int32Array {
  const column = new Int32Array(cnt);
  for (let i = 0; i < cnt; i++) column[i] = i;
  return column;
}

/**
 * A line entry every `every` slots, and one wherever a subprogram starts, because a kernel loads no other tables. The second
 * slot of a 64-bit constant gets none.
 */
function lineInfoOf(insns: Int32Array, starts: Int32Array, every: number): LineInfo {
  const second = secondSlots(insns);
  const slots = second.length;
  const insnOff = new Int32Array(Math.ceil(slots / every) + starts.length);
  let cnt = 0;
  let sub = 0;
  for (let at = 0; at < slots; ) {
    if (second[at] === 0) insnOff[cnt++] = at;
    if (sub < starts.length && at >= starts[sub]) sub++;
    const next = at - (at % every) + every;
    at = sub < starts.length && starts[sub] < next ? starts[sub] : next;
  }
  const line = counted(cnt);
  for (let k = 0; k < cnt; k++) line[k]++;
  return {
    ...{ insnOff: insnOff.slice(0, cnt), file: new Int32Array(cnt), line },
    ...{ col: new Int32Array(cnt), text: new Int32Array(cnt).fill(-1) },
  };
}

/** For each subprogram its first line entry. */
function firstEntries(starts: Int32Array, insnOff: Int32Array): Int32Array {
  const linfoIdx = new Int32Array(starts.length);
  for (let k = 0, entry = 0; k < starts.length; k++) {
    while (entry < insnOff.length && insnOff[entry] < starts[k]) entry++;
    linfoIdx[k] = entry;
  }
  return linfoIdx;
}

export interface Parts {
  /** Two words a slot; the buffer becomes the program's. */
  readonly insns: Int32Array;
  /** Where subprograms start, in ascending order, the first at 0. */
  readonly starts?: Int32Array;
  /** Of so many slots one has a line entry; 4 unless said otherwise. */
  readonly lineEvery?: number;
  /** What the verifier would have noted; unless said otherwise it has seen every insn. */
  readonly aux?: Partial<AuxColumns>;
}

/** A program with the whole verifier layer. */
export function programOf({ insns, starts = new Int32Array(1), ...more }: Parts): Program {
  const { lineEvery = LINE_EVERY, aux = {} } = more;
  const slots = insns.length / SLOT_WORDS;
  const lineInfo = lineInfoOf(insns, starts, lineEvery);
  const cnt = starts.length;
  return makeProgram({
    ...{ insns, lineInfo, strings: [FILE] },
    subprogs: {
      ...{ start: starts, ident: counted(cnt), linfoIdx: firstEntries(starts, lineInfo.insnOff) },
      ...{ name: new Int32Array(cnt).fill(-1), stackDepth: new Int32Array(cnt).fill(-1) },
    },
    aux: auxColumns(slots, {
      ...{ origIdx: counted(slots), seen: aux.seen ?? new Int32Array(slots).fill(1) },
      ...aux,
    }),
  });
}

const whole = <T extends Int32Array | Uint8Array>(column: T): T =>
  column.byteLength === column.buffer.byteLength ? column : (column.slice() as T);

/** The same edits in buffers that hold nothing else, so that they can be moved to another thread. */
export const wholeEdits = ({ cnt, kind, at, len, first, insns, exits }: EditList): EditList => ({
  ...{ cnt, kind: whole(kind), at: whole(at), len: whole(len), first: whole(first) },
  ...{ insns: whole(insns), exits: whole(exits) },
});
