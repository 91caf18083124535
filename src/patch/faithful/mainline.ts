/**
 * What mainline Linux does, bugs included: bpf_patch_insn_data() and verifier_remove_insns() of kernel/bpf/verifier.c,
 * bpf_patch_insn_single() of kernel/bpf/core.c. array.ts goes the same way to the rules of docs/SEMANTICS.md; where it
 * keeps distances wide, names survivors and counts lines within a function, this does not:
 *
 * - the jump of a patch that leaves it is written into its field as it comes, and wraps (M1);
 * - in the core layer positions within a function are compared with line entries of the whole program (M2);
 * - a hole that begins or ends inside a subprogram moves a start by too much (M4);
 * - a jump into a hole keeps the number of its target (M5);
 * - distances are checked after each edit, not once at the end.
 */
import { err, ok, type Result } from '../../base/result.ts';
import { defines32, FLOW, type Flow, fitsFlow } from '../../isa/flow.ts';
import { SLOT_WORDS } from '../../isa/insn.ts';
import type { Program } from '../../program/program.ts';
import type { OpenOptions, PatchError } from '../algorithm.ts';
import { programOf, tooFarAt } from '../array-program.ts';
import {
  addLines,
  addPlaces,
  addSubprogs,
  cutLines,
  cutPlaces,
  type Tables,
  tablesOf,
} from '../array-tables.ts';
import { composeRemap, identityRemap } from '../compose.ts';
import { entryOf, loadMemory, type Memory, moveTail, writePatch } from '../memory.ts';
import { EDIT } from '../ops.ts';
import type { Remap } from '../remap.ts';
import { type ResolvedEdits, resolveEdits } from '../resolve.ts';
import { noWork, type Work } from '../work.ts';
import type { Faithful, FaithfulPatched, FaithfulPatching } from './faithful.ts';

interface Kernel {
  /** Jumps to the insn behind a prologue skip it (adjust_jmp_off(), since 6.10); before, they ran it again. */
  readonly jumpsSkipPrologue: boolean;
}

interface State {
  readonly kernel: Kernel;
  readonly layer: OpenOptions['layer'];
  readonly memory: Memory;
  readonly tables: Tables;
  readonly work: Work;
}

/**
 * Look at every insn but those in [pos, behind), which were just written. What stood behind pos has moved by delta to
 * `behind` and further on; so have targets at or behind `moves`, and jumps from one side to the other are mended.
 */
function adjust(
  { memory, work }: State,
  pos: number,
  behind: number,
  delta: number,
  moves: { readonly jumps: number; readonly calls: number },
): PatchError | null {
  const { cnt, flow, dist } = memory;
  work.scan += cnt;
  for (let c = 0; c < cnt; c++) {
    if (c === pos) c = behind;
    if (c >= cnt) break;
    if (flow[c] === FLOW.NONE) continue;
    work.jump++;
    const from = flow[c] === FLOW.CALL ? moves.calls : moves.jumps;
    const target = (c < pos ? c : c - delta) + 1 + dist[c];
    if (c < pos && target >= from) dist[c] += delta;
    else if (c >= pos && target < from) dist[c] -= delta;
    // Noticed where it arises.
    if (!fitsFlow(dist[c], flow[c] as Flow)) return tooFarAt(memory, c);
  }
  return null;
}

/** The field as it is after an assignment: nobody looks whether the distance fits. */
const assigned = (distance: number, flow: Flow): number =>
  flow === FLOW.OFF ? (distance << 16) >> 16 : distance | 0;

/** The jumps of edit e that leave it. Returns the next leave. */
function aimLeaves({ kernel, memory }: State, edits: ResolvedEdits, e: number, p: number, from: number) {
  let leave = from;
  for (; leave < edits.leaveCnt && edits.leaveEdit[leave] === e; leave++) {
    const c = p + edits.leaveSlot[leave];
    const flow = memory.flow[c] as Flow;
    const skipLead = kernel.jumpsSkipPrologue && flow !== FLOW.CALL;
    memory.dist[c] = assigned(entryOf(memory, edits.leaveTo[leave], skipLead) - c - 1, flow);
  }
  return leave;
}

/** bpf_patch_insn_data(): edit e at p. */
function patchOne(state: State, edits: ResolvedEdits, e: number, p: number): PatchError | null {
  const { kernel, memory, tables, work } = state;
  const m = edits.len[e];
  const lead = edits.kind[e] === EDIT.PREPEND;
  const delta = lead ? m : m - 1;
  const record = memory.home[p];
  const origIdx = memory.origIdx[p];
  if (delta > 0) moveTail(memory, lead ? p : p + 1, delta, work);
  writePatch(memory, edits, e, p, record);
  work.insn += m;
  if (memory.hasAux) work.aux += m;
  const heir = p + delta;
  const word = heir * SLOT_WORDS;
  memory.home[heir] = record;
  memory.origIdx[heir] = origIdx;
  memory.zextDst[heir] = defines32(memory.insns[word], memory.insns[word + 1]);
  if (delta === 0) return null;
  addLines(tables, p, delta, work);
  addSubprogs(tables, p, delta, work);
  addPlaces(tables, p, delta, work);
  const skips = lead && kernel.jumpsSkipPrologue;
  if (skips) work.scan += memory.cnt;
  // The insn behind a prologue is its patch's last; its distance is the caller's to mend, and was.
  return adjust(state, p, p + m, delta, { jumps: skips ? p : p + 1, calls: p + 1 });
}

