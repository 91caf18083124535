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
  /** Private data: bytes of stack that its own insns use, -1 when nobody looked. Moves with the entry. */
  readonly stackDepth: Int32Array;
}

/** Other tables that name insns by slot. */
export const PLACES_KINDS = ['insn_array', 'poke', 'extable'] as const;
export type PlacesKind = (typeof PLACES_KINDS)[number];

/** Stands in `Places.at` for an insn that was removed: the entry keeps its number, because others count on it. */
export const DELETED = -1;

/**
 * A table whose entries are slots: an insn array (the targets of indirect jumps), the descriptors of tail calls that
 * are poked later, or the loads that may fault. The first two follow the way of calls, to the first insn that stands
 * for the slot; an exception entry stays with the load itself, the last one.
 */
export interface Places {
  readonly kind: PlacesKind;
  /** Index into `Program.strings`, -1: none. */
  readonly name: number;
  readonly at: Int32Array;
}

/** The verifier's per-insn records, one column a field, indexed by slot of the program they were recorded for. */
export interface AuxColumns {
  readonly origIdx: Int32Array;
  readonly seen: Int32Array;
  readonly zextDst: Uint8Array;
  /** Type of the pointer that a load or store goes through, as numbered in isa or kernel data; 0: none known. */
  readonly ptrType: Int32Array;
  /** Bytes of the whole context field that a narrow load reads a part of. */
  readonly ctxFieldSize: Int32Array;
  /** How pointer arithmetic must be masked (BPF_ALU_* bits), and by what limit. */
  readonly aluState: Int32Array;
  readonly aluLimit: Int32Array;
  /** Map that a helper call is given: its number in the setting's maps + 1; 0 not known, -1 one of several. */
  readonly mapIdx: Int32Array;
  /** Constant that a helper call is given, + 1: index of a tail call, subprogram number of a loop's callback; 0 none. */
  readonly callArg: Int32Array;
}

/** A column that says nothing. */
const blank = (cnt: number): Int32Array => new Int32Array(cnt);

/** Records of `cnt` insns in their first places, of which only `known` is known. */
export const auxColumns = (cnt: number, known: Partial<AuxColumns> = {}): AuxColumns => ({
  origIdx: known.origIdx ?? Int32Array.from({ length: cnt }, (_, i) => i),
  seen: known.seen ?? blank(cnt),
  zextDst: known.zextDst ?? new Uint8Array(cnt),
  ptrType: known.ptrType ?? blank(cnt),
  ctxFieldSize: known.ctxFieldSize ?? blank(cnt),
  aluState: known.aluState ?? blank(cnt),
  aluLimit: known.aluLimit ?? blank(cnt),
  mapIdx: known.mapIdx ?? blank(cnt),
  callArg: known.callArg ?? blank(cnt),
});

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
  readonly places: readonly Places[];
  readonly aux: Aux | null;
  readonly strings: readonly string[];
  /** Names of the kernel functions that it calls, by BTF id, as far as somebody told them. */
  readonly kfuncs: KfuncNames;
}

export type KfuncNames = Readonly<Record<number, string>>;

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
  readonly aluLimit: number;
  readonly mapIdx: number;
  readonly callArg: number;
}

const NEW_RECORD = {
  ...{ origIdx: 0, ptrType: 0, ctxFieldSize: 0, aluState: 0 },
  ...{ aluLimit: 0, mapIdx: 0, callArg: 0 },
};

export function auxAt(aux: Aux, idx: number): AuxRecord {
  const { records } = aux;
  const home = aux.home[idx];
  const zextDst = aux.zextDst[idx];
  if (home < 0) return { ...NEW_RECORD, seen: records.seen[~home], zextDst };
  return {
    origIdx: records.origIdx[home],
    seen: records.seen[home],
    zextDst,
    ptrType: records.ptrType[home],
    ctxFieldSize: records.ctxFieldSize[home],
    aluState: records.aluState[home],
    aluLimit: records.aluLimit[home],
    mapIdx: records.mapIdx[home],
    callArg: records.callArg[home],
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
  stackDepth: Int32Array.of(-1),
});

export interface ProgramParts {
  readonly insns: Int32Array;
  readonly lineInfo?: LineInfo;
  readonly subprogs?: Subprogs;
  readonly places?: readonly Places[];
  readonly aux?: AuxColumns | null;
  readonly strings?: readonly string[];
  readonly kfuncs?: KfuncNames;
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
    places: parts.places ?? [],
    aux: records && { records, home: origIdx.slice(), zextDst: records.zextDst.slice() },
    strings: parts.strings ?? [],
    kfuncs: parts.kfuncs ?? {},
  };
}
