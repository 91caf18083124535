/**
 * Aux records of a program: what a text states, and what analysis finds out where it states nothing. Where a value
 * comes from travels along, because a picture must not pass a guess off as a record.
 */
import type { AuxColumns } from '../program/program.ts';

/** Where an aux value comes from. Unknown values are 0. */
export const AUX_SOURCE = { UNKNOWN: 0, COMPUTED: 1, GIVEN: 2 } as const;

/** An aux value somebody stated; the names are the kernel's (struct bpf_insn_aux_data). */
export interface StatedAux {
  readonly slot: number;
  readonly field: keyof typeof COLUMN_OF;
  readonly value: number;
}

/** Name of the column that holds a field. */
export const COLUMN_OF = {
  seen: 'seen',
  zext_dst: 'zextDst',
  ptr_type: 'ptrType',
  ctx_field_size: 'ctxFieldSize',
  alu_state: 'aluState',
  alu_limit: 'aluLimit',
  map_idx: 'mapIdx',
  call_arg: 'callArg',
} as const satisfies Record<string, keyof AuxColumns>;

export interface SourcedAux {
  readonly columns: AuxColumns;
  /** AUX_SOURCE of each slot, by column. */
  readonly source: { readonly [K in keyof AuxColumns]: Uint8Array };
}

/** Nothing is known of `n` slots. */
export function blankSource(n: number): SourcedAux['source'] {
  return {
    origIdx: new Uint8Array(n),
    seen: new Uint8Array(n),
    zextDst: new Uint8Array(n),
    ptrType: new Uint8Array(n),
    ctxFieldSize: new Uint8Array(n),
    aluState: new Uint8Array(n),
    aluLimit: new Uint8Array(n),
    mapIdx: new Uint8Array(n),
    callArg: new Uint8Array(n),
  };
}