/** A subprogram dies that the hole covers; what begins behind its first slot moves, also what began inside of it (M4). */
function cutSubprogs({ tables, memory, work }: State, at: number, k: number): void {
  const rows = tables.subprogRows;
  const end = memory.cnt + k;
  const startOf = (i: number): number => (i < rows.length ? rows[i].start : end);
  work.subprog += rows.length + 1;
  let first = 0;
  while (first < rows.length && startOf(first) < at) first++;
  let stays = first;
  while (stays < rows.length && startOf(stays) < at + k) stays++;
  // The one before `stays` loses its front only, unless the hole ends where it does.
  if (startOf(stays) !== at + k) stays--;
  if (stays > first) rows.splice(first, stays - first);
  else if (startOf(first) === at) first++;
  for (let i = first; i < rows.length; i++) rows[i].start -= k;
}

/** verifier_remove_insns(); the core layer's bpf_remove_insns() leaves the tables alone. */
function removeOne(state: State, at: number, k: number): PatchError | null {
  const { memory, tables, work, layer } = state;
  moveTail(memory, at + k, -k, work);
  const refused = adjust(state, at, at, -k, { jumps: at + k, calls: at + k });
  if (layer === 'core') return refused;
  cutSubprogs(state, at, k);
  cutLines(tables, at, k, memory.cnt, work);
  cutPlaces(tables, at, k, work);
  return refused;
}

/** First all that add, ascending; then all that delete, as the verifier cuts in steps of their own. */
function editArray(state: State, edits: ResolvedEdits): PatchError | null {
  const { cnt, kind, at, len } = edits;
  let delta = 0;
  let leave = 0;
  for (let e = 0; e < cnt; e++) {
    if (kind[e] === EDIT.REMOVE) continue;
    const patched = state.memory.anchor[at[e] + delta];
    const refused = patchOne(state, edits, e, at[e] + delta);
    if (refused !== null) return { ...refused, ...(refused.code === 'ERANGE' && { patched }) };
    leave = aimLeaves(state, edits, e, at[e] + delta, leave);
    delta += kind[e] === EDIT.PREPEND ? len[e] : len[e] - 1;
  }
  for (let e = 0; e < cnt; e++) {
    if (kind[e] !== EDIT.REMOVE) continue;
    const refused = removeOne(state, entryOf(state.memory, at[e], false), len[e]);
    if (refused !== null) return refused;
  }
  return null;
}

/** Read off the array where the slots of the list's program went, and number them anew for the next list. */
function takeRemap({ memory, kernel }: State, slots: number): Remap {
  const { outer, inner, heir, dead } = identityRemap(slots);
  const { slot, cnt } = memory;
  for (let t = slots, c = cnt; t >= 0; t--) {
    const stop = c;
    while (c > 0 && slot[c - 1] === t) c--;
    outer[t] = c;
    inner[t] = kernel.jumpsSkipPrologue ? entryOf(memory, t, true) : c;
    if (t === slots) continue;
    heir[t] = stop > c ? stop - 1 : -1;
    dead[t] = stop > c ? 0 : 1;
  }
  for (let c = 0; c < cnt; c++) slot[c] = c;
  memory.lead.fill(0);
  return { outer, inner, heir, dead };
}

function open(kernel: Kernel, source: Program, { layer }: OpenOptions = {}): FaithfulPatching {
  const program = layer === 'core' ? { ...source, aux: null } : source;
  const work = noWork();
  // Without an entry to begin with: positions are compared with the whole table.
  const state: State = { kernel, layer, memory: loadMemory(program), tables: tablesOf(program, {}), work };
  let remap = identityRemap(state.memory.cnt);
  let idxMap = remap.heir.slice();
  const now = (): Program => programOf(program, state.memory, state.tables);
  return {
    // Distances are checked as they arise.
    peek: () => ({ program: now(), tooFar: null }),
    apply(edits) {
      const slots = state.memory.cnt;
      const resolved = resolveEdits(slots, edits);
      if (!resolved.ok) return resolved;
      const refused = editArray(state, resolved.value);
      if (refused !== null) return err(refused);
      const step = takeRemap(state, slots);
      idxMap = step.outer.slice(0, slots);
      remap = composeRemap(remap, step);
      return ok(undefined);
    },
    finish(): Result<FaithfulPatched, PatchError> {
      const patched = now();
      const funcInfo = patched.subprogs.ident;
      const told = { idxMap, funcInfo, keepsFuncInfo: false, overrun: 0, oob: 0 };
      return ok({ program: patched, remap, work, told });
    },
  };
}

const mainline = (id: string, label: string, why: string, kernel: Kernel): Faithful => ({
  ...{ id, label, why, style: 'array', readsAllPerEdit: true, bound: 'O(n · p)' },
  open: (program, options) => open(kernel, program, options),
});

export const mainline61 = mainline(
  'mainline-6.1',
  'Linux 6.1',
  'Does what Linux 6.1 does to its array, bugs included: jumps to the insn behind a prologue run it again.',
  { jumpsSkipPrologue: false },
);

export const mainline618 = mainline(
  'mainline-6.18',
  'Linux 6.18',
  'Does what Linux 6.18 does to its array, bugs included: a prologue is skipped by jumps, a wrapped distance still is not noticed.',
  { jumpsSkipPrologue: true },
);
