/**
 * The Debug layout: what stands in its rows. Would catch a row whose two columns speak of two insns, a sign that says
 * something else than the chips count, a fold that swallows a change, a line of C at the wrong insn.
 */
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import { debugColumns, foldWords } from '../../src/figures/debug.ts';
import { DEBUG_ROW, debugGeometry, gridHeight, itemAtY, itemY } from '../../src/figures/debug-geometry.ts';
import type { DebugInput } from '../../src/figures/debug-input.ts';
import { debugItems, itemAt, itemOfRow, nodeBeside } from '../../src/figures/debug-items.ts';
import { itemHeight, OVERVIEW_TOP, overviewBars, overviewFrame } from '../../src/figures/debug-overview.ts';
import { selectedWords } from '../../src/figures/debug-selected.ts';
import { type Mark, toSvg } from '../../src/figures/index.ts';
import { classesOf, compare, type Rows, rowOfNode } from '../../src/patch/compare.ts';
import { sumsOf } from '../../src/patch/compare-states.ts';
import { DIFF, DIFF_NAMES, NO_ROW } from '../../src/patch/diff.ts';
import type { RunDone } from '../../src/pipeline/index.ts';
import { runOf, tableSourceOf } from './run.ts';

type ClassName = (typeof DIFF_NAMES)[number];

interface Asked {
  readonly a?: number;
  readonly b?: number;
  readonly hidden?: readonly ClassName[];
  readonly width?: number;
  readonly first?: number;
  readonly cnt?: number;
  readonly focusRow?: number;
}

function inputOf(output: RunDone, asked: Asked = {}): DebugInput {
  const { a = 0, b = output.trace.opCnt, hidden = [], width = 1376, focusRow = -1 } = asked;
  const source = tableSourceOf(output);
  const comparison = compare(output.trace, a, b);
  const items = debugItems(
    source,
    comparison,
    DIFF_NAMES.map((name) => hidden.includes(name)),
  );
  const needs = { aux: true, lines: true, slotCnt: output.trace.nodeCnt };
  const { first = 0, cnt = items.cnt } = asked;
  return {
    ...{ source, comparison, items, focusRow, hoverRow: -1 },
    geometry: debugGeometry(width, needs),
    ...{ firstItem: first, itemCnt: cnt, top: itemY(first) - 20, bottom: gridHeight(first + cnt) },
    auxOrigin: () => 'computed',
    ptrText: String,
  };
}

/** Rows of a comparison by what became of each node. */
function rowsOf(diff: Uint8Array): Rows {
  const { rows: rowsBefore } = sumsOf(diff);
  return { diff, rowsBefore, rowCnt: rowsBefore[rowsBefore.length - 1], cnt: new Int32Array(5) };
}

const columnsOf = (output: RunDone, asked?: Asked) => debugColumns(inputOf(output, asked));

/** What a row says, without the title that is only shown on hover. */
const textOf = (mark: Mark): string =>
  mark.tag === 'title'
    ? ''
    : (mark.text ?? (mark.spans ?? []).map((span) => span.text).join('')) +
      (mark.children ?? []).map(textOf).join('');
const texts = (marks: readonly Mark[]): string[] =>
  marks.map((mark) => textOf(mark).replaceAll('\u2212', '-').trim());
const classOf = (mark: Mark | undefined): string => String(mark?.attrs.class);
const yOf = (mark: Mark): number => Number(/,(-?[\d.]+)\)/.exec(String(mark.attrs.transform))?.[1]);

const mean = runOf(EXAMPLES[0].source, EXAMPLES[0].pass);

