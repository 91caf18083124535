/**
 * Laps against the counters they are read off. Catches: a part of the work that no lap covers, an observer that changes
 * what is counted, a clock that runs backwards, results that part, a race that runs on beyond its budget.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { array } from '../../../src/patch/array.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { LAP, type Laps, recordLaps } from '../../../src/patch/laps.ts';
import { list } from '../../../src/patch/list.ts';
import { EDIT } from '../../../src/patch/ops.ts';
import { raceOf } from '../../../src/patch/race.ts';
import { stream } from '../../../src/patch/stream.ts';
import { TOUCH_KINDS, touchesOf, type Work } from '../../../src/patch/work.ts';
import { generateRace } from '../../../src/recipes/cilium.ts';
import { opsOf, programOf, rawOps, rawProgram } from '../../props/patch-cases.ts';

const RACERS = [array, list, stream];
const recipe = fc.record({
  n: fc.integer({ min: 1, max: 700 }),
  every: fc.integer({ min: 1, max: 60 }),
  seed: fc.nat(),
});

function lapsAndWork(algorithm: (typeof RACERS)[number], made: ReturnType<typeof generateRace>) {
  const recorder = recordLaps();
  const result = applyEdits(algorithm, made.program, made.edits, 'verifier', { onLap: recorder.onLap });
  if (!result.ok) throw new Error(result.error.message);
  return { laps: recorder.take(), work: result.value.work };
}

function expectLaps(laps: Laps, work: Work): void {
  const last = laps.cnt - 1;
  for (let at = 1; at < laps.cnt; at++) {
    expect(laps.end[at]).toBeGreaterThanOrEqual(laps.end[at - 1]);
    expect(laps.nth[at]).toBeGreaterThanOrEqual(laps.nth[at - 1]);
    for (const kind of TOUCH_KINDS)
      expect(laps.counts[kind][at], kind).toBeGreaterThanOrEqual(laps.counts[kind][at - 1]);
  }
  expect(laps.cnt === 0 ? 0 : laps.end[last]).toBe(touchesOf(work));
  for (const kind of TOUCH_KINDS) expect(laps.cnt === 0 ? 0 : laps.counts[kind][last], kind).toBe(work[kind]);
}

describe('laps', () => {
  test('never fall and end at the counters, and counting is the same without anybody looking', () => {
    fc.assert(
      fc.property(recipe, (one) => {
        const made = generateRace(one);
        for (const algorithm of RACERS) {
          const { laps, work } = lapsAndWork(algorithm, made);
          expectLaps(laps, work);
          const plain = applyEdits(algorithm, made.program, made.edits, 'verifier');
          expect(plain.ok && plain.value.work).toEqual(work);
        }
      }),
      { numRuns: 40 },
    );
  });

  test('the same for edits of every kind', () => {
    fc.assert(
      fc.property(rawProgram, rawOps, (body, ops) => {
        const program = programOf(body);
        const edits = editsFromOps(opsOf(ops, program));
        const raced = raceOf(RACERS, program, edits, 'verifier', 1e9);
        if (!raced.ok) return;
        for (const { laps, work } of raced.value.lanes) expectLaps(laps, work);
      }),
      { numRuns: 150 },
    );
  });

  test('of the array are the parts of each patch in order, patch after patch', () => {
    const { laps } = lapsAndWork(array, generateRace({ n: 100, every: 50, seed: 3 }));
    const one = [LAP.MOVE, LAP.WRITE, LAP.SCAN, LAP.TABLES];
    expect([...laps.kind]).toEqual([...one, ...one]);
    expect([...laps.edit]).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
    expect([...laps.nth]).toEqual([1, 1, 1, 1, 2, 2, 2, 2]);
  });

  test('of the array have a whole copy when the pages are used up, of insns and of records', () => {
    const { laps, work } = lapsAndWork(array, generateRace({ n: 511, every: 511, seed: 3 }));
    const at = laps.kind.indexOf(LAP.GROW);
    expect(at).toBe(0);
    expect([laps.counts.insn[at], laps.counts.aux[at]]).toEqual([511, 511]);
    expect(work.alloc).toBe(2);
  });

  test('of the array have a scan beforehand once the program is longer than a distance', () => {
    const { laps } = lapsAndWork(array, generateRace({ n: 32_766, every: 32_766, seed: 3 }));
    const at = laps.kind.indexOf(LAP.CHECK);
    expect(at).toBe(0);
    expect(laps.counts.scan[at]).toBe(32_766);
    const short = lapsAndWork(array, generateRace({ n: 32_765, every: 32_765, seed: 3 }));
    expect([...short.laps.kind]).not.toContain(LAP.CHECK);
  });

  test('of list and batch are phases, each once, but for the patches of the list', () => {
    const made = generateRace({ n: 100, every: 50, seed: 3 });
    const phases = [LAP.NUMBER, LAP.COPY, LAP.RETARGET, LAP.AUX, LAP.TABLES];
    expect([...lapsAndWork(list, made).laps.kind]).toEqual([LAP.CREATE, LAP.PATCH, LAP.PATCH, ...phases]);
    expect([...lapsAndWork(stream, made).laps.kind]).toEqual([
      ...[LAP.NUMBER, LAP.RETARGET, LAP.COPY, LAP.AUX, LAP.TABLES],
    ]);
  });
});

describe('a race', () => {
  test('ends with the same result in all lanes', () => {
    fc.assert(
      fc.property(recipe, (one) => {
        const { program, edits } = generateRace(one);
        const raced = raceOf(RACERS, program, edits, 'verifier', 1e9);
        expect(raced.ok && raced.value.same).toEqual(['array', 'list', 'batch']);
      }),
      { numRuns: 40 },
    );
  });

  test('is cut at the budget, at the end of the lap that went beyond it; the others are not touched by that', () => {
    const { program, edits } = generateRace({ n: 500, every: 10, seed: 1 });
    const whole = raceOf(RACERS, program, edits, 'verifier', 1e9);
    const cut = raceOf(RACERS, program, edits, 'verifier', 20_000);
    if (!whole.ok || !cut.ok) throw new Error('refused');
    const [full, stopped] = [whole.value.lanes[0], cut.value.lanes[0]];
    expect([full.isCut, stopped.isCut]).toEqual([false, true]);
    expect(stopped.laps.end[stopped.laps.cnt - 2]).toBeLessThanOrEqual(20_000);
    expect(stopped.total).toBeGreaterThan(20_000);
    // What was counted until then is the beginning of what is counted without a budget.
    expect(stopped.laps.end).toEqual(full.laps.end.slice(0, stopped.laps.cnt));
    expect(cut.value.lanes.slice(1)).toEqual(whole.value.lanes.slice(1));
    expect(cut.value.same).toEqual(['list', 'batch']);
  });

  test('knows of each jump where it is in the result and whether its distance is another one', () => {
    const { program, edits } = generateRace({ n: 300, every: 10, seed: 5 });
    const raced = raceOf(RACERS, program, edits, 'verifier', 1e9);
    const result = applyEdits(stream, program, edits, 'verifier');
    if (!raced.ok || !result.ok) throw new Error('refused');
    const { slot, pos, changed } = raced.value.jumps;
    expect(slot.length).toBeGreaterThan(20);
    for (const [j, t] of slot.entries()) {
      const [before, after] = [program.insns[2 * t] >> 16, result.value.program.insns[2 * pos[j]] >> 16];
      expect(changed[j] === 1, `jump ${t}`).toBe(before !== after);
    }
  });

  test('reports each algorithm while it works', () => {
    const { program, edits } = generateRace({ n: 100, every: 10, seed: 1 });
    const heard: number[] = [];
    raceOf(RACERS, program, edits, 'verifier', 1e9, ({ done, total }) => heard.push(done / total));
    expect(
      heard.every(
        (share, k) => share >= 0 && share < 1 && (k === 0 || share >= Math.floor(heard[k - 1] * 3) / 3),
      ),
    ).toBe(true);
    expect(new Set(heard.map((share) => Math.floor(share * 3)))).toEqual(new Set([0, 1, 2]));
  });
});

describe('a generated program', () => {
  const spans = (n: number) => {
    const { program, edits } = generateRace({ n, every: 10, seed: 1 });
    const raced = raceOf([stream], program, edits, 'verifier', 1e9);
    if (!raced.ok) throw new Error('refused');
    const { slot, to } = raced.value.jumps;
    return Array.from(slot, (t, j) => Math.abs(to[j] - t - 1)).toSorted((a, b) => a - b);
  };

  test('has jumps as they were measured', () => {
    const n = 32_296;
    const found = spans(n);
    expect(found.length / n).toBeGreaterThan(0.12);
    expect(found.length / n).toBeLessThan(0.14);
    const at = (share: number) => found[Math.floor(found.length * share)];
    expect(at(0.5)).toBeGreaterThan(26);
    expect(at(0.5)).toBeLessThan(36);
    expect(at(0.9)).toBeGreaterThan(300);
    expect(at(0.9)).toBeLessThan(520);
    expect(found.at(-1)).toBeLessThanOrEqual(3_000);
  });

  test('is the same for the same recipe, and another one for another seed', () => {
    const of = (seed: number) => generateRace({ n: 400, every: 7, seed }).program.insns;
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  test('is patched as the recipe says', () => {
    const { edits } = generateRace({ n: 2_000, every: 10, seed: 1 });
    expect(edits.cnt).toBe(200);
    expect([...edits.kind].every((kind) => kind === EDIT.REPLACE)).toBe(true);
    expect([...edits.len].every((len) => len === 3)).toBe(true);
  });
});
