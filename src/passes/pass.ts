/**
 * A pass decides what is rewritten and says so as edits; it never touches a Program. Whatever a kernel takes from
 * its surroundings (random numbers, what the verifier found out, a target's demands) is an input here, so the same
 * inputs always give the same edits.
 */
import type { Facts } from '../analysis/facts.ts';
import type { Layer } from '../patch/algorithm.ts';
import type { EditList, Exit } from '../patch/ops.ts';
import type { Program } from '../program/program.ts';

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

export interface PassContext {
  readonly facts: Facts;
  /** The next 32-bit number, unsigned. */
  readonly rnd: () => number;
  /** The target clears upper halves only where it is told to (`bpf_jit_needs_zext`). */
  readonly verifierZext?: boolean;
  readonly patchPoints?: readonly HandEdit[];
}

export interface Pass {
  readonly id: string;
  readonly label: string;
  /** One sentence: who patches my program, and why. */
  readonly why: string;
  /** The layer of `source`, which says what tables travel along there; `apply` goes by it, a page lets one choose. */
  readonly layer: Layer;
  /** Kernel function and version that it follows. */
  readonly source: string;
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