describe('the first example, from its input to its end', () => {
  test('has each insn in a row of its own, the same in every column', () => {
    const { before, after } = columnsOf(mean);
    expect(texts(before)).toHaveLength(9);
    expect(texts(after)).toHaveLength(12);
    for (const row of before) {
      const partner = after.find((one) => one.key === row.key);
      expect(partner && yOf(partner)).toBe(yOf(row));
    }
    expect(texts(before)[2]).toBe('2 if w2 == w0 goto pc+3');
    expect(texts(after)[2]).toBe('2 if w2 == w0 goto pc+6');
    expect(after.map(yOf)).toEqual(after.map((_, i) => itemY(i)));
  });

  test('says by class and sign what the comparison counts', () => {
    const { after } = columnsOf(mean);
    const { cnt } = compare(mean.trace, 0, mean.trace.opCnt);
    const roles = after.map((row) => classOf(row).split(' ')[1]);
    const count = (role: string) => roles.filter((one) => one === role).length;
    expect([count('ins'), count('rew'), count('ret')]).toEqual([
      cnt[DIFF.INSERTED],
      cnt[DIFF.REWRITTEN],
      cnt[DIFF.RETARGETED],
    ]);
    expect(count('ins')).toBe(3);
    const cells = after.map((row) => row.children?.[0].children ?? []);
    expect(cells.map((cell) => cell.some(({ key }) => key === 'sign'))).toEqual(
      roles.map((role) => role !== ''),
    );
  });

  test('names both distances of a jump that is re-targeted, and none of others', () => {
    const { over } = columnsOf(mean);
    expect(texts(over)).toEqual(['+3 \u2192 +6', '-3 \u2192 -6']);
  });

  test('says "will be" before the distance is written', () => {
    expect(texts(columnsOf(mean, { b: 2 }).over)).toEqual(['will be +6', 'will be -6']);
  });

  test('has keys that are unique among siblings', () => {
    const check = (marks: readonly Mark[]): void => {
      const ids = marks.map(({ tag, key }) => `${tag} ${key}`);
      expect(new Set(ids).size).toBe(ids.length);
      for (const { children } of marks) if (children) check(children);
    };
    for (const hidden of [[], ['unchanged'], ['unchanged', 'inserted']] as const) {
      const { before, after, aux, lines, under, over } = columnsOf(mean, { hidden });
      for (const marks of [before, after, aux, lines, under, over]) check(marks);
    }
  });

  test('shows the records of the later moment: three new ones, the last slot of the patch inherits', () => {
    const { aux } = columnsOf(mean);
    expect(aux).toHaveLength(12);
    const words = texts(aux).map((text) => /kept|moved|inherits|new/.exec(text)?.[0]);
    expect(words.filter((word) => word === 'new')).toHaveLength(3);
    expect(words.filter((word) => word === 'inherits')).toHaveLength(1);
    expect(String(aux[4].attrs['aria-label'])).toContain('new record, only seen is inherited');
    const hatched = aux.filter((row) => toSvg([row]).includes('class="hatched"'));
    expect(hatched.map((row) => texts([row])[0].slice(0, 5))).toEqual(['0 new', '0 new', '0 new']);
  });
});

describe('moments other than the input', () => {
  test('a row that was put by then is not inserted any more', () => {
    // Op 2 carries the patch out, the ops behind it write numbers only.
    const { before, after, over } = columnsOf(mean, { a: 2, b: mean.trace.opCnt });
    expect(texts(before)).toEqual(texts(after));
    expect(over).toEqual([]);
  });

  test('a moment and itself: everything is unchanged', () => {
    const { after } = columnsOf(mean, { a: 1, b: 1 });
    expect(after.every((row) => classOf(row).trim() === 'row')).toBe(true);
  });
});

