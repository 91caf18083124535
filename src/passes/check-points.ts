/**
 * What can be wrong with a patch that somebody wrote by hand, though the engine would apply it. Passes of the kernel
 * know what they do and are not asked (blinding splits ld_imm64 pairs on purpose).
 */

import { type Live, liveRegs } from '../analysis/live.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { distanceOf, FLOW, flowOf, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { REG_AX } from '../isa/registers.ts';
import { defsOf, effectsOf } from '../isa/regs.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { checkEnd } from './check-end.ts';
import { FATE, fatesOf } from './fates.ts';
import type { HandEdit } from './pass.ts';

/** r0..r9: what a program can lose. r10 cannot be written, r11 is asked for by itself. */
const PROGRAM_REGS = 0x3ff;

const problem = (
  point: HandEdit,
  severity: Diagnostic['severity'],
  code: string,
  message: string,
  hint?: string,
): Diagnostic => ({
  code,
  severity,
  from: point.from,
  to: point.to,
  message,
  ...(hint === undefined ? {} : { hint }),
});

/** First slot of a 64-bit constant of which the point leaves half behind, or puts something between its halves; or -1. */
function splitPair(point: HandEdit, second: Uint8Array, fates: Uint8Array): number {
  const { kind, at, cnt } = point;
  const isOdd = (first: number): boolean =>
    second[first + 1] === 1 && (fates[first] === FATE.KEPT) !== (fates[first + 1] === FATE.KEPT);
  if (kind === 'prepend') return second[at] === 1 ? at - 1 : -1;
  const last = kind === 'remove' ? at + cnt - 1 : at;
  for (const first of [at - 1, at, last]) if (isOdd(first)) return first;
  return -1;
}

function checkPairs(point: HandEdit, second: Uint8Array, fates: Uint8Array, found: Diagnostic[]): void {
  const first = splitPair(point, second, fates);
  if (first >= 0)
    found.push(
      problem(
        point,
        'error',
        'split-pair',
        `this ${point.kind} splits the 64-bit constant in slots ${first} and ${first + 1}`,
        'A 64-bit constant takes two slots: patch both of them, or none.',
      ),
    );
  const { insns } = point;
  const last = insns.length / SLOT_WORDS - 1;
  if (last >= 0 && codeOf(insns[2 * last]) === OP_LD_IMM64 && secondSlots(insns)[last] === 0)
    found.push(
      problem(point, 'error', 'split-pair', 'the patch ends in the first half of a 64-bit constant'),
    );
}

/** Jumps that lead out of the patch; the slot behind it is where a patch goes on, so that one is inside. */
function checkJumps(point: HandEdit, found: Diagnostic[]): void {
  const { insns, exits, kind, at } = point;
  const m = insns.length / SLOT_WORDS;
  for (let slot = 0; slot < m; slot++) {
    const w0 = insns[2 * slot];
    const flow = flowOf(w0);
    if (flow !== FLOW.OFF && flow !== FLOW.IMM) continue;
    const inside = slot + 1 + distanceOf(w0, insns[2 * slot + 1], flow);
    const named = exits.find((exit) => exit.slot === slot);
    if (!named && inside >= 0 && inside <= m) continue;
    const behind = kind === 'prepend' ? at : at + 1;
    const to = named ? named.to : inside < 0 ? at + inside : behind + inside - m;
    if (to === behind) continue;
    found.push(
      problem(
        point,
        'warning',
        'leaves-patch',
        `insn ${slot} of the patch jumps out of it, to insn ${to}`,
        'In the 2019 list patcher such a jump is not moved along with its target.',
      ),
    );
  }
}

const names = (mask: number): string => {
  const regs: string[] = [];
  for (let r = 0; mask >>> r; r++) if ((mask >>> r) & 1) regs.push(`r${r}`);
  return regs.join(', ');
};

function checkRegs(point: HandEdit, program: Program, regs: Live, found: Diagnostic[]): void {
  const { insns, kind, at } = point;
  let defs = 0;
  for (let w = 0; w < insns.length; w += SLOT_WORDS) defs |= defsOf(effectsOf(insns[w], insns[w + 1]));
  if ((defs >>> REG_AX) & 1)
    found.push(
      problem(
        point,
        'warning',
        'clobbers-ax',
        'the patch writes r11, the scratch register of the kernel itself',
        'Constant blinding leaves insns that use r11 as they are.',
      ),
    );
  const own = kind === 'replace' ? defsOf(effectsOf(program.insns[2 * at], program.insns[2 * at + 1])) : 0;
  const live = kind === 'replace' ? regs.behind(at) & ~own : regs.before(at);
  const lost = defs & live & PROGRAM_REGS;
  if (lost)
    found.push(
      problem(
        point,
        'warning',
        'clobbers',
        `the patch writes ${names(lost)}, which ${kind === 'replace' ? `insn ${at} did not, and which the program reads later` : `the program reads from insn ${at} on`}`,
        'What the program kept there is lost.',
      ),
    );
}

/** The record goes to the last slot; a patch that keeps the insn elsewhere parts the two. */
function checkHeir(point: HandEdit, program: Program, found: Diagnostic[]): void {
  const { insns, at } = point;
  const last = insns.length / SLOT_WORDS - 1;
  let kept = -1;
  for (let slot = 0; slot <= last; slot++)
    if (insns[2 * slot] === program.insns[2 * at] && insns[2 * slot + 1] === program.insns[2 * at + 1])
      kept = slot;
  if (kept < 0 || kept === last) return;
  found.push(
    problem(
      point,
      'warning',
      'aux-heir',
      `the insn that stood here is now slot ${kept} of the patch, but its aux record goes to the last one, slot ${last}`,
    ),
  );
}

/** Points that name no insn of the program are the engine's to refuse; nothing more is said of them here. */
export function checkPatchPoints(program: Program, points: readonly HandEdit[]): Diagnostic[] {
  if (points.length === 0) return [];
  const n = slotCnt(program);
  const second = secondSlots(program.insns);
  const fates = fatesOf(n, points);
  const regs = liveRegs(program.insns);
  const found: Diagnostic[] = [];
  for (const point of points) {
    if (point.at < 0 || point.at >= n) continue;
    checkPairs(point, second, fates, found);
    if (point.kind === 'remove') continue;
    checkJumps(point, found);
    checkRegs(point, program, regs, found);
    if (point.kind === 'replace') checkHeir(point, program, found);
  }
  return [...found, ...checkEnd(program, points, second, fates)];
}
