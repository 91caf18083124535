/** The folded stage: every row that is shown is the right one, and every row is either shown or counted. */
import { describe, expect, test } from 'vitest';
import { exampleById } from '../../src/examples/index.ts';
import { bitsFor, brokenFold } from '../../src/figures/broken-fold.ts';
import { geometryFor, type Mark } from '../../src/figures/index.ts';
import type { StageSource } from '../../src/figures/stage-input.ts';
import { runOf, stageAt } from './run.ts';

const example = exampleById('far-jump');
if (!example) throw new Error('no far-jump');

function foldOf(source: string, pass: string, algorithm: string) {
  const output = runOf(source, pass, algorithm);
  const {
    picture,
    source: table,
    inputInsns,
    inputSecond,
    kfuncs,
  } = stageAt(output, 0, 820, { firstRow: 0, rowCnt: 1 });
  const stage: StageSource = { ...table, picture, inputInsns, inputSecond, kfuncs };
  const geometry = geometryFor(820, output.trace.nodeCnt, 800);
  return brokenFold(stage, { geometry, firstRow: 0, rowCnt: 0, focusUid: null, hoverUid: null });
}

const labelsOf = (marks: readonly Mark[]): string[] => marks.map(({ attrs }) => String(attrs['aria-label']));
const yOf = ({ attrs }: Mark): number => Number(/,([\d.]+)\)/.exec(String(attrs.transform))?.[1]);

describe.each([
  ['list', 34_011, ['34001 if', '34002 w3', '34003 goto', '34004 r3']],
  ['array', 32_778, []],
])('of the far jump, as %s', (algorithm, slots, last) => {
  const fold = foldOf(example.source, example.pass, algorithm);
  if (!fold) throw new Error('not folded');
  const { before, after, under, over } = fold.columns;

  test('shows the jump, the first patch that is too much, the last one, and the target', () => {
    const shown = labelsOf(before).map((text) => Number(text.split(' ')[0]));
    expect(shown.slice(0, 6)).toEqual([0, 1, 2, 3, 4, 18_263]);
    expect(shown).toContain(31_006);
    const words = labelsOf(after).map((text) => text.split(' ').slice(0, 2).join(' '));
    expect(words).toEqual(
      expect.arrayContaining(['20027 if', '20028 w3', '20029 goto', '20030 r3', ...last]),
    );
  });

  test('counts what it folds', () => {
    const strips = under.filter(({ key }) => key.startsWith('fold-'));
    const words = strips.map(({ children }) => children?.[1].text ?? '');
    expect(words[0]).toBe('588 patches, each 1 \u2192 4 insns \u00b7 20,022 rows folded');
    const folded = words.map((text) => Number(/([\d,]+) rows? folded/.exec(text)?.[1].replaceAll(',', '')));
    expect(folded.reduce((a, b) => a + b, 0) + after.length).toBe(slots);
  });

  test('stands in order, with the zigzag from the jump to its target', () => {
    const ys = after.map(yOf);
    expect([...ys].sort((a, b) => a - b)).toEqual(ys);
    const rails = under.find(({ key }) => key === 'rails-after')?.children ?? [];
    const broken = rails.find(({ attrs }) => String(attrs.class).includes('broken'));
    expect(broken?.children?.map(({ key }) => key)).toContain('cross');
    expect(over.some(({ key }) => key === 'needed')).toBe(true);
  });
});

test('a run that is not refused is not folded', () => {
  expect(foldOf('r0 /= r1\nexit\n', 'div_guard', 'list')).toBeNull();
});

test.each([
  [32_767, 16],
  [32_768, 17],
  [34_003, 17],
  [-32_768, 16],
  [-32_769, 17],
])('%d needs %d bits', (n, bits) => expect(bitsFor(n)).toBe(bits));