describe('hidden classes', () => {
  test('neighbouring hidden rows become one strip, which says how many they are', () => {
    const { before, after } = columnsOf(mean, { hidden: ['unchanged'] });
    const strips = after.filter((row) => classOf(row).startsWith('fold'));
    expect(strips.length).toBeGreaterThan(0);
    const { cnt } = compare(mean.trace, 0, mean.trace.opCnt);
    const said = texts(strips).map((text) => Number(/^(\d+) rows? unchanged$/.exec(text)?.[1]));
    expect(said.reduce((a, b) => a + b, 0)).toBe(cnt[DIFF.UNCHANGED]);
    // What changed is still there, one item a row.
    expect(after.length - strips.length).toBe(12 - cnt[DIFF.UNCHANGED]);
    const ys = [...after.map(yOf)].sort((a, b) => a - b);
    expect(ys).toEqual(ys.map((_, i) => itemY(i)));
    for (const row of before) expect(after.map(yOf)).toContain(yOf(row));
  });

  test('a strip of several classes names each', () => {
    const rows = rowsOf(Uint8Array.of(DIFF.UNCHANGED, DIFF.REWRITTEN, NO_ROW, DIFF.UNCHANGED));
    expect(foldWords(classesOf(rows, 0, 3))).toBe('3 rows hidden: 1 rewritten, 2 unchanged');
    expect(foldWords(classesOf(rows, 1, 2))).toBe('1 row rewritten');
  });

  test('rows and items find each other, also thirty thousand of them', () => {
    const source = tableSourceOf(mean);
    // One node of eleven has no row.
    const diff = Uint8Array.from({ length: 33_000 }, (_, node) =>
      node % 11 === 0 ? NO_ROW : node % 7 < 4 ? DIFF.UNCHANGED : node % 3,
    );
    const rows = rowsOf(diff);
    expect(rows.rowCnt).toBe(30_000);
    for (const hidden of [[], ['unchanged'], ['inserted', 'rewritten']] as const) {
      const isHidden = DIFF_NAMES.map((name) => (hidden as readonly string[]).includes(name));
      const items = debugItems(source, rows, isHidden);
      const lost: number[] = [];
      let row = 0;
      for (let item = 0; item < items.cnt; item++) {
        const one = itemAt(items, item);
        if (one.kind === 'band') throw new Error('the program is one function');
        const end = one.kind === 'row' ? row + 1 : one.end;
        const isFound = itemOfRow(items, row) === item && itemOfRow(items, end - 1) === item;
        if (one.row !== row || !isFound) lost.push(item);
        row = end;
      }
      expect(lost).toEqual([]);
      expect(row).toBe(rows.rowCnt);
      expect(items.cnt < rows.rowCnt).toBe(hidden.length > 0);
    }
  });

  test('the selection passes over strips, and stays at the last row that is shown', () => {
    const { items, comparison } = inputOf(mean, { hidden: ['unchanged'] });
    const shown = [...comparison.diff.keys()].filter(
      (node) => comparison.diff[node] !== DIFF.UNCHANGED && comparison.diff[node] !== NO_ROW,
    );
    const walked: number[] = [];
    for (let node = -1; walked.at(-1) !== node || walked.length === 0; ) {
      walked.push(node);
      node = nodeBeside(items, comparison, node, 1);
      if (walked.length > 20) break;
    }
    expect(walked.slice(1)).toEqual(shown);
    expect(nodeBeside(items, comparison, shown[0], -1)).toBe(shown[0]);
    expect(nodeBeside(items, comparison, shown[1], Infinity)).toBe(shown.at(-1));
    expect(nodeBeside(inputOf(mean, { hidden: DIFF_NAMES }).items, comparison, shown[0], 1)).toBe(-1);
  });

  test('a jump to a hidden insn leads to the strip that hides it', () => {
    const input = inputOf(mean, { hidden: ['unchanged', 'rewritten', 'inserted'] });
    const { items, comparison } = input;
    const { trace } = mean;
    const { under, after } = debugColumns(input);
    const rails = under.find(({ key }) => key === 'rails-after')?.children ?? [];
    // Shown are the two re-targeted jumps; what they lead to is hidden.
    const jumps = after.filter((row) => !classOf(row).startsWith('fold'));
    expect(jumps).toHaveLength(2);
    for (const row of jumps) {
      const node = trace.uid.indexOf(Number(row.attrs['data-uid']));
      const target = trace.jumps.target[trace.jumps.node.lastIndexOf(node)];
      const strip = itemOfRow(items, rowOfNode(comparison, target));
      expect(itemAt(items, strip).kind).toBe('fold');
      const rail = rails.find(({ attrs }) => attrs['data-goto'] === trace.uid[node])?.children ?? [];
      const tip = rail.find(({ key }) => key === 'head')?.attrs.d;
      const tipY = Number(/^M[-\d.]+ ([-\d.]+)l/.exec(String(tip))?.[1]);
      // Set off from the middle of the strip by three pixels, towards where the jump comes from.
      expect(Math.abs(tipY - itemY(strip))).toBeLessThanOrEqual(3);
      expect(rail.find(({ key }) => key === 'dot')?.attrs.cy).toBe(
        yOf(row) + Math.sign(itemY(strip) - yOf(row)) * 3,
      );
    }
  });
});

describe('deleted insns', () => {
  const output = runOf(
    '; a.c:1:1 int a = 1;\nr0 = 1\n;@remove\n; a.c:2:1 int b = 2;\nr0 = 2\n; a.c:3:1 return b;\nexit\n',
    'edits',
  );

  test('stand struck through in Before, and leave a sign and no row in After', () => {
    const { before, after, under } = columnsOf(output);
    expect(texts(before)).toEqual(['0 r0 = 1', '1 r0 = 2', '2 exit']);
    expect(texts(after)).toEqual(['0 r0 = 1', '1 exit']);
    expect(toSvg([before[1]])).toContain('class="strike"');
    expect(under.filter(({ key }) => key.startsWith('left-'))).toHaveLength(1);
  });

  test('can be hidden', () => {
    const { before, after } = columnsOf(output, { hidden: ['deleted'] });
    expect(texts(before)).toEqual(['0 r0 = 1', '2 exit']);
    expect(texts(after)).toContain('1 row deleted');
  });
});

test('both slots of a 64-bit constant are one row, and its index leaves one out', () => {
  const output = runOf('r1 = 0x123456789abcdef0 ll\nr0 /= r2\nexit\n', 'div_guard');
  const { before, after } = columnsOf(output);
  expect(texts(before)).toEqual(['0 r1 = 0x123456789abcdef0 ll', '2 r0 /= r2', '3 exit']);
  expect(texts(after)[1]).toMatch(/^2 /);
  const { a } = compare(output.trace, 0, output.trace.opCnt);
  expect([a.slotCnt, a.insnCnt]).toEqual([4, 3]);
});

