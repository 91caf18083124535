/**
 * Dead code and nops in one walk, as the RFC of 2019 does: what is a nop it decides on the distances before the cut,
 * so a goto over dead code stays behind as `goto +0`. Not offered by itself: the rules of the RFC ask for it where
 * others run dead_code and nops.
 */
import { NOP_WORD } from '../isa/opcodes.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Pass, PassContext } from './pass.ts';

function run(program: Program, { facts: { seen } }: PassContext): EditList {
  const { insns } = program;
  const n = slotCnt(program);
  const isCut = (i: number): boolean =>
    seen[i] === 0 || (insns[2 * i] === NOP_WORD && insns[2 * i + 1] === 0);
  const edits = editBuilder(program);
  for (let i = 0; i < n; i++) {
    if (!isCut(i)) continue;
    const from = i;
    while (i < n && isCut(i)) i++;
    edits.remove(from, i - from);
  }
  return edits.finish();
}

export const deadCodeRfc: Pass = {
  id: 'dead_code_rfc',
  label: 'Dead code and nops at once',
  why: 'The 2019 patcher cuts what no path reaches and every goto to the next insn in one walk, and so leaves a goto that led over the cut.',
  layer: 'verifier',
  source: 'RFC "bpf: accelerate insn patching speed", 2019',
  needs: 'records',
  adds: false,
  run,
};
