/**
 * Where one insn comes from and what became of it: the op that bore it, all that changed it, and every distance it ever
 * had. The history is the same at every moment; only where it stands and what its record is are of one.
 */
import { jumpAt, jumpOfNode } from '../patch/jump-at.ts';
import { EDIT_NAMES, type EditKind } from '../patch/ops.ts';
import { NEVER, OP, type Trace } from '../patch/trace.ts';
import { slotOfNode } from '../patch/trace-facts.ts';
import { type AuxRow, auxRowAt } from './aux-rows.ts';
import { type DistanceHistory, distancesOf } from './distance-history.ts';
import type { TableSource } from './tables.ts';

/** A place in a patch. */
export interface PatchPlace {
  readonly op: number;
  /** Number of the patch, from 1 in the order of the insns, as the table of patches numbers them. */
  readonly patch: number;
  readonly kind: (typeof EDIT_NAMES)[EditKind];
  /** Slot of the input that the patch is for. */
  readonly at: number;
  /** Which insn of the patch it is, from 1, and how many there are. */
  readonly nth: number;
  readonly cnt: number;
}

export interface Provenance {
  readonly node: number;
  readonly uid: number;
  /** Slot of the input whose insn it is, or that it was born for. */
  readonly slot: number;
  /** Slots before, and if finished at the moment; -1: it has none. */
  readonly beforeIdx: number;
  readonly afterIdx: number;
  readonly state: 'unborn' | 'there' | 'deleted';
  /** Null: it was there from the beginning. */
  readonly born: PatchPlace | null;
  readonly rewritten: PatchPlace | null;
  /** The op that deletes it, and where jumps to it go if finished at the moment: a slot, the end for none. */
  readonly died: { readonly op: number; readonly patch: number; readonly jumpsTo: number } | null;
  readonly distances: DistanceHistory | null;
  /** Distance of the jump of the input that a jump of a patch goes on for; null: none. */
  readonly goesOnFor: number | null;
  /** Its record at the moment; null: it is not there, or there are none. */
  readonly aux: AuxRow | null;
  /** Op of a list that writes the records; 0: each op does it at once, or none does. */
  readonly auxOp: number;
}

/** Distances do not depend on the moment: they are found once for an insn. */
const known = new WeakMap<Trace, { readonly node: number; readonly history: DistanceHistory | null }>();

function historyOf({ trace, moments }: TableSource, node: number): DistanceHistory | null {
  const last = known.get(trace);
  if (last?.node === node) return last.history;
  const history = distancesOf(trace, moments, node);
  known.set(trace, { node, history });
  return history;
}

/** Where a node stands in the patch that put or rewrote it. */
function placeOf(trace: Trace, node: number, op: number): PatchPlace {
  const { edit, editKind, editAt, editLen, nodeOf } = trace;
  const e = edit[node];
  const at = editAt[e];
  const kind = EDIT_NAMES[editKind[e]];
  const first = kind === 'prepend' ? nodeOf[at] - editLen[e] : nodeOf[at];
  return { op, patch: e + 1, kind, at, nth: node - first + 1, cnt: editLen[e] };
}

/** Op of a list that writes one of the tables; 0: an array does so with every op, or the run never came to it. */
export const tableOp = ({ opKind }: Trace, kind: number): number => opKind.lastIndexOf(kind) + 1;

export function provenanceOf(source: TableSource, moment: number, node: number): Provenance {
  const { trace, moments } = source;
  const { birth, death, rewriteOp, origIdx, edit } = trace;
  const state = birth[node] > moment ? 'unborn' : death[node] <= moment ? 'deleted' : 'there';
  const afterIdx = state === 'there' ? moments.rankAlive(moment, node) : -1;
  const jump = state === 'there' ? jumpOfNode(trace, node, moment) : -1;
  const isPut = birth[node] > 0 || rewriteOp[node] <= moment;
  return {
    node,
    uid: trace.uid[node],
    slot: slotOfNode(trace, node),
    beforeIdx: origIdx[node],
    afterIdx,
    state,
    born: birth[node] > 0 ? placeOf(trace, node, birth[node]) : null,
    rewritten: rewriteOp[node] === NEVER ? null : placeOf(trace, node, rewriteOp[node]),
    died:
      death[node] === NEVER
        ? null
        : { op: death[node], patch: edit[node] + 1, jumpsTo: moments.rankAlive(moment, node) },
    distances: historyOf(source, node),
    goesOnFor: jump >= 0 && isPut ? jumpAt(trace, moments, moment, jump).before : null,
    aux: afterIdx < 0 ? null : auxRowAt(source, moment, afterIdx),
    auxOp: tableOp(trace, OP.AUX),
  };
}
