/** Rails of jumps: what is drawn, what is named, what is only counted, and that nothing stands on anything else. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Mark, stageColumns } from '../../src/figures/index.ts';
import { assignLanes, type Rail, trunksOf } from '../../src/figures/rail-lanes.ts';
import { type RailPlace, railMarks, slotsLine } from '../../src/figures/rails.ts';
import { runOf, stageAt } from './run.ts';

const PITCH = 20;
const SCREEN = 40;
const place: RailPlace = {
  ...{ root: 100, side: 1, lane: 7, space: 42 },
  yOf: (row) => row * PITCH,
  yMin: 0,
  yMax: SCREEN * PITCH,
};

const rail = (from: number, to: number, more: Partial<Rail> = {}): Rail => ({
  ...{ key: `r${from}`, from, to, cls: 'plain', conditional: true, call: false },
  names: { uid: from, targetUid: to, targetSlot: to },
  ...more,
});

const classOf = (mark: Mark): string => String(mark.attrs.class);
const partsOf = (mark: Mark | undefined): string[] => (mark?.children ?? []).map(({ key }) => key);
const textOf = (mark: Mark | undefined): string =>
  mark?.children?.find(({ tag }) => tag === 'text')?.text ?? '';
const byKey = (marks: readonly Mark[], key: string): Mark | undefined =>
  marks.find((mark) => mark.key === key);

/** Rails from rows of a grid of 400, one a row as jumps are. */
const someRails = fc.uniqueArray(fc.integer({ min: -150, max: 250 }), { maxLength: 120 }).chain((froms) =>
  fc
    .array(fc.tuple(fc.integer({ min: -200, max: 300 }), fc.constantFrom('plain', 'ret')), {
      minLength: froms.length,
      maxLength: froms.length,
    })
    .map((ends) => froms.map((from, i) => rail(from, ends[i][0], { cls: ends[i][1] }))),
);

const seen = (row: number): boolean => row >= 0 && row <= SCREEN;

describe('whatever the jumps', () => {
  test('no two trunks share a lane over the same row', () => {
    fc.assert(
      fc.property(someRails, fc.integer({ min: 1, max: 12 }), (rails, lanes) => {
        const trunks = trunksOf(rails);
        expect(assignLanes(trunks, lanes)).toBeLessThanOrEqual(lanes);
        const placed = trunks.filter(({ lane }) => lane >= 0);
        for (const a of placed)
          for (const b of placed)
            if (a !== b && a.lane === b.lane) expect(a.hi < b.lo || b.hi < a.lo).toBe(true);
      }),
    );
  });

  test('each that begins in view is a line or a stub, and each that has no end in view is counted', () => {
    fc.assert(
      fc.property(someRails, (rails) => {
        const { marks, passing } = railMarks(rails, place);
        for (const { key, from } of rails) {
          const shown = marks.filter((mark) => mark.key === key || mark.key === `stub-${key}`);
          expect(shown.length, key).toBe(seen(from) ? 1 : Math.min(1, shown.length));
        }
        const through = rails.filter(
          ({ from, to }) => !seen(from) && !seen(to) && Math.min(from, to) < 0 && Math.max(from, to) > SCREEN,
        );
        const farInto = rails.filter(
          ({ from, to }) => !seen(from) && seen(to) && Math.abs(from - to) > 3 * SCREEN,
        );
        expect(passing).toBe(through.length + farInto.length);
        expect(byKey(marks, 'density') !== undefined).toBe(passing > 0);
      }),
    );
  });

  test('none leaves the gutter', () => {
    fc.assert(
      fc.property(someRails, (rails) => {
        for (const mark of railMarks(rails, place).marks) {
          const d = String(mark.children?.find(({ key }) => key === 'line')?.attrs.d ?? '');
          for (const [, x] of d.matchAll(/[MHL]([-\d.]+)/g)) {
            expect(Number(x)).toBeGreaterThanOrEqual(place.root);
            expect(Number(x)).toBeLessThanOrEqual(place.root + place.space + 2.01);
          }
        }
      }),
    );
  });
});

