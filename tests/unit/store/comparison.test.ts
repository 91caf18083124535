/**
 * What is read of two moments. Would catch a comparison that is made twice for one op, one whose ends are the wrong way
 * round, and a selection that is lost on its way along the rows.
 */
import { beforeEach, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { run } from '../../../src/pipeline/index.ts';
import { checksAt } from '../../../src/store/checks.ts';
import { comparison, itemsNow, moveRow } from '../../../src/store/comparison.ts';
import { selectedFacts } from '../../../src/store/selected-facts.ts';
import { lineCnt, tableSource } from '../../../src/store/selectors.ts';
import { get, initialState, set, useStore } from '../../../src/store/store.ts';

beforeEach(() => {
  const [{ source, pass }] = EXAMPLES;
  const output = run({ source, pass, algorithm: 'list', seed: 1 });
  if (!output.ok) throw new Error('no picture');
  useStore.setState({ ...initialState, text: source, pass, good: output });
});

const ends = () => {
  const compared = comparison(get());
  return compared && [compared.a.moment, compared.b.moment];
};

test('whoever asks gets the same comparison, the earlier moment first, until a moment changes', () => {
  set({ op: 4 });
  const compared = comparison(get());
  set({ hoverUid: 3, focusUid: 1, hidden: ['unchanged'] });
  expect(comparison(get())).toBe(compared);
  expect(ends()).toEqual([0, 4]);
  set({ fromOp: 6 });
  expect(ends()).toEqual([4, 6]);
});

test('the selection goes along the rows that are shown', () => {
  set({ op: 4, hidden: ['unchanged'] });
  const walked = Array.from({ length: 7 }, () => {
    moveRow(1);
    return get().focusUid;
  });
  const shown = itemsNow(get())?.cnt ?? 0;
  expect(shown).toBeGreaterThan(0);
  expect(new Set(walked).size).toBe(6);
  expect(walked[6]).toBe(walked[5]);
});

test('facts of the selected insn are those of the jump that it is at the moment', () => {
  expect(selectedFacts(get())).toBeNull();
  set({ focusUid: 2, op: 4 });
  expect(selectedFacts(get())?.now).toBe(6);
  set({ focusUid: 0 });
  expect(selectedFacts(get())).toBeNull();
});

test('the check names the distance with the least room, at each moment', () => {
  const source = tableSource(get());
  if (!source) throw new Error('no source');
  expect(checksAt(source, 0)).toEqual([{ ok: true, text: 'Largest distance +3, limit +32,767' }]);
  expect(checksAt(source, 4)).toEqual([{ ok: true, text: 'Largest distance +6, limit +32,767' }]);
});

test('lines of an op are those of the picture they are asked of', () => {
  const { good, picture } = get();
  expect(lineCnt({ good, picture }, 4)).toBeGreaterThan(1);
  expect(lineCnt({ good: null, picture }, 4)).toBe(0);
});
