/**
 * The picture of a race at a moment. Catches: a lane whose counts are not its touches, a lane that goes on after its
 * end, a sweep that is elsewhere than the counters say, a cell that is drawn as what it is not, a clock that maps a
 * time elsewhere than a pointer there would.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type LaneState, laneAt } from '../../src/figures/lane-state.ts';
import { arrayLane, nextLap, nextPatch, raceEnd } from '../../src/figures/race.ts';
import { CELL, roomOf } from '../../src/figures/race-cells.ts';
import { clockFigure } from '../../src/figures/race-clock.ts';
import { binBits, cellGrid } from '../../src/figures/race-grid.ts';
import { doingWords, phaseWords } from '../../src/figures/race-words.ts';
import { racerOf } from '../../src/figures/racers.ts';
import { applyEdits } from '../../src/patch/apply-edits.ts';
import { array } from '../../src/patch/array.ts';
import { editsFromOps } from '../../src/patch/edit-list.ts';
import { LAP } from '../../src/patch/laps.ts';
import { list } from '../../src/patch/list.ts';
import { type Race, raceOf } from '../../src/patch/race.ts';
import { stream } from '../../src/patch/stream.ts';
import { TOUCH_KINDS } from '../../src/patch/work.ts';
import type { Program } from '../../src/program/program.ts';
import { generateRace } from '../../src/recipes/cilium.ts';
import { opsOf, programOf, rawOps, rawProgram } from '../props/patch-cases.ts';

const RACERS = [array, list, stream];
const cellsAt = (of: Race, state: LaneState) => racerOf(state.lane.id).cells(of, state);

function raced(program: Program, edits: ReturnType<typeof editsFromOps>, budget = 1e9): Race | null {
  const result = raceOf(RACERS, program, edits, 'verifier', budget);
  return result.ok ? result.value : null;
}
const { program, edits } = generateRace({ n: 200, every: 10, seed: 1 });
const race = raced(program, edits)!;
const [arrayOf, listOf, batchOf] = race.lanes;

const countOf = (bits: Uint8Array, cnt: number, bit: number): number =>
  bits.subarray(0, cnt).reduce((sum, one) => sum + ((one & bit) === 0 ? 0 : 1), 0);

/** A moment in the middle of the first lap of this kind. */
function within(lane: Race['lanes'][number], kind: number, share = 0.5): number {
  const at = lane.laps.kind.indexOf(kind);
  const from = at === 0 ? 0 : lane.laps.end[at - 1];
  return Math.ceil(from + (lane.laps.end[at] - from) * share);
}

describe('a lane', () => {
  test('begins with nothing and ends with its counters', () => {
    for (const lane of race.lanes) {
      const first = laneAt(lane, 0);
      expect([first.touches, first.isOver, first.share]).toEqual([0, false, 0]);
      expect(TOUCH_KINDS.every((kind) => first.counts[kind] === 0)).toBe(true);
      for (const t of [lane.total, lane.total + 1, 1e12]) {
        const last = laneAt(lane, t);
        expect([last.touches, last.isOver]).toEqual([lane.total, true]);
        for (const kind of TOUCH_KINDS) expect(last.counts[kind]).toBe(lane.work[kind]);
      }
    }
  });

  test('has at each moment as many touches as the clock says, and counts that make them up', () => {
    fc.assert(
      fc.property(fc.nat(raceEnd(race)), fc.nat(2), (t, k) => {
        const state = laneAt(race.lanes[k], t);
        expect(state.touches).toBe(Math.min(t, race.lanes[k].total));
        expect(TOUCH_KINDS.reduce((sum, kind) => sum + state.counts[kind], 0)).toBe(state.touches);
        expect(TOUCH_KINDS.every((kind) => state.counts[kind] >= 0)).toBe(true);
      }),
    );
  });

  test('has at the end of a lap just what was counted by then', () => {
    for (const { laps, ...lane } of race.lanes) {
      for (let at = 0; at < laps.cnt; at++) {
        const { counts } = laneAt({ laps, ...lane }, laps.end[at]);
        for (const kind of TOUCH_KINDS) expect(counts[kind]).toBe(laps.counts[kind][at]);
      }
    }
  });

  test('says which patch it is in, and what it does', () => {
    const scan = laneAt(arrayOf, within(arrayOf, LAP.SCAN));
    expect(phaseWords(race, scan)).toBe('patch 1 of 20');
    expect(doingWords(race, scan)).toBe(
      'It puts 3 insns for insn 5: every insn is looked at for jumps across the patch.',
    );
    expect(phaseWords(race, laneAt(listOf, 1))).toBe('makes nodes');
    expect(phaseWords(race, laneAt(batchOf, within(batchOf, LAP.COPY)))).toBe('copies');
    // The list, too, says which of the patches it is at, also where it is not cut.
    expect(phaseWords(race, laneAt(listOf, listOf.laps.end[2]))).toBe('patch 3 of 20');
    expect(phaseWords(race, laneAt(listOf, within(listOf, LAP.NUMBER)))).toBe('numbers');
    expect(phaseWords(race, laneAt(batchOf, 1e9))).toBe('finished');
  });

  test('that was cut says so', () => {
    const cut = raced(program, edits, 3_000)!;
    const state = laneAt(cut.lanes[0], 1e9);
    expect(phaseWords(cut, state)).toBe('cut');
    expect(doingWords(cut, state)).toContain('Cut at the budget of 3,000 touches');
    // Drawn is how far it came, not the result.
    expect(cellsAt(cut, state).cnt).toBeLessThan(cut.newSlotCnt);
  });
});