describe('a rail that leaves the view', () => {
  test('ends in a head at the edge, where the slots are named once and in order', () => {
    const { marks, stubs } = railMarks([rail(10, 68), rail(20, 43), rail(21, 43)], place);
    expect(stubs).toEqual([]);
    expect(textOf(byKey(marks, 'edge-down'))).toBe('43, 68');
    expect(partsOf(byKey(marks, 'r10'))).toContain('exit');
    expect(byKey(marks, 'edge-up')).toBeUndefined();
  });

  test('takes a click to its target when it is the only one', () => {
    const { marks } = railMarks([rail(10, 68)], place);
    expect(byKey(marks, 'edge-down')?.attrs['data-goto']).toBe(68);
  });

  test('over more than three screens is a stub that names the slot and takes a click there', () => {
    const { marks, stubs } = railMarks([rail(10, 1204), rail(30, -500)], { ...place, space: 60 });
    expect(stubs).toHaveLength(2);
    expect(textOf(byKey(marks, 'stub-r10'))).toBe('\u2193 1,204');
    expect(textOf(byKey(marks, 'stub-r30'))).toBe('\u2191 -500');
    expect(byKey(marks, 'stub-r10')?.attrs['data-goto']).toBe(1204);
  });

  test('is drawn all the same when it is asked about, and the others are dimmed', () => {
    const { marks, passing } = railMarks(
      [rail(-5000, 5000, { cls: 'plain focus' }), rail(-10, 60), rail(5, 9)],
      place,
    );
    expect(partsOf(byKey(marks, 'r-5000'))).toEqual(['line', 'exit', 'hit']);
    expect(classOf(byKey(marks, 'r-5000') as Mark)).not.toContain('faded');
    expect(classOf(byKey(marks, 'r5') as Mark)).toContain('faded');
    expect(passing).toBe(1);
    expect(textOf(byKey(marks, 'passing'))).toBe('1 pass');
  });
});

test('where lanes run out, a jump without one is a stub, and never one that is re-targeted before one that is not', () => {
  const nested = Array.from({ length: 20 }, (_, i) => rail(i, 40 - i, i < 3 ? { cls: 'ret' } : {}));
  const { marks, stubs } = railMarks(nested, place);
  expect(stubs.length).toBeGreaterThan(0);
  for (const { cls } of stubs) expect(cls).toBe('plain');
  for (const { key } of stubs) expect(byKey(marks, `stub-${key}`)).toBeDefined();
});

test('a jump back has a sign of its own, one for each trunk', () => {
  const { marks } = railMarks([rail(20, 4), rail(12, 4), rail(2, 30)], place);
  expect(partsOf(byKey(marks, 'r20'))).toContain('back');
  expect(partsOf(byKey(marks, 'r12'))).not.toContain('back');
  expect(partsOf(byKey(marks, 'r2'))).not.toContain('back');
});

test('a broken jump is a zigzag that ends in a cross, and an arrow that does not arrive', () => {
  const { marks } = railMarks([rail(2, 30, { cls: 'broken' })], place);
  expect(partsOf(byKey(marks, 'r2'))).toEqual(['line', 'cross', 'miss', 'miss-head', 'dot', 'hit']);
  const xs = [...String(byKey(marks, 'r2')?.children?.[0].attrs.d).matchAll(/L([\d.]+)/g)].map((m) =>
    Number(m[1]),
  );
  expect(Math.max(...xs) - Math.min(...xs)).toBe(10);
});

test('slots at an edge are shortened to what fits, and never wrongly', () => {
  const upTo = (n: number) => (text: string) => text.length <= n;
  expect(slotsLine([68, 43, 43], upTo(9))).toBe('43, 68');
  expect(slotsLine([1, 2, 300, 4000], upTo(9))).toBe('1 \u2026 4,000');
  expect(slotsLine([1000, 2000], upTo(9))).toBe('1,000 +1');
  expect(slotsLine([10_000, 20_000, 30_000], upTo(6))).toBe('3');
});

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}
const meets = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

/** Box of a mark that is moved to its place and has a rectangle. */
function boxOf(mark: Mark): Box {
  const [, x, y] = /translate\(([-\d.]+),([-\d.]+)\)/.exec(String(mark.attrs.transform)) ?? [];
  const box = mark.children?.find(({ key }) => key === 'box')?.attrs;
  return { x: Number(x), y: Number(y) + Number(box?.y), w: Number(box?.width), h: Number(box?.height) };
}

