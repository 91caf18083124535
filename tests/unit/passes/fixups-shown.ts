/**
 * Rewritten programs in words that do not depend on the build of a kernel, so that what the passes made of a program
 * can be held against what Linux 6.18 made of it: symbols for addresses, nothing for the numbers of maps.
 */

import { distanceOf, FLOW, flowOf, OP_CALL, OP_LD_IMM64 } from '../../../src/isa/flow.ts';
import { codeOf, dstOf, offOf, srcOf, withOff } from '../../../src/isa/insn.ts';
import { OP_TAIL_CALL } from '../../../src/isa/opcodes.ts';
import { secondSlots } from '../../../src/isa/pairs.ts';
import { PSEUDO_CALL, PSEUDO_FUNC } from '../../../src/isa/pseudo.ts';
import { addressSymbol, calledSymbol, NOT_KNOWN } from '../../../src/kernel/functions.ts';
import { HELPERS, helperId } from '../../../src/kernel/helpers.ts';
import { LINUX_6_18_X86_64 } from '../../../src/kernel/kernel.ts';

const { functions } = LINUX_6_18_X86_64;

const MAP_REFERENCES = [1, 2];
const TAIL_CALL = helperId('tail_call');

/** Functions that stand for a helper in programs of one type or with one kind of map: its name is a part of theirs. */
const ALIASES: readonly (readonly [helper: RegExp, symbol: RegExp])[] = [
  [/^bpf_get_prandom_u32$/, /^bpf_user_rnd_u32$/],
  [/^bpf_map_(lookup|update|delete)_elem$/, /_(lookup|update|delete)_elem$/],
  [/^bpf_for_each_map_elem$/, /^bpf_for_each_(hash|array)_elem$/],
  [/^bpf_\w+_storage_get$/, /^bpf_\w+_storage_get(_recur)?$/],
  [/^bpf_get_func_ip$/, /^bpf_get_func_ip_kprobe$/],
  [/^bpf_get_attach_cookie$/, /^bpf_get_attach_cookie_trace$/],
];

/** Functions without a helper id: a call of one must have been put. */
const INTERNAL = /^(__htab_map_lookup_elem|bpf_skb_load_helper_\d+_no_cache|arch_bpf_timed_may_goto)$/;

const isAlias = (helper: string, symbol: string): boolean =>
  helper === symbol || ALIASES.some(([a, b]) => a.test(helper) && b.test(symbol));

/** What a slot calls or loads, where the kernel has an address: by slot of the program after. */
export type Symbols = Readonly<Record<number, string>>;

/** The symbol as a call of the passes has it: by helper id where there is one. */
function callText(imm: number, symbol: string | undefined): string {
  const helper = HELPERS[imm];
  if (imm !== NOT_KNOWN && helper !== undefined) {
    return symbol !== undefined && isAlias(helper, symbol) && !INTERNAL.test(symbol) ? symbol : helper;
  }
  return calledSymbol(functions, imm) ?? (imm === NOT_KNOWN ? 'not known' : `${imm}`);
}

/** In place of 'not known', what the kernel has there: which function it is depends on the machine. */
const STATIC_CALLS: ReadonlySet<string> = new Set(['__static_call_return0']);

interface Slot {
  readonly w0: number;
  readonly imm: number;
  readonly next: number;
  readonly at: number;
}

function callSlot({ w0, imm, at }: Slot, isKernel: boolean, symbol: string | undefined): string {
  if (srcOf(w0) === PSEUDO_CALL) return `call insn ${at + 1 + imm}`;
  if (srcOf(w0) !== 0) return `call of kernel ${srcOf(w0)}`;
  if (imm === TAIL_CALL && symbol === undefined) return 'tail call';
  if (isKernel) return `call ${symbol ?? calledSymbol(functions, imm) ?? imm}`;
  const text = callText(imm, symbol);
  return `call ${text === 'not known' && STATIC_CALLS.has(symbol ?? '') ? symbol : text}`;
}

const VARIABLE = 0xffffffff00000000n;
const addressText = (low: number, high: number): string => {
  const address = BigInt.asUintN(32, BigInt(low)) | (BigInt.asUintN(32, BigInt(high)) << 32n);
  return addressSymbol(functions, address) ?? `${address}`;
};

function pairSlot({ w0, imm, next, at }: Slot, symbol: string | undefined): string {
  const src = srcOf(w0);
  const dst = `r${dstOf(w0)}`;
  if (MAP_REFERENCES.includes(src)) return `${dst} = map ${src === 2 ? next : ''}`;
  if (src === PSEUDO_FUNC) return `${dst} = insn ${at + 1 + imm}`;
  if (symbol !== undefined && imm === NOT_KNOWN && next === NOT_KNOWN) return `${dst} = ${symbol}`;
  return `${dst} = ${addressText(imm, next)}`;
}

/** `off` of the move that adds the base of this processor's variables. */
const isPerCpu = (w0: number): boolean => (w0 & 0xff) === 0xbf && offOf(w0) === -1;

function plainSlot({ w0, imm, at }: Slot, next: number, symbol: string | undefined): string {
  const flow = flowOf(w0);
  const parts = `${codeOf(w0).toString(16)} r${dstOf(w0)} r${srcOf(w0)}`;
  if (flow !== FLOW.NONE && flow !== FLOW.CALL)
    return `${parts} ${flow === FLOW.OFF ? imm : ''} goto ${at + 1 + distanceOf(w0, imm, flow)}`;
  const isVariable = codeOf(w0) === 0xb7 && isPerCpu(next);
  if (!isVariable) return `${parts} ${offOf(w0)} ${imm}`;
  const name = addressSymbol(functions, VARIABLE | BigInt.asUintN(32, BigInt(imm)));
  return `${parts} ${symbol ?? name ?? imm}`;
}

/** A dump as it would be loaded: a call of a function has its distance in imm, which a dump has in off. */
export function fromDump(words: Int32Array): Int32Array {
  const insns = words.slice();
  for (let i = 0; i < insns.length; i += 2) {
    const w0 = insns[i];
    if (codeOf(w0) === OP_CALL && srcOf(w0) === PSEUDO_CALL) insns.set([withOff(w0, 0), offOf(w0)], i);
  }
  return insns;
}

/**
 * One line a slot but for second halves. `isKernel`: out of a dump. `symbols` are what its addresses stand for; of a
 * program of ours they say only which of several names its helper has there.
 */
export function shown(insns: Int32Array, isKernel: boolean, symbols: Symbols = {}): string[] {
  const second = secondSlots(insns);
  const lines: string[] = [];
  for (let at = 0; at < second.length; at++) {
    if (second[at] === 1) continue;
    const slot = { at, w0: insns[2 * at], imm: insns[2 * at + 1], next: insns[2 * at + 3] ?? 0 };
    const code = codeOf(slot.w0);
    const symbol = symbols[at];
    if (code === OP_TAIL_CALL) lines.push(`${at}: tail call`);
    else if (code === OP_CALL) lines.push(`${at}: ${callSlot(slot, isKernel, symbol)}`);
    else if (code === OP_LD_IMM64) lines.push(`${at}: ${pairSlot(slot, symbol)}`);
    else lines.push(`${at}: ${plainSlot(slot, insns[2 * at + 2] ?? 0, symbol)}`);
  }
  return lines;
}
