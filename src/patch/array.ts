/**
 * The kernel's way (mainline Linux, bpf_patch_insn_data and bpf_remove_insns): one edit after the other on a real
 * array, and after each of them every jump of the program is looked at again.
 *
 *     before   [ a ][ b ][ c ][ d ]
 *     grow     [ a ][ b ][   ][   ][ c ][ d ]      the tail moves
 *     write    [ a ][ x ][ y ][ z ][ c ][ d ]      the patch is written
 *     adjust     ^----------------------^          all insns are scanned, crossing jumps adjusted
 *
 * Lists: first all expansions, ascending, then all removals, as mainline cuts dead code in a step of its own. The
 * order matters: a jump to a removed insn leads in front of what is prepended to the next survivor (SEMANTICS 7), and
 * once the removal has made one target of the two, the prepend could no longer tell them apart.
 * Distances are kept wider than their fields, so that only the last ones must fit (SEMANTICS 7.6).
 */
import { err, ok, type Result } from '../base/result.ts';
import { defines32, FLOW } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import type { Algorithm, OpenOptions, PatchError, Patched, Patching } from './algorithm.ts';
import { firstTooFar, programOf } from './array-program.ts';
import {
  addLines,
  addPlaces,
  addSubprogs,
  cutLines,
  cutPlaces,
  cutSubprogs,
  type Tables,
  tablesOf,
} from './array-tables.ts';
import { composeRemap, identityRemap } from './compose.ts';
import { LAP, type OnLap } from './laps.ts';
import { entryOf, loadMemory, type Memory, makeRoom, moveTail, writePatch } from './memory.ts';
import { EDIT } from './ops.ts';
import type { Remap } from './remap.ts';
import { type ResolvedEdits, resolveEdits } from './resolve.ts';
import { noWork, type Work } from './work.ts';

const S16_MAX = 0x7fff;

/**
 * Look at every insn once: those in [from, to) were just written and are left alone; of the others, what stood at or
 * behind a point has moved. `jumpAt` and `callAt` are the first old targets that moved, `sitAt` the first old place.
 */
function adjust(
  memory: Memory,
  from: number,
  to: number,
  delta: number,
  jumpAt: number,
  callAt: number,
  work: Work,
): void {
  const { cnt, flow, dist } = memory;
  for (let c = 0; c < cnt; c++) {
    if (c === from) c = to;
    if (c >= cnt) break;
    if (flow[c] === FLOW.NONE) continue;
    work.jump++;
    const old = c < from ? c : c - delta;
    const target = old + 1 + dist[c];
    const moved = target >= (flow[c] === FLOW.CALL ? callAt : jumpAt);
    dist[c] = (moved ? target + delta : target) - c - 1;
  }
  work.scan += cnt;
}

/** The same for a hole [at, at + k) that was just closed; targets inside of it mean what stands there now. */
function adjustHole(memory: Memory, at: number, k: number, work: Work): void {
  const { cnt, flow, dist } = memory;
  for (let c = 0; c < cnt; c++) {
    if (flow[c] === FLOW.NONE) continue;
    work.jump++;
    const target = (c < at ? c : c + k) + 1 + dist[c];
    dist[c] = (target >= at + k ? target - k : Math.min(target, at)) - c - 1;
  }
  work.scan += cnt;
}

/** The jumps of edit e that leave it: their targets are sought in the array as it stands. Returns the next leave. */
function aimLeaves(memory: Memory, edits: ResolvedEdits, e: number, p: number, from: number): number {
  let leave = from;
  for (; leave < edits.leaveCnt && edits.leaveEdit[leave] === e; leave++) {
    const c = p + edits.leaveSlot[leave];
    const to = edits.leaveTo[leave];
    memory.dist[c] = entryOf(memory, to, memory.flow[c] !== FLOW.CALL) - c - 1;
  }
  return leave;
}

interface ArrayState {
  readonly memory: Memory;
  readonly tables: Tables;
  readonly work: Work;
  readonly onLap: OnLap | undefined;
}

