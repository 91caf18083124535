/** A jump as far as 16 bits reach, and insns put below it: one is already too much. */
import { ALU_OP } from '../isa/code-parts.ts';
import { word0 } from '../isa/insn.ts';
import { OP_MOV64_IMM } from '../isa/opcodes.ts';
import { R0, R1, R9 } from '../isa/registers.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import { programOf, wholeEdits } from './code.ts';
import type { Recipe } from './recipe.ts';
import { Code, IF } from './words.ts';

const REACH_MAX = 2 ** 15 - 1;
const FRAME_SIZE = 5;
const OPS = [
  ...[ALU_OP.LSH, ALU_OP.RSH, ALU_OP.ARSH, ALU_OP.ADD],
  ...[ALU_OP.SUB, ALU_OP.MUL, ALU_OP.DIV, ALU_OP.MOD],
] as const;
/** 0x0123456789abcdef */
const CONSTANT = { low: 0x89abcdef | 0, high: 0x01234567 } as const;

export const maxJump: Recipe = {
  id: 'max-jump',
  label: 'The longest jump',
  why: 'A jump over 32,767 insns: one insn more below it and its distance no longer fits, which has to be refused.',
  source: '__bpf_fill_max_jmp(), Linux 6.18, lib/test_bpf.c; the patch is ours',
  n: { min: FRAME_SIZE + 3, max: FRAME_SIZE + REACH_MAX, standard: FRAME_SIZE + REACH_MAX },
  isSeeded: false,
  params: [{ id: 'added', label: 'Put below it', unit: 'insns', min: 1, max: 1_000, standard: 1 }],
  pass: 'edits',
  build({ n, params: [added] }) {
    const code = new Code(n);
    code.mov64(R1, CONSTANT.low, CONSTANT.high);
    code.mov(R0, 1);
    code.jumpIf(IF.EQ, R0, 1, n - 1);
    code.mov(R0, 2);
    code.exit();
    while (code.at < n - 1) {
      const op = OPS[(code.at >> 1) % OPS.length];
      if (code.at & 1) code.alu32Reg(op, R0, R1);
      else code.aluReg(op, R0, R1);
    }
    code.exit();
    const edits = editBuilder();
    edits.prepend((n + FRAME_SIZE) >> 1);
    for (let k = 0; k < added; k++) edits.put(word0(OP_MOV64_IMM, R9, 0, 0), k);
    return { program: programOf(code), edits: wholeEdits(edits.finish()) };
  },
};
