/** The track of ops: where a moment stands, what a point on it means, and that nothing is lost where ops are dense. */
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import { FIRST_PICTURE, lineCntOf, type Mark, stepAt } from '../../src/figures/index.ts';
import { opLabel, opLine } from '../../src/figures/op-words.ts';
import { type TimelineInput, timelineFigure, xOfPlace } from '../../src/figures/timeline.ts';
import { dotAt, opAt, opTip, placeAt } from '../../src/figures/timeline-places.ts';
import { OP_ROLES, roleOf } from '../../src/figures/timeline-signs.ts';
import { stripBins } from '../../src/figures/timeline-track.ts';
import { changesOf } from '../../src/patch/changes.ts';
import { OP, type Trace } from '../../src/patch/trace.ts';
import { runOf, stepContextOf } from './run.ts';

const { trace } = runOf(EXAMPLES[0].source, EXAMPLES[0].pass);
const dense = runOf(`${'r0 /= r1\n'.repeat(5_000)}exit\n`, 'div_guard').trace;

const figure = (of: Trace = trace, over: Partial<TimelineInput> = {}) =>
  timelineFigure({
    ...{ trace: of, op: 3, micro: 0, width: 820, height: 88, resultCnt: 12, from: null },
    linesOf: (op) => lineCntOf(FIRST_PICTURE, of, op),
    touched: new Int32Array(0),
    ...over,
  });
const marksOf = (marks: readonly Mark[]): Mark[] =>
  marks.flatMap((mark) => [mark, ...marksOf(mark.children ?? [])]);

describe('a place on the track', () => {
  test('is found again at the x where it is drawn, ops and lines alike', () => {
    for (const width of [300, 820, 1600]) {
      const { track, input } = figure(trace, { width });
      for (let op = 0; op <= trace.opCnt; op++)
        expect(
          placeAt(figure(trace, { width }), xOfPlace(track, { op, micro: 0 }, input.linesOf), true),
        ).toEqual({
          op,
          micro: 0,
        });
    }
    const wide = figure();
    for (let op = 0; op < trace.opCnt; op++)
      for (let micro = 1; micro < wide.input.linesOf(op + 1); micro++) {
        const x = xOfPlace(wide.track, { op, micro }, wide.input.linesOf);
        expect(placeAt(wide, x, true), `${op}.${micro}`).toEqual({ op, micro });
        expect(opAt(wide, x)).toBe(op + 1);
      }
  });

  test('is that behind the op on the sign of an op, and never outside of the run', () => {
    const at = (x: number) => placeAt(figure(), x, false).op;
    const { slotW } = figure().track;
    for (let op = 1; op <= trace.opCnt; op++) expect(at(24 + (op - 0.5) * slotW)).toBe(op);
    expect([at(-50), at(5_000)]).toEqual([0, trace.opCnt]);
  });

  test('of a dot is the place behind its line, and the last dot is the op done', () => {
    const shown = figure(trace, { op: 1, micro: 2 });
    const lines = shown.input.linesOf(2);
    expect(shown.dots).toHaveLength(lines);
    const places = shown.dots.map(({ x, y }) => dotAt(shown, x, y));
    expect(places.slice(0, 2)).toEqual([
      { op: 1, micro: 1 },
      { op: 1, micro: 2 },
    ]);
    expect(places.at(-1)).toEqual({ op: 2, micro: 0 });
    expect(dotAt(shown, shown.dots[0].x, shown.dots[0].y + 30)).toBeNull();
  });

  test('is snapped to a refusal, then to what changed the selected insn, where ops are denser than pixels', () => {
    const refused = { ...dense, refused: { code: 'ERANGE', at: 0, message: '' } } as unknown as Trace;
    const end = 820 - 24;
    expect(placeAt(figure(refused), end - 5, false).op).toBe(dense.opCnt);
    expect(placeAt(figure(dense), end - 5, false).op).toBeLessThan(dense.opCnt);
    const touched = changesOf(dense, dense.nodeOf[2_000]);
    const shown = figure(dense, { touched });
    const x = xOfPlace(shown.track, { op: touched[0], micro: 0 }, shown.input.linesOf);
    expect(placeAt(shown, x + 2, false).op).toBe(touched[0]);
    expect(placeAt(shown, x + 8, false).op).not.toBe(touched[0]);
  });
});