/** bpf_patch_insn_data. Returns the next leave. */
function patchOne(
  { memory, tables, work, onLap }: ArrayState,
  edits: ResolvedEdits,
  e: number,
  p: number,
  leave: number,
) {
  const m = edits.len[e];
  const lead = edits.kind[e] === EDIT.PREPEND;
  const delta = lead ? m : m - 1;
  const record = memory.home[p];
  const origIdx = memory.origIdx[p];
  // A prepend moves the insn at p as well; a replace overwrites it.
  const behind = lead ? p : p + 1;
  if (delta > 0) {
    // Once the program is longer than a distance can be, mainline scans it beforehand to see whether all still fit.
    if (memory.cnt + delta > S16_MAX) {
      work.scan += memory.cnt;
      onLap?.(LAP.CHECK, e, work);
    }
    if (makeRoom(memory, delta, work)) onLap?.(LAP.GROW, e, work);
    moveTail(memory, behind, delta, work);
    onLap?.(LAP.MOVE, e, work);
  }
  writePatch(memory, edits, e, p, record);
  work.insn += m;
  if (memory.hasAux) work.aux += m;
  onLap?.(LAP.WRITE, e, work);
  const heir = p + delta;
  memory.home[heir] = record;
  memory.origIdx[heir] = origIdx;
  if (lead)
    memory.zextDst[heir] = defines32(memory.insns[heir * SLOT_WORDS], memory.insns[heir * SLOT_WORDS + 1]);
  // One insn for one moves nothing.
  if (delta > 0) {
    // The jumps that hit a prologue's insn are moved behind it by a scan of their own (adjust_jmp_off).
    if (lead) work.scan += memory.cnt;
    adjust(memory, p, p + m, delta, lead ? p : p + 1, p + 1, work);
    onLap?.(LAP.SCAN, e, work);
    addLines(tables, p, delta, work);
    addSubprogs(tables, p, delta, work);
    addPlaces(tables, p, delta, work);
    onLap?.(LAP.TABLES, e, work);
  }
  return aimLeaves(memory, edits, e, p, leave);
}

/** bpf_remove_insns and the verifier's tables. */
function removeOne({ memory, tables, work, onLap }: ArrayState, e: number, at: number, k: number): void {
  moveTail(memory, at + k, -k, work);
  onLap?.(LAP.MOVE, e, work);
  adjustHole(memory, at, k, work);
  onLap?.(LAP.SCAN, e, work);
  cutLines(tables, at, k, memory.cnt, work);
  cutSubprogs(tables, at, k, memory.cnt + k, work);
  cutPlaces(tables, at, k, work);
  onLap?.(LAP.TABLES, e, work);
}

function editArray(state: ArrayState, edits: ResolvedEdits): void {
  let delta = 0;
  let leave = 0;
  for (let e = 0; e < edits.cnt; e++) {
    if (edits.kind[e] === EDIT.REMOVE) continue;
    const grown = edits.kind[e] === EDIT.PREPEND ? edits.len[e] : edits.len[e] - 1;
    leave = patchOne(state, edits, e, edits.at[e] + delta, leave);
    delta += grown;
  }
  for (let e = 0; e < edits.cnt; e++) {
    if (edits.kind[e] === EDIT.REMOVE)
      removeOne(state, e, entryOf(state.memory, edits.at[e], false), edits.len[e]);
  }
}

/** Read off the array where the slots of the list's program went, and number them anew for the next list. */
function takeRemap(memory: Memory, slotCnt: number): Remap {
  const { outer, inner, heir, dead } = identityRemap(slotCnt);
  for (let t = slotCnt, c = memory.cnt; t >= 0; t--) {
    let live = -1;
    let jumps = -1;
    for (; c > 0 && memory.slot[c - 1] === t; c--) {
      if (memory.lead[c - 1] === 0) {
        jumps = c - 1;
        if (live < 0) live = c - 1;
      }
    }
    outer[t] = c;
    inner[t] = jumps < 0 ? c : jumps;
    if (t < slotCnt) {
      heir[t] = live;
      dead[t] = live < 0 ? 1 : 0;
    }
  }
  for (let c = 0; c < memory.cnt; c++) memory.slot[c] = c;
  memory.lead.fill(0);
  return { outer, inner, heir, dead };
}

function open(source: Program, options: OpenOptions = {}): Patching {
  const program = options.layer === 'core' ? { ...source, aux: null } : source;
  const work = noWork();
  const { onLap } = options;
  const state: ArrayState = { memory: loadMemory(program), tables: tablesOf(program, options), work, onLap };
  let remap = identityRemap(state.memory.cnt);
  const now = (): Program => programOf(program, state.memory, state.tables);
  return {
    peek: () => ({ program: now(), tooFar: firstTooFar(state.memory) }),
    apply(edits) {
      const slotCnt = state.memory.cnt;
      const resolved = resolveEdits(slotCnt, edits);
      if (!resolved.ok) return resolved;
      editArray(state, resolved.value);
      remap = composeRemap(remap, takeRemap(state.memory, slotCnt));
      return ok(undefined);
    },
    finish(): Result<Patched, PatchError> {
      const refused = firstTooFar(state.memory);
      return refused === null ? ok({ program: now(), remap, work }) : err(refused);
    },
  };
}

export const array: Algorithm = {
  id: 'array',
  label: 'array',
  style: 'array',
  readsAllPerEdit: true,
  bound: 'O(n · p)',
  why: 'Keeps one array as the kernel does: each edit moves the tail and looks at every insn again, so p edits cost p times the program.',
  open,
};
