/**
 * The Program value: a struct of arrays whose index is a *slot* of 8 bytes, as in the kernel; ld_imm64 owns
 * two slots. Built once, never mutated, transferred between threads and never cloned.
 */
import { SLOT_WORDS } from '../isa/insn.ts';

/** Line info entries in ascending insnOff; `file` and `text` index `Program.strings` (-1: none). */
export interface LineInfo {
  readonly insnOff: Int32Array;
  readonly file: Int32Array;
  readonly line: Int32Array;
  readonly col: Int32Array;
  readonly text: Int32Array;
}

/** Subprograms in ascending start; `ident` says which subprogram of the input it is, `name` indexes strings. */
export interface Subprogs {
  readonly start: Int32Array;
  readonly ident: Int32Array;
  readonly name: Int32Array;
  /** Number of the first line entry of the subprogram. */
  readonly linfoIdx: Int32Array;
}

/** The verifier's per-insn records, one column a field, indexed by slot of the program they were recorded for. */
export interface AuxColumns {
  readonly origIdx: Int32Array;
  readonly seen: Int32Array;
  readonly zextDst: Uint8Array;
  readonly ptrType: Int32Array;
  readonly ctxFieldSize: Int32Array;
  readonly aluState: Int32Array;
}

/**
 * Aux of a program as an index into records that never move. `home[i] >= 0`: slot i holds the record `home[i]`.
 * `home[i] < 0`: slot i was born in a patch; its record is new (all zero) but for `seen`, which comes from
 * record `~home[i]`. `zextDst` is the program's own column, because patching recomputes it.
 */
export interface Aux {
  readonly records: AuxColumns;
  readonly home: Int32Array;
  readonly zextDst: Uint8Array;
}

export interface Program {
  /** Two words a slot, see isa/insn.ts. */
  readonly insns: Int32Array;
  /** Identity of the insn in each slot, for life. */
  readonly uid: Uint32Array;
  /** Above every uid ever given out, also those of insns removed since: an identity is never used twice. */
  readonly nextUid: number;
  /** Slot of the source program this insn continues, -1 when it was born in a patch. */
  readonly origIdx: Int32Array;
  readonly lineInfo: LineInfo;
  readonly subprogs: Subprogs;
  readonly aux: Aux | null;
  readonly strings: readonly string[];
}

/** Number of slots. */
export const slotCnt = (program: Program): number => program.insns.length / SLOT_WORDS;

/** One aux record, read through the index. Field order as in the kernel's tests: orig_idx first. */
export interface AuxRecord {
  readonly origIdx: number;
  readonly seen: number;
  readonly zextDst: number;
  readonly ptrType: number;
  readonly ctxFieldSize: number;
  readonly aluState: number;
}

export function auxAt(aux: Aux, idx: number): AuxRecord {
  const { records } = aux;
  const home = aux.home[idx];
  const zextDst = aux.zextDst[idx];
  if (home < 0)
    return { origIdx: 0, seen: records.seen[~home], zextDst, ptrType: 0, ctxFieldSize: 0, aluState: 0 };
  return {
    origIdx: records.origIdx[home],
    seen: records.seen[home],
    zextDst,
    ptrType: records.ptrType[home],
    ctxFieldSize: records.ctxFieldSize[home],
    aluState: records.aluState[home],
  };
}

export const emptyLineInfo = (): LineInfo => ({
  insnOff: new Int32Array(0),
  file: new Int32Array(0),
  line: new Int32Array(0),
  col: new Int32Array(0),
  text: new Int32Array(0),
});

/** A single function that starts at slot 0 and has no name. */
export const oneSubprog = (): Subprogs => ({
  start: Int32Array.of(0),
  ident: Int32Array.of(0),
  name: Int32Array.of(-1),
  linfoIdx: Int32Array.of(0),
});

export interface ProgramParts {
  readonly insns: Int32Array;
  readonly lineInfo?: LineInfo;
  readonly subprogs?: Subprogs;
  readonly aux?: AuxColumns | null;
  readonly strings?: readonly string[];
}

/** A source program: uids and origIdx are the slot numbers, aux records stand at their own slots. */
export function makeProgram(parts: ProgramParts): Program {
  const n = parts.insns.length / SLOT_WORDS;
  const uid = new Uint32Array(n);
  const origIdx = new Int32Array(n);
  for (let i = 0; i < n; i++) uid[i] = origIdx[i] = i;
  const records = parts.aux ?? null;
  return {
    insns: parts.insns,
    uid,
    nextUid: n,
    origIdx,
    lineInfo: parts.lineInfo ?? emptyLineInfo(),
    subprogs: parts.subprogs ?? oneSubprog(),
    aux: records && { records, home: origIdx.slice(), zextDst: records.zextDst.slice() },
    strings: parts.strings ?? [],
  };
}
