/** Records of insns held against each other, by what they say: where they stand is no matter. */
import type { Aux, AuxRecord } from '../program/program.ts';
import { group } from './errors.ts';

/** Kernel words of the fields of a record. */
const AUX_FIELDS: readonly (readonly [keyof AuxRecord, string])[] = [
  ['origIdx', 'orig_idx'],
  ['seen', 'seen'],
  ['zextDst', 'zext_dst'],
  ['ptrType', 'ptr_type'],
  ['ctxFieldSize', 'ctx_field_size'],
  ['aluState', 'alu_state'],
  ['aluLimit', 'alu_limit'],
  ['mapIdx', 'map'],
  ['callArg', 'argument'],
];

/** What `auxAt` of program.ts says of one field, without the record: programs have a million of them. */
function fieldAt({ records, home, zextDst }: Aux, idx: number, field: keyof AuxRecord): number {
  if (field === 'zextDst') return zextDst[idx];
  const at = home[idx];
  if (at >= 0) return records[field][at];
  return field === 'seen' ? records.seen[~at] : 0;
}

/** Whether two slots have the same record; the columns may be others, as the RFC's have one entry more. */
export function sameAux(want: Aux, got: Aux, idx: number): boolean {
  if (want.zextDst[idx] !== got.zextDst[idx]) return false;
  const [a, b] = [want.home[idx], got.home[idx]];
  if (a === b && want.records === got.records) return true;
  if (a < 0 && b < 0) return want.records.seen[~a] === got.records.seen[~b];
  for (const [field] of AUX_FIELDS) if (fieldAt(want, idx, field) !== fieldAt(got, idx, field)) return false;
  return true;
}

/** The fields that differ, in both, as "orig_idx 1, seen 0". */
export function auxTexts(want: Aux, got: Aux, idx: number): [string, string] {
  const fields = AUX_FIELDS.filter(([field]) => fieldAt(want, idx, field) !== fieldAt(got, idx, field));
  const text = (aux: Aux): string =>
    fields.map(([field, name]) => `${name} ${group(fieldAt(aux, idx, field))}`).join(', ');
  return [text(want), text(got)];
}
