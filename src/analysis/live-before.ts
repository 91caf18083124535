/**
 * Registers that some way still reads, before each insn, as the verifier counts them (compute_live_registers() of
 * Linux 6.18): a helper reads as many as it takes, and an old packet load counts as reading all there are. Unlike
 * live.ts, which knows nothing of either and is for passes.
 */
import { CLASS, CLASS_MASK, MODE, MODE_MASK } from '../isa/code-parts.ts';
import { OP_CALL } from '../isa/flow.ts';
import { codeOf, srcOf } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { readsOf } from '../isa/regs.ts';
import { helperType } from '../kernel/helper-types.ts';
import { wantedBefore, wantedBehind } from './backward.ts';

/** Bits of r1 up to the last argument. */
const argBits = (cnt: number): number => ((1 << cnt) - 1) << 1;

const ALL_REGS = 0xfff;

/** The verifier leaves these loads at its default, "reads everything and defines nothing". */
function isPacketLoad(code: number): boolean {
  const mode = code & MODE_MASK;
  return (code & CLASS_MASK) === CLASS.LD && (mode === MODE.ABS || mode === MODE.IND);
}

function readsWithHelpers(w0: number, imm: number): number {
  if (isPacketLoad(codeOf(w0))) return ALL_REGS;
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
