/**
 * How the RFC finds out where jumps lead: by one map from old slot to new slot, and by the class of the insn alone. It
 * knows what Linux 5.2 knew, so a callback reference and the 32-bit distance of a gotol are no distances to it.
 */

import { err, ok, type Result } from '../../base/result.ts';
import { CLASS, CLASS_MASK, JMP_OP, OP_MASK } from '../../isa/code-parts.ts';
import { FLOW, type Flow, fitsFlow, flowOf } from '../../isa/flow.ts';
import { codeOf, offOf, SLOT_WORDS, srcOf } from '../../isa/insn.ts';
import { PSEUDO_CALL } from '../../isa/pseudo.ts';
import type { Program } from '../../program/program.ts';
import type { PatchError } from '../algorithm.ts';
import { placeOf } from '../draft.ts';
import { rangeError } from '../errors.ts';
import { putDistance } from '../put-distance.ts';
import { AS_WRITTEN, FRESH, NODE, type RfcList } from './rfc-list.ts';

/** What a read outside of the map finds: the map is filled with ones, and so is what we let it read behind. */
const UNKNOWN = -1;

/** `map[t]`: where the node of slot t stands in the result; of a removed one, the next survivor. */
export function mapOf(list: RfcList, slotCnt: number): Int32Array {
  const map = new Int32Array(slotCnt);
  let idx = 0;
  for (let node = 0; node < list.cnt; node++) {
    if (list.orig[node] !== FRESH) map[list.orig[node]] = idx;
    if ((list.flags[node] & NODE.REMOVED) === 0) idx++;
  }
  return map;
}

/** Which field the RFC takes for a distance. */
function distanceField(w0: number): Flow {
  const cls = codeOf(w0) & CLASS_MASK;
  const op = codeOf(w0) & OP_MASK;
  if (cls !== CLASS.JMP && cls !== CLASS.JMP32) return FLOW.NONE;
  if (op === JMP_OP.EXIT) return FLOW.NONE;
  if (op === JMP_OP.CALL) return srcOf(w0) === PSEUDO_CALL ? FLOW.CALL : FLOW.NONE;
  return FLOW.OFF;
}

export interface Relocation {
  /** Slots where relocated calls lead, in order of the calls. */
  readonly callees: number[];
  jumpCnt: number;
  oob: number;
}

/** What the relocation of one list needs. */
interface Relocating {
  readonly program: Program;
  readonly list: RfcList;
  readonly map: Int32Array;
  readonly insns: Int32Array;
  readonly done: Relocation;
}

/** The insn of `node`, which came to stand at `idx`; its distance is taken to be counted from slot `base`. */
function relocateOne(
  { program, list, map, insns, done }: Relocating,
  node: number,
  idx: number,
  base: number,
): PatchError | null {
  const word = idx * SLOT_WORDS;
  const flow = distanceField(insns[word]);
  if (flow === FLOW.NONE) return null;
  const written = flow === FLOW.OFF ? offOf(insns[word]) : insns[word + 1];
  const named = list.to[node] !== AS_WRITTEN && flow === flowOf(insns[word]);
  const target = named ? list.to[node] : base + 1 + written;
  // The end of the program has no entry: nothing may lead there.
  const inMap = target >= 0 && target < map.length;
  if (!inMap) done.oob++;
  const needed = (inMap ? map[target] : UNKNOWN) - idx - 1;
  done.jumpCnt++;
  if (!fitsFlow(needed, flow)) {
    const at = placeOf({ program, dist: null, anchor: null }, base);
    return rangeError(at, list.orig[node] === FRESH, flow, written, needed);
  }
  putDistance(insns, idx, flow, needed);
  if (flow === FLOW.CALL) done.callees.push(idx + 1 + needed);
  return null;
}

/**
 * Relocate the result's insns in place. The core layer takes every node, and a fresh one for the insn of the last
 * node before it that is not fresh. The verifier layer takes only those that no edit has written.
 */
export function relocate(
  program: Program,
  list: RfcList,
  map: Int32Array,
  insns: Int32Array,
  core: boolean,
): Result<Relocation, PatchError> {
  const done: Relocation = { callees: [], jumpCnt: 0, oob: 0 };
  const relocating: Relocating = { program, list, map, insns, done };
  let idx = 0;
  let base = 0;
  for (let node = 0; node < list.cnt; node++) {
    const orig = list.orig[node];
    if ((list.flags[node] & NODE.REMOVED) !== 0) continue;
    if (orig !== FRESH) base = orig;
    const taken = core || (orig !== FRESH && (list.flags[node] & NODE.PATCHED) === 0);
    const refused = taken ? relocateOne(relocating, node, idx, base) : null;
    if (refused !== null) return err(refused);
    idx++;
  }
  return ok(done);
}