describe('the track', () => {
  test('has one sign an op while there is room, and a bounded number of marks when there is none', () => {
    expect(figure().marks.filter((m) => m.key.startsWith('op-'))).toHaveLength(trace.opCnt);
    expect(marksOf(figure(dense).marks).length).toBeLessThan(60);
  });

  // Catches a strip that leaves out ops at its end, or counts a kind as another.
  test('counts every op once in the strip', () => {
    for (const cnt of [1, 7, 257]) {
      const bins = stripBins(dense, cnt);
      for (const [r, role] of OP_ROLES.entries()) {
        const all = Array.from({ length: dense.opCnt }, (_, i) => roleOf(dense, i + 1));
        expect(
          bins[r].reduce((a, b) => a + b, 0),
          role,
        ).toBe(all.filter((one) => one === role).length);
      }
    }
  });

  // Catches a strip that is made anew, or an op whose sign is drawn again, with each step of a drag.
  test('keeps the marks that a step does not change', () => {
    const strip = (op: number) => figure(dense, { op }).marks.find(({ key }) => key === 'strip');
    expect(strip(4_000)).toBe(strip(100));
    const sign = (op: number) => figure(trace, { op }).marks.find(({ key }) => key === 'op-6');
    expect(sign(2)).toBe(sign(1));
    expect(sign(7)).not.toBe(sign(1));
  });

  test('marks the ops that changed the selected insn, and both ends of a range', () => {
    const keys = (over: Partial<TimelineInput>) => figure(trace, over).marks.map(({ key }) => key);
    expect(keys({})).not.toContain('touched');
    expect(keys({ touched: Int32Array.of(2, 4) })).toContain('touched');
    const letters = (op: number, from: number) =>
      marksOf(
        figure(trace, { op, from }).marks.filter(({ key }) => key === 'from' || key === 'handle'),
      ).flatMap(({ text }) => text ?? []);
    // The earlier end is A, whichever of the two is moved.
    expect(letters(5, 2)).toEqual(['A', 'B']);
    expect(letters(2, 5)).toEqual(['B', 'A']);
  });

  test('says of a re-target both distances', () => {
    const op = trace.opKind.indexOf(OP.RETARGET) + 1;
    expect(opTip(trace, op, 12)).toBe('op 4: jump 2, +3 \u2192 +6');
    expect(opTip(trace, 2, 12)).toBe('op 2: replace: 4 insns for insn 4');
  });
});

test('every op of every example has a sentence with its numbers', () => {
  for (const example of EXAMPLES) {
    const output = runOf(example.source, example.pass);
    const ctx = stepContextOf(output, FIRST_PICTURE);
    for (let k = 0; k <= output.trace.opCnt; k++) {
      const { title, detail, name } = stepAt(ctx, k);
      expect(`${title}${detail}${name}`).not.toMatch(/undefined|NaN|null/);
      expect(title.length).toBeGreaterThan(10);
    }
  }
});

test('a jump or call has one name: under its sign, in the tip, in the read-out and in the step panel', () => {
  const output = runOf(
    'call f\nr0 /= r1\nif r1 == 0 goto out\nr2 /= r1\nout:\nexit\nf:\nexit\n',
    'div_guard',
  );
  const { trace: run } = output;
  const ctx = stepContextOf(output, FIRST_PICTURE);
  const ops = Array.from(run.opKind.keys(), (k) => k + 1).filter((op) => run.opKind[op - 1] === OP.RETARGET);
  const names = ops.map((op) => opLabel(run, op, ctx.resultCnt));
  expect(names).toEqual(['call 0', 'jump 2']);
  for (const [k, op] of ops.entries()) {
    expect(opLine(run, op, ctx.resultCnt)).toBe(`retarget: ${names[k]}`);
    expect(opTip(run, op, ctx.resultCnt)).toContain(`: ${names[k]}, `);
    expect(stepAt(ctx, op).name).toBe(names[k]);
  }
});
