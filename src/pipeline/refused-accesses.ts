/** Accesses to the context that no verifier lets through: the passes leave them as they are, and somebody should say so. */
import type { Assembly } from '../asm/assembly.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { bytesOf, CLASS, CLASS_MASK, MODE, MODE_MASK } from '../isa/code-parts.ts';
import { codeOf, offOf } from '../isa/insn.ts';
import { type CtxType, ctxOf, fieldAt, loadAllowed, storeAllowed } from '../kernel/ctx.ts';
import { regTypeNumber } from '../kernel/reg-types.ts';
import { type AuxColumns, slotCnt } from '../program/program.ts';

const PTR_TO_CTX = regTypeNumber('ctx');

function isAllowed(ctx: CtxType, w0: number): boolean {
  const code = codeOf(w0);
  const [off, size] = [offOf(w0), bytesOf(code)];
  const field = fieldAt(ctx, off);
  if (field === undefined) return false;
  return (code & CLASS_MASK) === CLASS.LDX
    ? loadAllowed(field, off, size, (code & MODE_MASK) === MODE.MEMSX)
    : storeAllowed(field, off, size);
}

/** Warnings, in the order of the insns. */
export function refusedAccesses(
  { program, setting, from, to }: Assembly,
  { ptrType }: AuxColumns,
): Diagnostic[] {
  const ctx = ctxOf(setting.progType);
  if (ctx === undefined) return [];
  const found: Diagnostic[] = [];
  for (let i = 0; i < slotCnt(program); i++) {
    const w0 = program.insns[2 * i];
    if (ptrType[i] !== PTR_TO_CTX || isAllowed(ctx, w0)) continue;
    const what = (codeOf(w0) & CLASS_MASK) === CLASS.LDX ? 'load' : 'store';
    found.push({
      ...{ code: 'refused-access', severity: 'warning', from: from[i], to: to[i] },
      message: `the verifier refuses this ${what} of ${bytesOf(codeOf(w0))} bytes at ${offOf(w0)} of ${ctx.name}; it stays as it is`,
      hint: 'look up which fields this type of program may touch, and with what sizes',
    });
  }
  return found;
}
