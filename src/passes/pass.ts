/**
 * A pass decides what is rewritten and says so as edits; it never touches a Program. Whatever a kernel takes from
 * its surroundings (random numbers, what the verifier found out, a target's demands) is an input here, so the same
 * inputs always give the same edits.
 */
import type { Facts } from '../analysis/facts.ts';
import { type Kernel, LINUX_6_18_X86_64 } from '../kernel/kernel.ts';
import type { Layer } from '../patch/algorithm.ts';
import type { EditList, Exit } from '../patch/ops.ts';
import { ENGINE_RULES, type PassRules } from '../patch/rules.ts';
import type { Program } from '../program/program.ts';
import { NO_SETTING, type Setting } from '../program/setting.ts';

/** An edit that somebody wrote by hand. An assembled patch point is one; so is anything else of this shape. */
export interface HandEdit {
  readonly kind: 'replace' | 'prepend' | 'remove';
  readonly at: number;
  readonly cnt: number;
  /** Two words a slot, wire layout. */
  readonly insns: Int32Array;
  readonly exits: readonly Exit[];
  /** Where it is written: UTF-16 offsets into the source. */
  readonly from: number;
  readonly to: number;
}

/**
 * What a pass may ask. What the verifier noted about an insn stands in the program's aux records (which travel with
 * the insn, and are gone from insns that an earlier pass put there); what it noted about the program stands here.
 */
export interface PassContext {
  readonly facts: Facts;
  /** Type and maps of the program. */
  readonly setting: Setting;
  /** Where kernels differ. */
  readonly rules: PassRules;
  /** Where the kernel that loads the program keeps things. */
  readonly kernel: Kernel;
  /** The next 32-bit number, unsigned. */
  readonly rnd: () => number;
  /** The target has no insn of its own that clears upper halves, so zero extensions are put (`bpf_jit_needs_zext`). */
  readonly needsZext: boolean;
  /** Zero extension was already taken care of, so blinding marks its own (`aux->verifier_zext`). */
  readonly verifierZext: boolean;
  readonly patchPoints: readonly HandEdit[];
}

/** A context of which only `known` matters: the kernel of this project's rules, nothing known of the program. */
export function passContext(known: Partial<PassContext> & Pick<PassContext, 'facts' | 'rnd'>): PassContext {
  return {
    setting: NO_SETTING,
    rules: ENGINE_RULES,
    kernel: LINUX_6_18_X86_64,
    needsZext: true,
    verifierZext: false,
    patchPoints: [],
    ...known,
  };
}

/**
 * What a pass asks of the program it is given, each with all that stands before it. It decides whether the pass can go
 * on with the list of the pass before it, where insns put by that one have no record (pipeline/sharing.ts).
 */
export const NEEDS = [
  'insns', // the insns as they stand, in order, and which of them are marked `zext_dst`
  'distances', // where jumps and calls lead
  'records', // what the verifier noted about each insn (`seen` and the other records), and tables of the program
] as const;
export type Needs = (typeof NEEDS)[number];

export interface Pass {
  readonly id: string;
  readonly label: string;
  /** One sentence: who patches my program, and why. */
  readonly why: string;
  /** The layer of `source`, which says what tables travel along there; `apply` goes by it, a page lets one choose. */
  readonly layer: Layer;
  /** Kernel function and version that it follows. */
  readonly source: string;
  /** 'records' unless said otherwise: nothing is kept from a pass that does not say what it can do without. */
  readonly needs?: Needs;
  /** Whether it ever puts insns that were not there; true unless said otherwise. One insn for one adds none. */
  readonly adds?: boolean;
  run(program: Program, ctx: PassContext): EditList;
}

/** A source of random numbers that knows how many it has given. */
export interface CountedRnd {
  readonly rnd: () => number;
  readonly used: () => number;
}

export function countedRnd(rnd: () => number): CountedRnd {
  let used = 0;
  return {
    rnd: () => {
      used++;
      return rnd();
    },
    used: () => used,
  };
}
