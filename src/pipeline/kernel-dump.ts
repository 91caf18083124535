/**
 * How a kernel shows a rewritten program: it gives the insns as they stand in memory, and there calls and references
 * have been linked (fixup_call_args(), do_misc_fixups() and bpf_insn_prepare_dump() of Linux 6.18):
 *
 *   call of a helper      imm: from its number to the distance of the function from `__bpf_call_base`
 *   call of a subprogram  off: distance, imm: number of the subprogram
 *   address of one        second imm: number of the subprogram
 *   map reference         imm: from the loader's descriptor to the map's id
 *   tail call             what it became is hidden: a call of helper 12
 */

import { lowerBound } from '../base/lower-bound.ts';
import { distanceOf, FLOW, flowOf, OP_CALL, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS, srcOf, withOff } from '../isa/insn.ts';
import { OP_TAIL_CALL } from '../isa/opcodes.ts';
import { secondSlots } from '../isa/pairs.ts';
import { PSEUDO_MAP } from '../isa/pseudo.ts';
import { symbolOfHelper } from '../kernel/call-symbols.ts';
import { HELPER } from '../kernel/helper-types.ts';
import type { Kernel } from '../kernel/kernel.ts';
import { mapOfNumber } from '../program/map-number.ts';
import type { Program } from '../program/program.ts';
import type { Setting } from '../program/setting.ts';

/** What one load gave a map: other numbers each time, so they are facts of a dump. */
export interface MapNumbers {
  /** Shown by a dump in place of the descriptor. */
  readonly id?: number;
  /** Of the map, and of the value of its first element: what stands in the program until a dump hides it. */
  readonly address?: bigint;
  readonly valueAddress?: bigint;
}

export type MapNumbersByRef = ReadonlyMap<number, MapNumbers>;

/** A loader has filled in all others. */
const isMapRef = (w0: number): boolean =>
  codeOf(w0) === OP_LD_IMM64 && (srcOf(w0) === PSEUDO_MAP.FD || srcOf(w0) === PSEUDO_MAP.VALUE);

/** Type of the map that the call in slot `i` is always given; 0: none, or nobody knows. */
function mapTypeAt({ aux }: Program, i: number, maps: Setting['maps']): number {
  const home = aux === null ? -1 : aux.home[i];
  const number = aux === null || home < 0 ? 0 : aux.records.mapIdx[home];
  return mapOfNumber(maps, number)?.type ?? 0;
}

/** A function of which the build does not say where it is keeps its number. */
function callImm(imm: number, mapType: number, progType: number, { functions }: Kernel): number {
  return functions.calls[symbolOfHelper(imm, mapType, progType) ?? ''] ?? imm;
}

/** Number of the subprogram that begins at or before slot `target`. */
const subprogAt = ({ subprogs }: Program, target: number): number =>
  lowerBound(subprogs.start, target + 1) - 1;

/** The program with addresses in place of the numbers of helpers, as far as they are known: the end of the passes. */
export function withLinkedCalls(program: Program, setting: Setting, kernel: Kernel): Program {
  const insns = program.insns.slice();
  const second = secondSlots(insns);
  for (let i = 0; i < second.length; i++) {
    const w0 = insns[i * SLOT_WORDS];
    if (second[i] === 1 || codeOf(w0) !== OP_CALL || srcOf(w0) !== 0) continue;
    const mapType = mapTypeAt(program, i, setting.maps);
    insns[i * SLOT_WORDS + 1] = callImm(insns[i * SLOT_WORDS + 1], mapType, setting.progType, kernel);
  }
  return { ...program, insns };
}

/** Insns as the dump of a loaded program has them. */
export function dumpedInsns(program: Program, maps: MapNumbersByRef): Int32Array {
  const insns = program.insns.slice();
  const second = secondSlots(insns);
  for (let i = 0; i < second.length; i++) {
    const word = i * SLOT_WORDS;
    const [w0, imm] = [insns[word], insns[word + 1]];
    if (second[i] === 1) continue;
    const flow = flowOf(w0);
    if (flow === FLOW.CALL) {
      const number = subprogAt(program, i + 1 + distanceOf(w0, imm, flow));
      if (codeOf(w0) === OP_CALL) {
        insns[word] = withOff(w0, imm);
        insns[word + 1] = number;
      } else insns[word + SLOT_WORDS + 1] = number;
    } else if (codeOf(w0) === OP_TAIL_CALL) {
      insns[word] = (w0 & ~0xff) | OP_CALL;
      insns[word + 1] = HELPER.TAIL_CALL;
    } else if (isMapRef(w0)) insns[word + 1] = maps.get(imm)?.id ?? imm;
  }
  return insns;
}

/** The program with addresses in place of map references, as far as they are known: what blinding sees. */
export function withMapAddresses(program: Program, maps: MapNumbersByRef): Program {
  const insns = program.insns.slice();
  const second = secondSlots(insns);
  for (let i = 0; i + 1 < second.length; i++) {
    const word = i * SLOT_WORDS;
    if (second[i] === 1 || !isMapRef(insns[word])) continue;
    const numbers = maps.get(insns[word + 1]);
    const isValue = srcOf(insns[word]) === PSEUDO_MAP.VALUE;
    const base = isValue ? numbers?.valueAddress : numbers?.address;
    if (base === undefined) continue;
    const address = base + (isValue ? BigInt(insns[word + SLOT_WORDS + 1]) : 0n);
    insns[word + 1] = Number(BigInt.asIntN(32, address));
    insns[word + SLOT_WORDS + 1] = Number(BigInt.asIntN(32, address >> 32n));
  }
  return { ...program, insns };
}
