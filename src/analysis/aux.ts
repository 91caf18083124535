/**
 * Aux records of a program: what a text states, and what analysis finds out where it states nothing. Where a value
 * comes from travels along, because a picture must not pass a guess off as a record.
 */
import { type AuxColumns, auxColumns, type Program, slotCnt } from '../program/program.ts';
import type { Facts } from './facts.ts';

/** Where an aux value comes from. Unknown values are 0. */
export const AUX_SOURCE = { UNKNOWN: 0, COMPUTED: 1, GIVEN: 2 } as const;

/** An aux value somebody stated; the names are the kernel's (struct bpf_insn_aux_data). */
export interface StatedAux {
  readonly slot: number;
  readonly field: keyof typeof COLUMN_OF;
  readonly value: number;
}

const COLUMN_OF = {
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

export function auxOf(program: Program, facts: Facts, given: readonly StatedAux[]): SourcedAux {
  const n = slotCnt(program);
  const columns = auxColumns(n, { seen: new Int32Array(facts.seen), zextDst: facts.zextDst.slice() });
  const source = {
    origIdx: new Uint8Array(n).fill(AUX_SOURCE.COMPUTED),
    seen: new Uint8Array(n).fill(AUX_SOURCE.COMPUTED),
    zextDst: new Uint8Array(n).fill(AUX_SOURCE.COMPUTED),
    ptrType: new Uint8Array(n),
    ctxFieldSize: new Uint8Array(n),
    aluState: new Uint8Array(n),
    aluLimit: new Uint8Array(n),
    mapIdx: new Uint8Array(n),
    callArg: new Uint8Array(n),
  };
  for (const { slot, field, value } of given) {
    if (slot < 0 || slot >= n) continue;
    const column = COLUMN_OF[field];
    columns[column][slot] = value;
    source[column][slot] = AUX_SOURCE.GIVEN;
  }
  return { columns, source };
}
