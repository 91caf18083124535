/**
 * Whether hand-written patches leave the program an end: nothing may run, jump or call past the last insn. The
 * kernel's verifier would refuse such a program; patching itself does not look.
 */
import { fallsThrough } from '../analysis/reach.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { distanceOf, FLOW, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import type { Program } from '../program/program.ts';
import { FATE } from './fates.ts';
import type { HandEdit } from './pass.ts';

const warning = ({ from, to }: HandEdit, code: string, message: string, hint: string): Diagnostic => ({
  ...{ code, severity: 'warning', from, to, message, hint },
});

const goesOn = (insns: Int32Array, second: Uint8Array, idx: number): boolean =>
  second[idx] === 1 || fallsThrough(insns[idx * SLOT_WORDS]);

/** The patch point that stands in a slot and does more than put something before it. */
const pointAt = (points: readonly HandEdit[], slot: number): HandEdit | undefined =>
  points.find(
    ({ kind, at, cnt }) =>
      kind !== 'prepend' && slot >= at && slot < at + (kind === 'remove' ? Math.max(cnt, 0) : 1),
  );

function checkFall(
  program: Program,
  points: readonly HandEdit[],
  second: Uint8Array,
  fates: Uint8Array,
  last: number,
): Diagnostic[] {
  const isKept = fates[last] === FATE.KEPT;
  // The insn that stood at the end and still does is not the patch's doing.
  const culprit = pointAt(points, isKept ? last + 1 : last);
  if (culprit === undefined) return [];
  const { insns } = culprit;
  const falls = isKept
    ? goesOn(program.insns, second, last)
    : insns.length > 0 && goesOn(insns, secondSlots(insns), insns.length / SLOT_WORDS - 1);
  if (!falls) return [];
  const message = isKept
    ? `without these insns the program runs off its end, behind insn ${last}`
    : 'the program runs off its end behind this patch';
  return [warning(culprit, 'falls-off-end', message, 'The last insn must be an exit or a jump.')];
}

/** Kept jumps and calls into a hole that has no insn behind it: one is named for each remove. */
function checkKept(
  program: Program,
  points: readonly HandEdit[],
  second: Uint8Array,
  fates: Uint8Array,
  last: number,
): Diagnostic[] {
  const { insns } = program;
  const told = new Set<HandEdit>();
  const found: Diagnostic[] = [];
  for (let idx = 0; idx <= last; idx++) {
    const flow = second[idx] === 1 || fates[idx] !== FATE.KEPT ? FLOW.NONE : flowOf(insns[2 * idx]);
    if (flow === FLOW.NONE) continue;
    const to = idx + 1 + distanceOf(insns[2 * idx], insns[2 * idx + 1], flow);
    const culprit = to > last ? pointAt(points, to) : undefined;
    if (culprit === undefined || told.has(culprit)) continue;
    told.add(culprit);
    const message = `without these insns the ${flow === FLOW.CALL ? 'call' : 'jump'} at insn ${idx} leads past the end of the program`;
    found.push(
      warning(culprit, 'leads-past-end', message, `It led to insn ${to}, and no insn is left behind it.`),
    );
  }
  return found;
}

/** Insns of a patch that lead to where nothing is left; beyond the end of the program the engine refuses them. */
function checkPatch(point: HandEdit, n: number, last: number): Diagnostic[] {
  const { insns, exits, kind, at } = point;
  const m = insns.length / SLOT_WORDS;
  const second = secondSlots(insns);
  const behind = kind === 'prepend' ? at : at + 1;
  for (let slot = 0; slot < m; slot++) {
    const flow = second[slot] === 1 ? FLOW.NONE : flowOf(insns[2 * slot]);
    if (flow === FLOW.NONE) continue;
    const inside = slot + 1 + distanceOf(insns[2 * slot], insns[2 * slot + 1], flow);
    const to = exits.find((exit) => exit.slot === slot)?.to ?? (inside < m ? -1 : behind + inside - m);
    if (to <= last || to > n) continue;
    const message = `insn ${slot} of the patch leads past the end of the program`;
    return [warning(point, 'leads-past-end', message, 'No insn is left there.')];
  }
  return [];
}

/** A program of which nothing is left has no end to run off. */
export function checkEnd(
  program: Program,
  points: readonly HandEdit[],
  second: Uint8Array,
  fates: Uint8Array,
): Diagnostic[] {
  const n = fates.length;
  let last = n - 1;
  while (last >= 0 && fates[last] === FATE.REMOVED) last--;
  if (last < 0) return [];
  return [
    ...checkFall(program, points, second, fates, last),
    ...checkKept(program, points, second, fates, last),
    ...points.flatMap((point) =>
      point.kind === 'remove' || point.at < 0 || point.at > last ? [] : checkPatch(point, n, last),
    ),
  ];
}
