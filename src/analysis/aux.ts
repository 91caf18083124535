/**
 * Aux records of a program: what a text states, and what analysis finds out where it states nothing. Where a value
 * comes from travels along, because a picture must not pass a guess off as a record.
 */
import type { AuxColumns, Program } from '../program/program.ts';
import { slotCnt } from '../program/program.ts';
import type { Facts } from './facts.ts';

/** Where an aux value comes from. Unknown values are 0. */
export const AUX_SOURCE = { UNKNOWN: 0, COMPUTED: 1, GIVEN: 2 } as const;

/** An aux value somebody stated; the names are the kernel's (struct bpf_insn_aux_data). */
export interface StatedAux {
  readonly slot: number;
  readonly field: 'seen' | 'zext_dst' | 'ptr_type' | 'ctx_field_size' | 'alu_state';
  readonly value: number;
}

const COLUMN_OF = {
  seen: 'seen',
  zext_dst: 'zextDst',
  ptr_type: 'ptrType',
  ctx_field_size: 'ctxFieldSize',
  alu_state: 'aluState',
} as const satisfies Record<StatedAux['field'], keyof AuxColumns>;

export interface SourcedAux {
  readonly columns: AuxColumns;
  /** AUX_SOURCE of each slot, by column. */
  readonly source: { readonly [K in keyof AuxColumns]: Uint8Array };
}

export function auxOf(program: Program, facts: Facts, given: readonly StatedAux[]): SourcedAux {
  const n = slotCnt(program);
  const origIdx = new Int32Array(n);
  for (let i = 0; i < n; i++) origIdx[i] = i;
  const columns = {
    origIdx,
    seen: new Int32Array(facts.seen),
    zextDst: facts.zextDst.slice(),
    ptrType: new Int32Array(n),
    ctxFieldSize: new Int32Array(n),
    aluState: new Int32Array(n),
  };
  const source = {
    origIdx: new Uint8Array(n).fill(AUX_SOURCE.COMPUTED),
    seen: new Uint8Array(n).fill(AUX_SOURCE.COMPUTED),
    zextDst: new Uint8Array(n).fill(AUX_SOURCE.COMPUTED),
    ptrType: new Uint8Array(n),
    ctxFieldSize: new Uint8Array(n),
    aluState: new Uint8Array(n),
  };
  for (const { slot, field, value } of given) {
    if (slot < 0 || slot >= n) continue;
    const column = COLUMN_OF[field];
    columns[column][slot] = value;
    source[column][slot] = AUX_SOURCE.GIVEN;
  }
  return { columns, source };
}
