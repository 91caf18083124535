/** Opcodes that code outside of the table asks for by name; those with a flow of their own stand in flow.ts. */
import { ALU_OP, CLASS } from './code-parts.ts';
import { word0 } from './insn.ts';

export const OP_GOTO = CLASS.JMP;
export const OP_MOV64_IMM = CLASS.ALU64 | ALU_OP.MOV;
/** What the kernel makes of a call of bpf_tail_call; never in a program as it is loaded. */
export const OP_TAIL_CALL = CLASS.JMP | 0xf0;
/** An insn that does nothing: `goto +0`. */
export const NOP_WORD = word0(OP_GOTO, 0, 0, 0);
