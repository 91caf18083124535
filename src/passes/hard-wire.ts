/**
 * Branches of which one side never runs: the verifier never went there, so the test is not needed. Insn for insn,
 * which leaves every other distance as it is; what became unreachable is removed by the next pass.
 *
 *   nothing seen behind it      if ... goto T   ->   goto T
 *   nothing seen at the target  if ... goto T   ->   goto +0
 *
 * As opt_hard_wire_dead_code_branches(), Linux 6.18, kernel/bpf/verifier.c. A jump out of the program, which no
 * verifier lets pass, stays as it is.
 */
import { CLASS, JMP_OP, SRC } from '../isa/code-parts.ts';
import { codeOf, offOf, withOff } from '../isa/insn.ts';
import { NOP_WORD } from '../isa/opcodes.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Pass, PassContext } from './pass.ts';

const { JA, CALL, EXIT, ...TESTS } = JMP_OP;

/** may_goto is a test, too. goto, gotol and gotox always leave; a tail call that a kernel wrote tests nothing. */
const isTest = new Uint8Array(256);
for (const cls of [CLASS.JMP, CLASS.JMP32])
  for (const op of Object.values(TESTS)) for (const src of Object.values(SRC)) isTest[cls | op | src] = 1;

function run(program: Program, { facts: { seen } }: PassContext): EditList {
  const { insns } = program;
  const n = slotCnt(program);
  const edits = editBuilder(program);
  for (let i = 0; i < n; i++) {
    const w0 = insns[2 * i];
    if (isTest[codeOf(w0)] === 0) continue;
    const off = offOf(w0);
    const target = i + 1 + off;
    if (target < 0 || target > n) continue;
    const never = seen[i + 1] === 0 ? off : seen[target] === 0 ? 0 : null;
    if (never === null) continue;
    edits.replace(i);
    edits.put(withOff(NOP_WORD, never), 0);
  }
  return edits.finish();
}

export const hardWire: Pass = {
  id: 'hard_wire',
  label: 'Hard-wired branches',
  why: 'The verifier saw that one side of your branch never runs, so Linux turns the test into a plain goto.',
  layer: 'verifier',
  source: 'opt_hard_wire_dead_code_branches(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'records',
  adds: false,
  run,
};
