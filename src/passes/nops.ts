/**
 * Jumps to the next insn. A removal can make one more of the jump before it:
 *
 *   goto +1
 *   goto +0   removed, and the jump above leads to its next insn as well
 *
 * A kernel walks forward once and looks at each insn as the program stands then (opt_remove_nops(), Linux 6.18,
 * kernel/bpf/verifier.c), so that it misses these; only behind a `may_goto +0` it takes one step back. `nops_all`
 * goes on until there is none left, which takes one walk from the end: whether a jump does nothing depends on what
 * lies behind it alone.
 */
import { give, takeI32 } from '../base/buffers.ts';
import { CLASS, JMP_OP } from '../isa/code-parts.ts';
import { offOf, withOff, word0 } from '../isa/insn.ts';
import { NOP_WORD } from '../isa/opcodes.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Pass, PassContext } from './pass.ts';

const MAY_GOTO_0 = word0(CLASS.JMP | JMP_OP.JCOND, 0, 0, 0);

/**
 * Whether the insn leads to `next`, the first one left behind it, and does nothing else. All fields but off must be
 * 0, so `gotol +0` is none, as in the kernel.
 */
function isNop(insns: Int32Array, idx: number, next: number, takesMayGoto: boolean): boolean {
  const plain = withOff(insns[2 * idx], 0);
  if (insns[2 * idx + 1] !== 0 || (plain !== NOP_WORD && !(takesMayGoto && plain === MAY_GOTO_0)))
    return false;
  const target = idx + 1 + offOf(insns[2 * idx]);
  return target > idx && target <= next;
}

function forwardOnce(program: Program, { rules: { nopsTakeMayGoto } }: PassContext): EditList {
  const { insns } = program;
  const n = slotCnt(program);
  const edits = editBuilder(program);
  /** Insns passed and left, for the step back. */
  const left = takeI32(n);
  let depth = 0;
  let next = 1;
  for (let at = 0; at < n; ) {
    const isGone = isNop(insns, at, next, nopsTakeMayGoto);
    if (isGone) edits.remove(at, 1);
    else left[depth++] = at;
    if (isGone && depth > 0 && withOff(insns[2 * at], 0) === MAY_GOTO_0) at = left[--depth];
    else at = next++;
  }
  give(left);
  return edits.finish();
}

function allOfThem(program: Program, { rules: { nopsTakeMayGoto } }: PassContext): EditList {
  const { insns } = program;
  const n = slotCnt(program);
  const isGone = new Uint8Array(n);
  let next = n;
  for (let at = n - 1; at >= 0; at--) {
    if (isNop(insns, at, next, nopsTakeMayGoto)) isGone[at] = 1;
    else next = at;
  }
  const edits = editBuilder(program);
  for (let at = 0; at < n; at++) if (isGone[at] === 1) edits.remove(at, 1);
  return edits.finish();
}

export const nops: Pass = {
  id: 'nops',
  label: 'Nops',
  why: 'A goto to the next insn does nothing, and cutting code leaves such gotos behind, so Linux removes them in one walk.',
  layer: 'verifier',
  source: 'opt_remove_nops(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'distances',
  adds: false,
  run: forwardOnce,
};

export const nopsAll: Pass = {
  id: 'nops_all',
  label: 'Nops, to the last',
  why: 'One walk leaves a goto that only became a nop when the one behind it went; no kernel does, but this removes them until there is none.',
  layer: 'verifier',
  source: 'opt_remove_nops(), Linux 6.18, kernel/bpf/verifier.c, until nothing changes',
  needs: 'distances',
  adds: false,
  run: allOfThem,
};
