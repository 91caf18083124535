/**
 * The same work for yardsticks in other languages, and results as bytes, so that they can be held against each other.
 * Numbers of 32 bits, little-endian: bench/native/files.c reads and writes the same.
 */
import { SLOT_WORDS } from '../isa/insn.ts';
import { EDIT } from '../patch/ops.ts';
import { type ResolvedEdits, resolveEdits } from '../patch/resolve.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { BenchWork } from './mixes.ts';

/** "BPFW" */
const MAGIC = 0x57465042;
const RECORD_WORDS = 4;
const LINE_WORDS = 4;
const SUBPROG_WORDS = 4;

/** What becomes of an insn, in the numbers of bench/native/work.h. */
const FATE = { REPLACED: 1, REMOVED: 2, PREPENDED: 3 } as const;

/** Original number, seen, zext_dst, type of the pointer: all zero but for two in an insn that was put. */
function recordWords({ aux }: Program): Int32Array {
  if (aux === null) return new Int32Array(0);
  const { home, records, zextDst } = aux;
  const words = new Int32Array(home.length * RECORD_WORDS);
  for (let i = 0, word = 0; i < home.length; i++, word += RECORD_WORDS) {
    const record = home[i] < 0 ? ~home[i] : home[i];
    words[word] = home[i] < 0 ? 0 : records.origIdx[record];
    words[word + 1] = records.seen[record];
    words[word + 2] = zextDst[i];
    words[word + 3] = home[i] < 0 ? 0 : records.ptrType[record];
  }
  return words;
}

function interleaved(columns: readonly Int32Array[]): Int32Array {
  const cnt = columns[0].length;
  const words = new Int32Array(cnt * columns.length);
  for (let i = 0, word = 0; i < cnt; i++) for (const column of columns) words[word++] = column[i];
  return words;
}

const lineWords = ({ lineInfo: { insnOff, file, line, col } }: Program): Int32Array =>
  interleaved([insnOff, file, line, col]);
const subprogWords = ({ subprogs: { start, ident, linfoIdx, stackDepth } }: Program): Int32Array =>
  interleaved([start, ident, linfoIdx, stackDepth]);

function joined(parts: readonly (Int32Array | Uint8Array)[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return bytes;
}

const tablesOf = (program: Program): Int32Array[] => [
  program.insns,
  recordWords(program),
  lineWords(program),
  subprogWords(program),
];

/** A result as the yardsticks write theirs. */
export function resultFile(program: Program): Uint8Array {
  const tables = tablesOf(program);
  const counts = Int32Array.of(
    slotCnt(program),
    tables[2].length / LINE_WORDS,
    tables[3].length / SUBPROG_WORDS,
  );
  return joined([counts, ...tables]);
}

interface Script {
  readonly fates: Uint8Array;
  readonly len: Int32Array;
  readonly first: Int32Array;
  readonly put: Int32Array;
  readonly leaves: Int32Array;
}

/** Null: two edits of one insn, which the yardsticks do not know. */
function scriptOf(slots: number, edits: ResolvedEdits): Script | null {
  const { cnt, kind, at, len, first, insns, putCnt, leaveCnt } = edits;
  const fates = new Uint8Array(slots);
  const patchOf = new Int32Array(cnt);
  const lens: number[] = [];
  const firsts: number[] = [];
  const put = new Int32Array(putCnt * SLOT_WORDS);
  let used = 0;
  for (let e = 0; e < cnt; e++) {
    const isRemove = kind[e] === EDIT.REMOVE;
    if (fates[at[e]] !== 0) return null;
    if (isRemove) {
      fates.fill(FATE.REMOVED, at[e], at[e] + len[e]);
      continue;
    }
    fates[at[e]] = kind[e] === EDIT.REPLACE ? FATE.REPLACED : FATE.PREPENDED;
    patchOf[e] = lens.length;
    lens.push(len[e]);
    firsts.push(used);
    const from = first[e] * SLOT_WORDS;
    put.set(insns.subarray(from, from + len[e] * SLOT_WORDS), used * SLOT_WORDS);
    used += len[e];
  }
  const leaves = new Int32Array(3 * leaveCnt);
  for (let j = 0; j < leaveCnt; j++)
    leaves.set([patchOf[edits.leaveEdit[j]], edits.leaveSlot[j], edits.leaveTo[j]], 3 * j);
  return { fates, len: Int32Array.from(lens), first: Int32Array.from(firsts), put, leaves };
}

/** A file of work for the yardsticks, or in a sentence why there is none. */
export function workFile({ program, makeEdits }: BenchWork, isComputed: boolean): Uint8Array | string {
  const slots = slotCnt(program);
  const resolved = resolveEdits(slots, makeEdits());
  if (!resolved.ok) return resolved.error.message;
  const script = scriptOf(slots, resolved.value);
  if (script === null) return 'an insn has two edits';
  const { fates, len, first, put, leaves } = script;
  const tables = tablesOf(program);
  const header = Int32Array.of(
    ...[MAGIC, slots, tables[2].length / LINE_WORDS, tables[3].length / SUBPROG_WORDS],
    ...[isComputed ? 1 : 0, len.length, put.length / SLOT_WORDS, leaves.length / 3],
  );
  return joined([header, ...tables, len, first, put, leaves, fates]);
}