/** Farthest that lines and stubs of one side come from the column. */
function reach(side: Mark | undefined): number {
  const ends = (side?.children ?? []).map((mark) => {
    if (mark.key.startsWith('stub-')) return boxOf(mark).x + boxOf(mark).w;
    const d = String(mark.children?.find(({ key }) => key === 'line')?.attrs.d ?? '');
    return Math.max(0, ...[...d.matchAll(/[MHL]([\d.]+)/g)].map((m) => Number(m[1])));
  });
  return Math.max(0, ...ends);
}

/** Jumps over each other, some far, some back, all across divisions. */
const busy = (cnt: number, filler: string): string =>
  `${Array.from({ length: cnt }, (_, i) => `if r1 == ${i} goto t${i}`).join('\n')}\nback:\n${filler}${Array.from(
    { length: cnt },
    (_, i) => `t${i}:\nr0 /= r1`,
  ).join('\n')}\nif r2 == 5 goto back\nexit\n`;

describe.each([
  ['few', busy(2, '')],
  ['many', busy(25, 'r0 /= r2\n'.repeat(10))],
  ['thousands', busy(25, 'r0 /= r2\n'.repeat(1100))],
  ['too far', busy(2, 'r0 /= r2\n'.repeat(8200))],
])('pills of %s jumps', (_, source) => {
  const output = runOf(source, 'div_guard');

  test.each([360, 390, 540, 724, 820, 1200])(
    'stand clear of rails, numbers and each other at %d',
    (width) => {
      for (const op of [2, output.trace.opCnt]) {
        const input = stageAt(output, op, width, { firstRow: 0, rowCnt: 60 });
        const { under, over } = stageColumns(input);
        const { after, overview } = input.geometry;
        const pills = over.filter(({ key }) => key.startsWith('pill-')).map(boxOf);
        expect(pills.length).toBeGreaterThan(0);
        const end = reach(under.find(({ key }) => key === 'rails-after'));
        pills.forEach((pill, k) => {
          expect(pill.x).toBeGreaterThan(after.idxX);
          expect(pill.x).toBeGreaterThanOrEqual(end);
          expect(pill.x + pill.w).toBeLessThanOrEqual(overview.x);
          for (const other of pills.slice(k + 1)) expect(meets(pill, other)).toBe(false);
        });
      }
    },
  );
});

test('with thousands of rows only the jump that is asked about has a rail', () => {
  const output = runOf(busy(25, 'r0 /= r2\n'.repeat(2000)), 'div_guard');
  const input = stageAt(output, output.trace.opCnt, 820, { firstRow: 0, rowCnt: 40 });
  const railsOf = (marks: readonly Mark[]) => marks.find(({ key }) => key === 'rails-after')?.children ?? [];
  expect(railsOf(stageColumns(input).under)).toEqual([]);
  const [uid] = output.before.uid;
  const asked = railsOf(stageColumns({ ...input, focusUid: uid }).under);
  expect(asked.map(({ key }) => key)).toContain(`r${uid}`);
});

test('a jump that leads into the view from above or below is drawn, and one that passes is counted', () => {
  // 0 passes over rows 40-60, 1 leads into them, 101 leads back into them.
  const lines = [
    'if r1 == 0 goto end',
    'if r1 == 1 goto mid',
    ...Array.from({ length: 48 }, () => 'r3 = 1'),
    'mid:',
    ...Array.from({ length: 50 }, () => 'r3 = 2'),
    'if r1 == 2 goto mid',
    'end:',
    'r0 /= r1',
    'exit',
  ];
  const output = runOf(`${lines.join('\n')}\n`, 'div_guard');
  const input = stageAt(output, output.trace.opCnt, 820, { firstRow: 40, rowCnt: 20 });
  for (const side of ['rails-before', 'rails-after']) {
    const marks = stageColumns(input).under.find(({ key }) => key === side)?.children ?? [];
    const uids = output.before.uid;
    expect(partsOf(byKey(marks, `r${uids[1]}`))).toContain('head');
    expect(partsOf(byKey(marks, `r${uids[100]}`))).toContain('head');
    expect(byKey(marks, `r${uids[0]}`)).toBeUndefined();
    expect(textOf(byKey(marks, 'passing'))).toBe('1 pass');
  }
});
