/** What assembling a text gives: always a Program, whatever is wrong with the text. */
import type { Program } from '../program/program.ts';
import type { Setting } from '../program/setting.ts';

/** Aux fields that a text can state for an insn. */
export const AUX_FIELDS = [
  'seen',
  'zext_dst',
  'ptr_type',
  'ctx_field_size',
  'alu_state',
  'alu_limit',
  'map_idx',
  'call_arg',
] as const;
export type AuxField = (typeof AUX_FIELDS)[number];

export interface AuxGiven {
  readonly slot: number;
  readonly field: AuxField;
  readonly value: number;
}

/** A patch point written in the text. `insns` has two words a slot; `exits` as in patch/ops.ts. */
export interface PatchPoint {
  readonly kind: 'replace' | 'prepend' | 'remove';
  readonly at: number;
  readonly cnt: number;
  readonly insns: Int32Array;
  readonly exits: readonly { readonly slot: number; readonly to: number }[];
  /** Source range of the directive (UTF-16 offsets). */
  readonly from: number;
  readonly to: number;
}

export interface Assembly {
  readonly program: Program;
  /** Type and maps, as far as the text states them. */
  readonly setting: Setting;
  /** Source range of each slot's insn, UTF-16 offsets; both slots of an ld_imm64 have the same. */
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** 1-based source line of each slot. */
  readonly line: Int32Array;
  readonly auxGiven: readonly AuxGiven[];
  readonly patchPoints: readonly PatchPoint[];
  /** Labels in order of appearance; `slot` may be the slot count (the end). */
  readonly labels: readonly {
    readonly name: string;
    readonly slot: number;
    readonly from: number;
    readonly to: number;
  }[];
  /** Every mention of a label, in triples: source range (from, to) and the slot it means. */
  readonly labelRefs: Int32Array;
}