describe('line info', () => {
  const output = runOf(
    '; a.c:10:2 a /= b; c = d;\nr0 /= r1\n; a.c:10:9 a /= b; c = d;\nr2 = r3\n; a.c:11:2 return a;\nexit\n',
    'div_guard',
  );

  test('stands at the first insn of a patch, the text of a line once', () => {
    const { lines, after } = columnsOf(output);
    expect(texts(lines)).toEqual(['C 10:2 a /= b; c = d;', 'C 10:9', 'C 11:2 return a;']);
    expect(lines.map(yOf)).toEqual([yOf(after[0]), yOf(after[4]), yOf(after[5])]);
  });

  test('on a narrow page keeps the numbers, on a narrower one nothing', () => {
    expect(texts(columnsOf(output, { width: 1020 }).lines)).toEqual(['C 10:2', 'C 10:9', 'C 11:2']);
    expect(columnsOf(output, { width: 600 }).lines).toEqual([]);
  });
});

test('subprograms begin with a band that has their name and slots', () => {
  const output = runOf('main:\ncall twice\nexit\ntwice:\nr0 /= r1\nexit\n', 'div_guard');
  const { items, comparison } = inputOf(output);
  expect(items.cnt).toBe(comparison.rowCnt + 2);
  const bands = columnsOf(output).under.filter(({ key }) => key.startsWith('band-'));
  expect(bands.map(yOf)).toEqual([itemY(0), itemY(3)]);
  expect(texts(bands)[1]).toContain('slots 2\u20133 \u2192 2\u20136');
});

test('a window far down has the rows of that place and small coordinates', () => {
  const output = runOf(`${'r0 /= r1\n'.repeat(2000)}exit\n`, 'div_guard');
  const { after, originItem } = columnsOf(output, { first: 5000, cnt: 40 });
  expect(after).toHaveLength(40);
  expect(texts(after)[0]).toMatch(/^5000 /);
  expect(originItem).toBe(5000);
  for (const row of after) expect(yOf(row)).toBeLessThan(1100 * DEBUG_ROW);
});

test('columns follow each other and end inside of the page, whatever its width', () => {
  for (const aux of [true, false])
    for (const lines of [true, false])
      for (let width = 320; width < 2600; width += 52) {
        const g = debugGeometry(width, { aux, lines, slotCnt: 12_000 });
        const edges = [0, g.split, g.after.washX + g.after.washW, g.aux?.x, g.lines?.x, width].filter(
          (x) => x !== undefined,
        );
        expect(edges).toEqual([...edges].sort((a, b) => a - b));
        expect(g.pillX + g.pillW).toBeLessThanOrEqual(g.aux?.x ?? g.lines?.x ?? width);
        expect(g.before.fit).toBeGreaterThan(15);
      }
  expect(itemAtY(itemY(7))).toBe(7);
});

describe('the overview', () => {
  const pixelsOf = (mark: Mark): number =>
    [...String(mark.children?.[1].attrs.d).matchAll(/v(\d+)h-/g)].reduce((sum, m) => sum + Number(m[1]), 0);

  test('has a bar for each changed row, and none for what is unchanged or hidden', () => {
    const { items } = inputOf(mean);
    const bars = overviewBars(items, 900);
    // Few rows: as high as the rows beside it, with a line of air.
    expect(itemHeight(items.cnt, 900)).toBe(DEBUG_ROW);
    const [inserted, rewritten, retargeted, deleted] = bars.map(pixelsOf);
    expect([inserted, rewritten, retargeted, deleted]).toEqual([3 * 19, 19, 2 * 19, 0]);
    const hidden = inputOf(mean, { hidden: ['inserted'] });
    expect(pixelsOf(overviewBars(hidden.items, 900)[0])).toBe(0);
  });

  test('of many rows stays inside of its height, and the frame with it', () => {
    const rows = rowsOf(new Uint8Array(30_000).fill(DIFF.INSERTED));
    const many = debugItems(
      tableSourceOf(mean),
      rows,
      DIFF_NAMES.map(() => false),
    );
    expect(pixelsOf(overviewBars(many, 500)[0])).toBe(500 - OVERVIEW_TOP);
    const [frame] = overviewFrame(30_000, 500, 29_970, 30);
    expect(Number(frame.attrs.y) + Number(frame.attrs.height)).toBeLessThanOrEqual(506);
    expect(overviewFrame(30, 500, 0, 30)).toEqual([]);
  });
});

test('the selected insn in one line', () => {
  const source = tableSourceOf(mean);
  const compared = compare(mean.trace, 0, mean.trace.opCnt);
  const at = (node: number) => selectedWords(source, compared, node);
  expect(at(2)).toMatch(/^insn 2(, C \d+:\d+)?, distance \+3 \u2192 \+6$/);
  expect(at(5)).toMatch(/^new insn 5, put for insn 4 of the input/);
  expect(at(8)).toMatch(/^insn 5 \u2192 8/);
  expect(selectedWords(source, compare(mean.trace, 0, 0), 5)).toBeNull();
});
