/** A packet load becomes the six insns that a kernel puts for it (bpf_gen_ld_abs(), Linux 6.18, net/core/filter.c). */
import { SLOT_WORDS } from '../isa/insn.ts';
import { R1, R2, R6 } from '../isa/registers.ts';
import { callTo } from '../kernel/functions.ts';
import { FUNCTIONS_6_18_X86_64 } from '../kernel/functions-6.18-x86-64.ts';
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { wholeEdits } from './code.ts';
import { Code, IF, isLoadAbs } from './words.ts';

/** Slots that stand for one load. */
export const LOAD_SIZE = 6;

const CALL_IMM = callTo(FUNCTIONS_6_18_X86_64, 'bpf_skb_load_helper_8_no_cache');

function insnsFor(at: number): Int32Array {
  const code = new Code(LOAD_SIZE);
  code.mov(R2, at);
  code.movReg(R1, R6);
  code.callNumber(CALL_IMM);
  code.jumpIf(IF.S_GE, 0, 0, LOAD_SIZE);
  code.zero(0);
  code.exit();
  return code.insns;
}

/** One replace for each load of the program. */
export function inlinedLoads(insns: Int32Array): EditList {
  const edits = editBuilder();
  const byOffset = new Map<number, Int32Array>();
  for (let w = 0; w < insns.length; w += SLOT_WORDS) {
    if (!isLoadAbs(insns[w])) continue;
    const at = insns[w + 1];
    const put = byOffset.get(at) ?? insnsFor(at);
    byOffset.set(at, put);
    edits.replace(w / SLOT_WORDS);
    for (let k = 0; k < put.length; k += SLOT_WORDS) edits.put(put[k], put[k + 1]);
  }
  return wholeEdits(edits.finish());
}
