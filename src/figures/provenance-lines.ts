/** The provenance of an insn in lines: the card shows them with ops to click, a copy has the same as text. */
import type { AuxRow } from './aux-rows.ts';
import { type DistanceHistory, distanceIndexAt } from './distance-history.ts';
import { grouped, signed } from './number.ts';
import type { PatchPlace, Provenance } from './provenance.ts';

/** A run of text, or an op that can be gone to; a space stands between two. `strong`: what holds at the moment. */
export type Piece =
  | { readonly text: string; readonly tone?: 'dim' | 'strong' | 'ret' | 'err' }
  | { readonly op: number };

export interface ProvenanceLine {
  readonly head: string;
  /** One row under the other. */
  readonly rows: readonly (readonly Piece[])[];
}

/** What the lines name and the trace does not know. */
export interface Names {
  /** Insn of the input in words. */
  readonly was: string;
  /** Line of the text, 0: unknown; position in the C source, empty: unknown. */
  readonly line: number;
  readonly cPosition: string;
  readonly opCnt: number;
}

const words = (text: string): Piece => ({ text });
const dim = (text: string): Piece => ({ text, tone: 'dim' });

/** "op 2", or that a refusal came first. */
const opPiece = (op: number, opCnt: number): Piece =>
  op <= opCnt ? { op } : dim('an op that was not reached');

function placeWords({ patch, kind, at, nth, cnt }: PatchPlace): string {
  const insn = cnt === 1 ? 'one insn' : `insn ${nth} of ${cnt}`;
  return `P${grouped(patch)}: ${insn}, ${kind === 'prepend' ? 'before' : 'for'} insn ${grouped(at)}`;
}

const HEAD_CNT = 4;
const TAIL_CNT = 2;

/** Numbers of the distances to list: the first, the last, and those around the one that is carried. */
export function listedDistances(cnt: number, current: number): number[] {
  const isNear = (i: number): boolean => current >= 0 && Math.abs(i - current) <= 2;
  const listed: number[] = [];
  for (let i = 0; i < cnt; i++) {
    if (i < HEAD_CNT || i >= cnt - TAIL_CNT || isNear(i)) listed.push(i);
    else i = i < current - 2 ? current - 3 : cnt - TAIL_CNT - 1;
  }
  return listed;
}

/** "+3 ops 0–3", "+6 from op 4": the moments at which the insn carries distance number i. */
function distanceRow(history: DistanceHistory, i: number, moment: number, opCnt: number): Piece[] {
  const { distance, from, end } = history;
  const isNow = i === distanceIndexAt(history, moment);
  const text = signed(distance[i]);
  const value: Piece = { text, tone: isNow ? (i > 0 ? 'ret' : 'strong') : 'dim' };
  const last = (i + 1 < from.length ? from[i + 1] : end) - 1;
  const isToTheEnd = last >= opCnt;
  if (from[i] === 0)
    return isToTheEnd ? [value] : [value, dim(last === 0 ? 'op 0' : `ops 0\u2013${grouped(last)}`)];
  const isOnce = last === from[i] && !isToTheEnd;
  const until = isToTheEnd || isOnce ? [] : [dim(`to ${grouped(last)}`)];
  const since = isOnce ? 'at' : 'from';
  return [value, dim(from[i] > moment ? `will be, ${since}` : since), opPiece(from[i], opCnt), ...until];
}

function distanceRows(history: DistanceHistory, moment: number, opCnt: number): Piece[][] {
  const { distance, refused } = history;
  const rows: Piece[][] = [];
  let next = 0;
  for (const i of listedDistances(distance.length, distanceIndexAt(history, moment))) {
    if (i > next) rows.push([dim(`\u2026 ${grouped(i - next)} more`)]);
    next = i + 1;
    rows.push(distanceRow(history, i, moment, opCnt));
  }
  if (refused !== null)
    rows.push([
      { text: signed(refused.distance), tone: 'err' },
      dim('does not fit: refused by'),
      { op: refused.op },
    ]);
  return rows;
}

