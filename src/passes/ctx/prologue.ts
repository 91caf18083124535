/**
 * What goes around a program whose context is rewritten. Programs that write into a packet need one that is theirs alone:
 *
 *   r6 = byte of `cloned`      A packet that shares its data with a clone is copied first (pull_data), and dropped
 *   w r6 &= mask               when that fails. This may be a clone that nobody else uses any more: then the call finds
 *   if r6 == 0 goto +7         out. Jumps of the program to its first insn skip all of this.
 *   r6 = r1
 *   r2 ^= r2
 *   call skb_pull_data
 *   if r0 == 0 goto +2
 *   w r0 = drop
 *   exit
 *   r1 = r6
 *
 * Functions of a queueing discipline call a kernel function at their beginning (init) or at their end (reset, destroy):
 *
 *   r6 = r1                    [fp - d] = r1          the first exit of the main program:  every other:
 *   r2 = [r1 + 16]             (at the beginning)     r1 = [fp - d]                        gotol to that
 *   r1 = [r1]                                         r1 = [r1]
 *   call init_prologue                                call reset_destroy_epilogue
 *   if r0 == 0 goto +1                                exit
 *   exit
 *   r1 = r6
 *
 * As convert_ctx_accesses() and the gen_prologue and gen_epilogue functions of Linux 6.18 (kernel/bpf/verifier.c,
 * net/core/filter.c, net/sched/bpf_qdisc.c). The two functions called are hidden from programs, and named by a number
 * that differs from build to build: it stands in the layout, 0 where it is not known. What is no edit is not said: the
 * 8 bytes of stack that the saved context takes.
 *
 * Nothing but a store asks for a packet of one's own (seen_direct_write), and the analysis notes one that goes into a
 * packet on any way. A helper that is given packet memory does not; the one kernel function that hands out some for
 * writing (bpf_dynptr_slice_rdwr) does, but it has a number that nobody knows here.
 */

import { ALU_OP, CLASS, CLASS_MASK, JMP_OP, MODE, MODE_MASK, SIZE } from '../../isa/code-parts.ts';
import { OP_CALL, OP_GOTOL } from '../../isa/flow.ts';
import { codeOf, word0 } from '../../isa/insn.ts';
import { secondSlots } from '../../isa/pairs.ts';
import { PSEUDO_KFUNC } from '../../isa/pseudo.ts';
import { FP, R0, R1, R2, R6 } from '../../isa/registers.ts';
import { helperId } from '../../kernel/helpers.ts';
import { PROG_TYPES } from '../../kernel/prog-types.ts';
import { regTypeNumber } from '../../kernel/reg-types.ts';
import type { StructLayout } from '../../kernel/struct-layout.ts';
import type { EditBuilder } from '../../patch/edit-builder.ts';
import { type Program, slotCnt } from '../../program/program.ts';
import type { PassContext } from '../pass.ts';
import {
  putAlu32K,
  putAluX,
  putCall,
  putExit,
  putIfK,
  putLoad,
  putMov32K,
  putMovX,
  putStore,
} from '../put.ts';

/** Verdict that drops a packet, of the types that have to ask for one of their own: TC_ACT_SHOT, SK_DROP. */
const DROP: Readonly<Record<string, number>> = { sched_cls: 2, sched_act: 2, lwt_xmit: 2, sk_skb: 0 };

const PACKETS = new Set([regTypeNumber('pkt'), regTypeNumber('pkt_meta')]);

const WORD_SIZE = 8;
/** The argument behind the discipline and its options: where init reports errors. */
const EXTACK_OFF = 16;

function writesPacket({ insns, aux }: Program): boolean {
  if (aux === null) return false;
  const second = secondSlots(insns);
  return aux.home.some((home, i) => {
    const code = codeOf(insns[2 * i]);
    const cls = code & CLASS_MASK;
    const isStore = (cls === CLASS.ST || cls === CLASS.STX) && (code & MODE_MASK) === MODE.MEM;
    return isStore && second[i] === 0 && home >= 0 && PACKETS.has(aux.records.ptrType[home]);
  });
}

