/**
 * Dead code of programs loaded without privileges: it stays, as jumps to themselves, so that a machine that runs
 * ahead on a wrong guess finds nothing useful there. One insn for one, and both slots of a 64-bit constant. As
 * sanitize_dead_code(), Linux 6.18, kernel/bpf/verifier.c.
 */
import { withOff } from '../isa/insn.ts';
import { NOP_WORD } from '../isa/opcodes.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Pass, PassContext } from './pass.ts';

const TRAP = withOff(NOP_WORD, -1);

function run(program: Program, { facts: { seen } }: PassContext): EditList {
  const n = slotCnt(program);
  const edits = editBuilder(program);
  for (let i = 0; i < n; i++) {
    if (seen[i] !== 0) continue;
    edits.replace(i);
    edits.put(TRAP, 0);
  }
  return edits.finish();
}

export const sanitize: Pass = {
  id: 'sanitize',
  label: 'Trapped dead code',
  why: 'You may not have code removed without privileges, so Linux makes each insn that no path reaches a jump to itself.',
  layer: 'verifier',
  source: 'sanitize_dead_code(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'records',
  adds: false,
  run,
};
