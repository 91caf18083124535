/** What a run leaves behind, given back when nobody reads it any more, so that the next one finds warm memory. */
import { give } from '../base/buffers.ts';
import type { Program } from '../program/program.ts';
import type { Patched } from './algorithm.ts';
import { layoutOf } from './layout.ts';
import type { EditList } from './ops.ts';

type Column = Int32Array | Uint32Array | Uint8Array;
const isColumn = (value: unknown): value is Column =>
  value instanceof Int32Array || value instanceof Uint32Array || value instanceof Uint8Array;

/** Columns that an object has by now: one that waits to be computed stays as it is. */
const columnsOf = (value: object): Column[] =>
  Object.values(Object.getOwnPropertyDescriptors(value))
    .map((property) => property.value)
    .filter(isColumn);

function programColumns(program: Program): Column[] {
  const { lineInfo, subprogs, aux } = program;
  return [program, lineInfo, subprogs, ...(aux === null ? [] : [aux, aux.records])].flatMap(columnsOf);
}

/** Edits and result of a run on `source`, which stays; columns that the result shares with it do, too. */
export function release(source: Program, edits: EditList, { program, remap }: Patched): void {
  const stays = new Set(programColumns(source).map(({ buffer }) => buffer));
  const layout = layoutOf(edits);
  const done = [...columnsOf(edits), ...columnsOf(remap), ...programColumns(program)];
  if (layout !== null) done.push(...columnsOf(layout));
  for (const column of done) {
    if (stays.has(column.buffer)) continue;
    stays.add(column.buffer);
    give(column);
  }
}