/** A call of a kernel function by BTF id. */
const putKfuncCall = (edits: EditBuilder, id: number): void =>
  edits.put(word0(OP_CALL, 0, PSEUDO_KFUNC, 0), id);

function putUnclone(edits: EditBuilder, { cloned }: StructLayout, drop: number): void {
  putLoad(edits, SIZE.B, R6, R1, cloned.off);
  putAlu32K(edits, ALU_OP.AND, R6, cloned.mask);
  putIfK(edits, JMP_OP.JEQ, R6, 0, 7);
  putMovX(edits, R6, R1);
  putAluX(edits, ALU_OP.XOR, R2, R2);
  putCall(edits, helperId('skb_pull_data'));
  putIfK(edits, JMP_OP.JEQ, R0, 0, 2);
  putMov32K(edits, R0, drop);
  putExit(edits);
  putMovX(edits, R1, R6);
}

function putInit(edits: EditBuilder, { qdiscInitPrologue }: StructLayout): void {
  putMovX(edits, R6, R1);
  putLoad(edits, SIZE.DW, R2, R1, EXTACK_OFF);
  putLoad(edits, SIZE.DW, R1, R1, 0);
  putKfuncCall(edits, qdiscInitPrologue);
  putIfK(edits, JMP_OP.JEQ, R0, 0, 1);
  putExit(edits);
  putMovX(edits, R1, R6);
}

export interface Frame {
  /** Puts what goes before the first insn, if anything does. */
  putStart(edits: EditBuilder): void;
  /** Edits an exit at `idx`; exits in ascending order. */
  putExit(edits: EditBuilder, idx: number): void;
}

/** At what exits something has to be done: those of the main program, whose context was saved at `saved` below fp. */
function epilogue(mainEnd: number, saved: number, { qdiscResetDestroyEpilogue }: StructLayout): Frame {
  let first = -1;
  return {
    putStart: (edits) => {
      edits.prepend(0);
      putStore(edits, SIZE.DW, FP, R1, -saved);
    },
    putExit: (edits, idx) => {
      if (idx >= mainEnd) return;
      edits.replace(idx);
      if (first >= 0) {
        edits.put(word0(OP_GOTOL, 0, 0, 0), first - idx - 1);
        edits.exit(0, first);
        return;
      }
      first = idx;
      putLoad(edits, SIZE.DW, R1, FP, -saved);
      putLoad(edits, SIZE.DW, R1, R1, 0);
      putKfuncCall(edits, qdiscResetDestroyEpilogue);
      putExit(edits);
    },
  };
}

const prologue = (put: (edits: EditBuilder) => void): Frame => ({
  putStart: (edits) => {
    edits.prepend(0);
    put(edits);
  },
  putExit: () => {},
});

const NO_FRAME: Frame = { putStart: () => {}, putExit: () => {} };

/** First version of Linux, as in PassRules.linux, that has queueing disciplines of programs. */
const QDISC_SINCE = 616;

/** What goes around this program. */
export function frameOf(program: Program, { setting, rules, kernel }: PassContext): Frame {
  const type = PROG_TYPES[setting.progType];
  const drop = DROP[type];
  if (drop !== undefined)
    return writesPacket(program) ? prologue((edits) => putUnclone(edits, kernel.structs, drop)) : NO_FRAME;
  if (type !== 'struct_ops' || rules.linux < QDISC_SINCE) return NO_FRAME;
  const { start, stackDepth } = program.subprogs;
  switch (setting.attach) {
    case 'Qdisc_ops.init':
      return prologue((edits) => putInit(edits, kernel.structs));
    case 'Qdisc_ops.reset':
    case 'Qdisc_ops.destroy':
      return epilogue(start[1] ?? slotCnt(program), Math.max(0, stackDepth[0]) + WORD_SIZE, kernel.structs);
    default:
      return NO_FRAME;
  }
}