describe('steps of the clock', () => {
  test('from patch to patch of the array there and back', () => {
    const times = [0];
    while (times.at(-1)! < arrayOf.total) times.push(nextPatch(race, times.at(-1)!, 1));
    expect(times).toHaveLength(1 + race.edits.cnt);
    for (const [k, t] of times.entries()) if (k > 0) expect(nextPatch(race, t, -1)).toBe(times[k - 1]);
    // From the middle of a patch back to where it began.
    expect(nextPatch(race, times[3] + 1, -1)).toBe(times[3]);
    expect(arrayLane(race).id).toBe('array');
  });

  test('from part to part of any lane, each end once', () => {
    const ends = new Set(race.lanes.flatMap(({ laps }) => [...laps.end]));
    let t = 0;
    for (const end of [...ends].toSorted((a, b) => a - b)) {
      expect(nextLap(race, t, 1)).toBe(end);
      expect(nextLap(race, end, -1)).toBe(t);
      t = end;
    }
    expect(nextLap(race, t, 1)).toBe(t);
  });
});

describe('cells', () => {
  test('at the end are the result, the same in all lanes', () => {
    const ends = race.lanes.map((lane) => cellsAt(race, laneAt(lane, 1e9)));
    for (const { cnt, bits } of ends) {
      expect(cnt).toBe(race.newSlotCnt);
      expect(countOf(bits, cnt, CELL.NEW)).toBe(2 * race.edits.cnt);
      expect(countOf(bits, cnt, CELL.RET)).toBe(race.jumps.changed.reduce((a, b) => a + b, 0));
      expect(bits).toEqual(ends[0].bits);
    }
  });

  test('of the array: the patch at work, the tail that moves from its end, the scan', () => {
    const move = cellsAt(race, laneAt(arrayOf, within(arrayOf, LAP.MOVE)));
    expect(move.cnt).toBe(200);
    expect(countOf(move.bits, 200, CELL.TOUCHED)).toBe(200 - move.head);
    const scan = cellsAt(race, laneAt(arrayOf, within(arrayOf, LAP.SCAN)));
    expect([scan.cnt, scan.frame]).toEqual([202, [5, 8]]);
    expect(countOf(scan.bits, 202, CELL.TOUCHED)).toBe(scan.head);
    expect(scan.head).toBe(Math.floor(202 * laneAt(arrayOf, within(arrayOf, LAP.SCAN)).share));
    expect(scan.retargeted).toBe(countOf(scan.bits, scan.head, CELL.RET));
    expect(countOf(scan.bits, scan.cnt, CELL.RET)).toBe(scan.retargeted);
  });

  test('of the list: nodes come from the last to the first, patches hang in where the walk is', () => {
    const create = cellsAt(race, laneAt(listOf, within(listOf, LAP.CREATE)));
    expect(countOf(create.bits, create.cnt, CELL.EMPTY)).toBe(create.head);
    const patch = laneAt(listOf, listOf.laps.end[5]);
    expect(countOf(cellsAt(race, patch).bits, 200 + 2 * 5, CELL.NEW)).toBe(2 * 5);
  });

  test('of the batch: marks where edits wait, then the result up to the head', () => {
    const aim = cellsAt(race, laneAt(batchOf, within(batchOf, LAP.RETARGET)));
    expect([aim.cnt, countOf(aim.bits, aim.cnt, CELL.MARK)]).toEqual([200, 20]);
    const copy = cellsAt(race, laneAt(batchOf, within(batchOf, LAP.COPY)));
    expect([copy.cnt, countOf(copy.bits, copy.cnt, CELL.EMPTY)]).toEqual([240, 240 - copy.head]);
  });

  test('of any edits: never more than there is room for, and at the end what the algorithms give', () => {
    fc.assert(
      fc.property(rawProgram, rawOps, fc.double({ min: 0, max: 1, noNaN: true }), (body, ops, share) => {
        const one = programOf(body);
        const list = editsFromOps(opsOf(ops, one));
        const any = raced(one, list);
        const result = applyEdits(stream, one, list, 'verifier');
        if (!any || !result.ok) return;
        for (const lane of any.lanes) {
          const cells = cellsAt(any, laneAt(lane, share * lane.total));
          expect(cells.cnt).toBeLessThanOrEqual(roomOf(any));
          expect(cells.head).toBeLessThanOrEqual(cells.cnt);
          expect(cellsAt(any, laneAt(lane, lane.total)).cnt).toBe(result.value.program.insns.length / 2);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('the grid', () => {
  test('holds all cells in its box, one insn a cell while they are big enough', () => {
    for (const room of [0, 1, 12, 240, 2_400, 12_000, 40_000, 1_000_000]) {
      for (const [width, height] of [
        [1050, 170],
        [360, 140],
        [700, 120],
      ]) {
        const { cols, rows, per, pitchX, pitchY } = cellGrid(room, width, height);
        expect(cols * rows * per).toBeGreaterThanOrEqual(room);
        expect(cols * pitchX).toBeLessThanOrEqual(width + 1e-6);
        expect(rows * pitchY).toBeLessThanOrEqual(height);
        if (room <= 2_400) expect(per).toBe(1);
      }
    }
  });
  test('says of several insns what one of them is, and what all of them have in common', () => {
    const { NEW, TOUCHED, RET, EMPTY } = CELL;
    const bits = Uint8Array.of(TOUCHED, TOUCHED | RET, TOUCHED, 0, EMPTY | NEW, EMPTY, TOUCHED);
    const cells = { cnt: 7, bits, head: -1, frame: null, retargeted: null };
    expect([...binBits(cells, 2)]).toEqual([TOUCHED | RET, 0, EMPTY | NEW, TOUCHED]);
    expect([...binBits({ ...cells, cnt: 3 }, 1)]).toEqual([...bits.subarray(0, 3)]);
  });
  test('is there also before the box has a size', () => {
    expect(cellGrid(100, 0, 0).per).toBe(100);
  });
});

describe('the clock', () => {
  const at = (t: number) => clockFigure({ race, t, width: 1000 });
  test('maps times to places and back', () => {
    const { xOf, timeAt } = at(0);
    for (const t of [0, 17, 1_000, raceEnd(race)]) expect(timeAt(xOf(t))).toBe(t);
    expect([timeAt(-50), timeAt(5_000)]).toEqual([0, raceEnd(race)]);
  });
  test('has a flag for each lane, which stays when it is reached', () => {
    const flags = (t: number) =>
      at(t).marks.flatMap(({ key, attrs }) => (key.startsWith('flag-') ? [`${key} ${attrs.class}`] : []));
    expect(flags(0)).toEqual(['stream', 'list', 'array'].map((id) => `flag-${id} flag ahead`));
    expect(flags(batchOf.total)[0]).toBe('flag-stream flag reached');
    expect(flags(raceEnd(race)).every((flag) => flag.endsWith('reached'))).toBe(true);
  });
});