function auxPieces({ record, home, shift, since, seen }: AuxRow): Piece[] {
  if (record === 'kept') return [words('kept')];
  if (record === 'moved') return [words(`kept, moved ${signed(shift)} with the insn`)];
  return record === 'inherits'
    ? [words(`inherited from insn ${grouped(home)} by`), { op: since }]
    : [words('invalidated by'), { op: since }, dim(`(seen ${seen}, of insn ${grouped(home)})`)];
}

/** Lines of an insn at a moment. */
export function provenanceLines(it: Provenance, moment: number, names: Names): ProvenanceLine[] {
  const lines: ProvenanceLine[] = [];
  const add = (head: string, ...rows: readonly Piece[][]) => rows.length > 0 && lines.push({ head, rows });
  const op = (n: number): Piece => opPiece(n, names.opCnt);
  if (it.born) add('Born', [op(it.born.op), dim(placeWords(it.born))]);
  else add('Born', [dim('there from the beginning')]);
  if (it.rewritten)
    add('Rewritten', [op(it.rewritten.op), dim(placeWords(it.rewritten))], [dim('was'), words(names.was)]);
  const source = [
    ...(names.line > 0 ? [`line ${grouped(names.line)}`] : []),
    ...(names.cPosition === '' ? [] : [names.cPosition]),
  ];
  if (source.length > 0) add('Source', [words(source.join(', '))]);
  if (it.distances) {
    const before =
      it.goesOnFor === null ? [] : [[dim(`goes on for ${signed(it.goesOnFor)} of insn ${grouped(it.slot)}`)]];
    add('Distance', ...distanceRows(it.distances, moment, names.opCnt), ...before);
  }
  if (it.aux) {
    const { since, zextDst, zextSince } = it.aux;
    const isChanged = since > 0 || zextSince > 0;
    const written: Piece[][] =
      it.auxOp > 0 && isChanged
        ? [[dim(moment < it.auxOp ? 'will be written by' : 'written by'), op(it.auxOp)]]
        : [];
    if (zextSince === 0) add('Aux', auxPieces(it.aux), ...written);
    else {
      add('Aux', auxPieces(it.aux));
      add('zext_dst', [words(`${zextDst}, recomputed by`), op(zextSince)], ...written);
    }
  }
  if (it.died) {
    const leads = it.state === 'deleted' ? [[dim(`jumps to it now go to ${grouped(it.died.jumpsTo)}`)]] : [];
    add('Deleted', [op(it.died.op), dim(`P${grouped(it.died.patch)}`)], ...leads);
  }
  return lines;
}

/** "After 14 ← before 11": where it stands now, and stood. */
export function placeNow({ state, afterIdx, beforeIdx, slot }: Provenance): { now: string; from: string } {
  const now =
    state === 'there' ? `After ${grouped(afterIdx)}` : state === 'deleted' ? 'Deleted' : 'Not there yet';
  return { now, from: beforeIdx >= 0 ? `before ${grouped(beforeIdx)}` : `born for ${grouped(slot)}` };
}

/** The card as text, with all its numbers. */
export function provenanceText(it: Provenance, insn: string, lines: readonly ProvenanceLine[]): string {
  const { now, from } = placeNow(it);
  const pieceText = (piece: Piece): string => ('op' in piece ? `op ${grouped(piece.op)}` : piece.text);
  const rowText = (row: readonly Piece[]): string => row.map(pieceText).join(' ');
  const width = Math.max(0, ...lines.map(({ head }) => head.length)) + 2;
  const body = lines.flatMap(({ head, rows }) =>
    rows.map((row, i) => `  ${(i === 0 ? head : '').padEnd(width)}${rowText(row)}`),
  );
  return [`${now} \u2190 ${from}: ${insn}`, ...body].join('\n');
}
