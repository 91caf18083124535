/** Who races: one row an algorithm, with all that a picture or a word of the race or the chart needs of it. */
import { assert } from '../base/assert.ts';
import type { Race } from '../patch/race.ts';
import type { LaneState } from './lane-state.ts';
import { circle, type Mark, path, rect } from './mark.ts';
import { arrayCells, batchCells, type LaneCells, listCells } from './race-cells.ts';

export interface Racer {
  /** Id of the algorithm. */
  readonly id: string;
  readonly title: string;
  readonly subtitle: string;
  /** Cells that touch, or boxes apart; and what one of them is. */
  readonly shape: 'square' | 'node';
  readonly unit: 'slot' | 'node';
  /** What it holds at a moment. */
  readonly cells: (race: Race, state: LaneState) => LaneCells;
  /** What there was to see, once it is through. */
  readonly over: string;
  /** Its mark in the chart: a shape an algorithm, so that colour need not tell them. */
  readonly mark: (x: number, y: number) => Mark;
  /** Its line is the lowest in the chart: exponents and the name stand below it. */
  readonly isLowest: boolean;
}

const RACERS: readonly Racer[] = [
  {
    ...{ id: 'array', title: 'Array', subtitle: 'mainline today', shape: 'square', unit: 'slot' },
    cells: arrayCells,
    over: 'Touching squares move together: every patch moved the tail and looked at all of them.',
    mark: (x, y) => rect('mark', x - 4, y - 4, 8, 8, 'mark'),
    isLowest: false,
  },
  {
    ...{ id: 'list', title: 'List', subtitle: 'the RFC of 2019', shape: 'node', unit: 'node' },
    cells: listCells,
    over: 'Separate boxes do not move: a patch touches its own node and the new ones. Numbers come once, at the end.',
    mark: (x, y) => circle('mark', x, y, 4.5, 'mark'),
    isLowest: false,
  },
  {
    ...{ id: 'stream', title: 'Batch', subtitle: 'all edits at once', shape: 'square', unit: 'slot' },
    cells: batchCells,
    over: 'The edits stood beside the array, and a few sweeps over it did for all of them together.',
    mark: (x, y) => path('mark', `M${x} ${y - 5.5}l5.5 5.5 -5.5 5.5 -5.5 -5.5z`, 'mark'),
    isLowest: true,
  },
];

export function racerOf(id: string): Racer {
  const racer = RACERS.find((one) => one.id === id);
  assert(racer !== undefined, `${id} races`);
  return racer;
}
