/**
 * What the verifier would have noted about the insns of a program, for passes that ask: found by going its ways
 * (explore.ts), unless somebody stated otherwise. Every value says where it comes from.
 */
import { COMPLEXITY_LIMIT_INSNS } from '../kernel/limits.ts';
import { type AuxColumns, type Program, slotCnt } from '../program/program.ts';
import type { Setting } from '../program/setting.ts';
import { AUX_SOURCE, blankSource, COLUMN_OF, type SourcedAux, type StatedAux } from './aux.ts';
import { UNFIT } from './call-notes.ts';
import { exploreFrom, exploreProgram } from './explore.ts';
import { reachable } from './reach.ts';
import { upperHalvesWanted } from './upper-halves.ts';
import { type Stated, Walk } from './walk.ts';

export interface Notes extends SourcedAux {
  /** Bytes of stack that each subprogram touches, in whole slots: subprog_info.stack_depth; 0: none. */
  readonly stackDepth: Int32Array;
  /** Every way was gone to its end. If not, `seen` and `zext_dst` are what a walk without numbers finds. */
  readonly isComplete: boolean;
}

function statedOf(given: readonly StatedAux[], n: number, globals: ReadonlySet<number>): Stated {
  let seen: Int8Array | null = null;
  const ptrType = new Map<number, number>();
  const mapIdx = new Map<number, number>();
  for (const { slot, field, value } of given) {
    if (slot < 0 || slot >= n) continue;
    if (field === 'seen') {
      seen ??= new Int8Array(n).fill(-1);
      seen[slot] = value === 0 ? 0 : 1;
    } else if (field === 'ptr_type') ptrType.set(slot, value);
    else if (field === 'map_idx') mapIdx.set(slot, value);
  }
  return { seen, ptrType, mapIdx, globals };
}

export interface NotesOptions {
  /** Insns to walk over at most, in all ways together; the verifier's own limit unless said otherwise. */
  readonly insnsMax?: number;
}

/** Without numbers: every way of every branch. */
function withoutNumbers(program: Program, columns: AuxColumns): void {
  const seen = reachable(program);
  for (let i = 0; i < seen.length; i++) if (seen[i]) columns.seen[i] = 1;
  const zextDst = upperHalvesWanted(program, Uint8Array.from(columns.seen));
  for (let i = 0; i < zextDst.length; i++) columns.zextDst[i] |= zextDst[i];
}

function explore(walk: Walk, stated: Stated): boolean {
  let isComplete = exploreProgram(walk);
  const { seen } = walk.columns;
  for (let i = 0; stated.seen && i < seen.length; i++)
    if (isComplete && stated.seen[i] === 1 && seen[i] === 0) isComplete = exploreFrom(walk, i);
  return isComplete;
}

/** Columns that say something only where they are not 0. */
const ONLY_WHERE_KNOWN = ['ptrType', 'ctxFieldSize', 'mapIdx', 'callArg'] as const;

function takeGiven(given: readonly StatedAux[], { columns, source }: SourcedAux): void {
  for (const { slot, field, value } of given) {
    if (slot < 0 || slot >= columns.seen.length) continue;
    const column = COLUMN_OF[field];
    columns[column][slot] = value;
    source[column][slot] = AUX_SOURCE.GIVEN;
  }
}

/** The stack is counted in whole slots (grow_stack_state() of 6.18); who adds up frames rounds again. */
const SLOT_BYTES = 8;
const roundedUp = (depth: number): number => Math.ceil(depth / SLOT_BYTES) * SLOT_BYTES;

/**
 * Notes on a program. `given` wins for its slots, and tells the walk: it stops before what is stated as never reached,
 * starts anew at what is stated as reached, and takes stated pointers and maps for what they are. Nothing
 * throws, whatever the program is.
 */
export function notesOf(
  program: Program,
  setting: Setting,
  given: readonly StatedAux[],
  { insnsMax = COMPLEXITY_LIMIT_INSNS }: NotesOptions = {},
): Notes {
  const n = slotCnt(program);
  const stated = statedOf(given, n, new Set(setting.globals));
  const walk = new Walk(program, setting, stated, insnsMax);
  const isComplete = explore(walk, stated);
  const { columns } = walk;
  if (!isComplete) withoutNumbers(program, columns);
  const source = blankSource(n);
  source.origIdx.fill(AUX_SOURCE.COMPUTED);
  source.seen.fill(AUX_SOURCE.COMPUTED);
  source.zextDst.fill(AUX_SOURCE.COMPUTED);
  for (let i = 0; i < n; i++) if (columns.callArg[i] === UNFIT) columns.callArg[i] = 0;
  for (const name of ONLY_WHERE_KNOWN) {
    const [column, from] = [columns[name], source[name]];
    for (let i = 0; i < n; i++) if (column[i] !== 0) from[i] = AUX_SOURCE.COMPUTED;
  }
  const notes = { columns, source };
  takeGiven(given, notes);
  return { ...notes, stackDepth: walk.depth.map(roundedUp), isComplete };
}
