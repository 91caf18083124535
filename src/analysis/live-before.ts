/**
 * Registers that some way still reads, before each insn, as the verifier counts them (compute_live_registers() of
 * Linux 6.18): a helper reads as many as it takes. Unlike live.ts, which knows nothing of helpers and is for passes.
 */
import { OP_CALL } from '../isa/flow.ts';
import { codeOf, srcOf } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { readsOf } from '../isa/regs.ts';
import { helperType } from '../kernel/helper-types.ts';
import { wantedBefore, wantedBehind } from './backward.ts';

/** Bits of r1 up to the last argument. */
const argBits = (cnt: number): number => ((1 << cnt) - 1) << 1;

function readsWithHelpers(w0: number, imm: number): number {
  if (codeOf(w0) !== OP_CALL || srcOf(w0) !== 0) return readsOf(w0, imm);
  const helper = helperType(imm);
  return argBits(helper ? helper.args.length : 5);
}

/** Bit r of entry i: register r is live before slot i. */
export function liveBefore(insns: Int32Array): Int32Array {
  const live = wantedBehind(insns, readsWithHelpers);
  const second = secondSlots(insns);
  for (let i = 0; i < live.length; i++)
    if (second[i] === 0) live[i] = wantedBefore(live[i], insns[2 * i], insns[2 * i + 1], readsWithHelpers);
  return live;
}
