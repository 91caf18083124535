/**
 * The walk that zero extension and its test share. An insn that writes 32 bits leaves the upper half of its register
 * clear by definition; not every machine does so by itself. The verifier marks (`zext_dst`) those whose upper half
 * is read later, so it is known which upper halves nobody may rely on:
 *
 *   marked   w d = ...                not marked, when testing   w d = ...
 *            w d = w d   (imm 1)                                 ax = random
 *                                                                ax <<= 32
 *                                                                d |= ax
 *
 * What the walk puts it does not look at. As opt_subreg_zext_lo32_rnd_hi32(), Linux 6.18, kernel/bpf/verifier.c.
 * There a mark on an insn that defines no register is a bug of the verifier and refuses the program; here marks may
 * be stated by hand, and one on an insn that defines no 32-bit value asks for nothing. Calls define none, so kfunc
 * calls are left alone as they are there: their upper half is the caller's business.
 */

import { ATOMIC } from '../isa/atomic.ts';
import { ALU_OP, CLASS, CLASS_MASK } from '../isa/code-parts.ts';
import { codeOf } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { REG_AX } from '../isa/registers.ts';
import { def32Of } from '../isa/regs.ts';
import { regTypeNumber } from '../kernel/reg-types.ts';
import { type EditBuilder, editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Aux, type Program, slotCnt } from '../program/program.ts';
import type { PassContext } from './pass.ts';
import { putAluK, putAluX, putMovK, putZext } from './put.ts';

const PTR_TO_CTX = regTypeNumber('ctx');

const isClass = (w0: number, cls: number): boolean => (codeOf(w0) & CLASS_MASK) === cls;

/** Reads the context: it may have been widened already, and what it leaves above is not for the test to spoil. */
function isCtxLoad(w0: number, aux: Aux | null, idx: number): boolean {
  if (aux === null || !isClass(w0, CLASS.LDX)) return false;
  const home = aux.home[idx];
  return home >= 0 && aux.records.ptrType[home] === PTR_TO_CTX;
}

function putNoise(edits: EditBuilder, reg: number, random: number): void {
  putMovK(edits, REG_AX, random);
  putAluK(edits, ALU_OP.LSH, REG_AX, 32);
  putAluX(edits, ALU_OP.OR, reg, REG_AX);
}

/** `spoil`: BPF_F_TEST_RND_HI32, random upper halves for what has no mark. One random number for each of them. */
export function subregEdits(
  program: Program,
  { facts, needsZext, rnd }: PassContext,
  spoil: boolean,
): EditList {
  const { insns, aux } = program;
  const n = slotCnt(program);
  const second = secondSlots(insns);
  const edits = editBuilder(program);
  for (let i = 0; i < n; i++) {
    const w0 = insns[2 * i];
    const imm = insns[2 * i + 1];
    const isStore = isClass(w0, CLASS.STX);
    if (second[i] === 1) continue;
    const reg = def32Of(w0, imm);
    if (reg < 0) continue;
    const isMarked = facts.zextDst[i] === 1;
    // Some machines load r0 only when the comparison holds, whatever they do about upper halves otherwise.
    if (isMarked && !needsZext && !(isStore && imm === ATOMIC.CMPXCHG)) continue;
    if (!isMarked && (!spoil || isCtxLoad(w0, aux, i))) continue;
    edits.replace(i);
    edits.put(w0, imm);
    if (isMarked) putZext(edits, reg);
    else putNoise(edits, reg, rnd() | 0);
  }
  return edits.finish();
}
