/**
 * Several passes: how the list is put together, and where an insn is after each. Would catch a pipeline that loses its
 * name or its order, a selection or a line of the text that is another insn's once passes went before, and rules of an
 * example that stay in force for the next one.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { BUGS } from '../../../src/examples/bugs/index.ts';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { CATALOG, run } from '../../../src/pipeline/index.ts';
import { chooseStep, focus, openExample } from '../../../src/store/intents.ts';
import { journeyOf } from '../../../src/store/journey.ts';
import {
  choosePasses,
  inKernelOrder,
  PASSES_MAX,
  passChoices,
  passIds,
} from '../../../src/store/pass-list.ts';
import { patchLines } from '../../../src/store/patch-marks.ts';
import { cardOf } from '../../../src/store/provenance.ts';
import { exampleNow, lineOfUid, uidOfLine } from '../../../src/store/selectors.ts';
import { get, initialState, set, useStore } from '../../../src/store/store.ts';

const THREE = 'dead_code,div_guard,blind';
const TEXT = `r0 = 7
goto on
r0 = 1
on:
w0 /= w2
r0 ^= 5
exit
`;
/** Slots of the text. */
const SLOT = { first: 0, dead: 2, division: 3, xor: 4, exit: 5 } as const;

/** The state as it is when step `step` of the passes has been run. */
function shown(step: number | null, pass = THREE): void {
  const output = run({ source: TEXT, pass, algorithm: 'list', seed: 1, ...(step !== null && { step }) });
  if (!output.ok) throw new Error('no picture');
  set({ text: TEXT, pass, step, good: output });
}

beforeEach(() => {
  useStore.setState({ ...initialState, catalog: CATALOG, examples: [...EXAMPLES, ...BUGS] });
  shown(null);
});

describe('the list', () => {
  test('a pipeline is what it stands for, and a list that is one goes by its name', () => {
    const [pipeline] = CATALOG.pipelines;
    choosePasses(pipeline.passes);
    expect(get().pass).toBe(pipeline.id);
    expect(passIds(get())).toEqual(pipeline.passes);
    choosePasses(pipeline.passes.toReversed());
    expect(get().pass).toBe(pipeline.passes.toReversed().join(','));
    expect(passChoices(get()).find(({ id }) => id === get().pass)?.label).toBe(
      `${pipeline.passes.length} passes`,
    );
  });

  test('any order can be made the kernel\u2019s, passes that stand twice included', () => {
    expect(inKernelOrder(['blind', 'nops', 'edits', 'nops'], CATALOG)).toEqual([
      'edits',
      'nops',
      'nops',
      'blind',
    ]);
  });

  test('no pass at all, or more than a link can hold, is not chosen', () => {
    choosePasses(['blind']);
    choosePasses([]);
    choosePasses(Array.from({ length: PASSES_MAX + 1 }, () => 'nops'));
    expect(get().pass).toBe('blind');
  });
});

describe('an insn on its way', () => {
  const places = () => journeyOf(get())?.stops.map(({ first, cnt }) => [first, cnt]);

  test('is found after each pass: moved, grown, removed', () => {
    focus(SLOT.xor);
    expect(places()).toEqual([
      [3, 1],
      // The division before it became four insns, and the first constant three.
      [6, 1],
      [expect.any(Number), 3],
    ]);
    focus(SLOT.dead);
    expect(places()?.map(([, cnt]) => cnt)).toEqual([0, 0, 0]);
  });

  test('the last place is where the program has it', () => {
    const { good } = get();
    if (!good?.result.ok) throw new Error('refused');
    const { uid } = good.result.value.program;
    for (const slot of [SLOT.first, SLOT.division, SLOT.xor, SLOT.exit]) {
      focus(slot);
      expect(uid[places()?.at(-1)?.[0] ?? -1]).toBe(slot);
    }
  });

  test('one that was born on the way goes by the insn it was born for', () => {
    const uids = get().good?.trace.uid ?? [];
    shown(1);
    const born = Array.from(get().good?.trace.uid ?? []).filter((uid) => uid >= 6);
    expect(born.length).toBe(3);
    for (const uid of born) {
      focus(uid);
      expect(journeyOf(get())?.slot).toBe(SLOT.division);
    }
    expect(uids.length).toBeGreaterThan(born.length);
  });

  test('the selection outlives the choice of another pass', () => {
    focus(SLOT.division);
    chooseStep(0);
    shown(0);
    expect(get().focusUid).toBe(SLOT.division);
    expect(cardOf(get())).toMatchObject({ facts: { beforeIdx: SLOT.division }, insn: 'w0 /= w2' });
    expect(journeyOf(get())?.slot).toBe(SLOT.division);
  });

  test('one pass is no journey', () => {
    shown(null, 'blind');
    focus(SLOT.first);
    expect(journeyOf(get())).toBeNull();
  });
});

test('lines of the text are those of the insns, whatever passes went before', () => {
  const lineOf = TEXT.split('\n').indexOf('r0 ^= 5') + 1;
  for (const step of [0, 1, 2]) {
    shown(step);
    const { good } = get();
    if (!good) throw new Error('no picture');
    expect(uidOfLine(good, lineOf)).toBe(SLOT.xor);
    expect(lineOfUid(good, SLOT.xor)).toBe(lineOf);
  }
  const lines = TEXT.split('\n');
  expect(patchLines(get()).map(({ line }) => lines[line - 1])).toEqual(
    expect.arrayContaining(['r0 = 7', 'r0 ^= 5']),
  );
});

test('an example brings its rules and its layer, and the next one does not inherit them', () => {
  const bug = BUGS.find(({ layer }) => layer === 'core');
  if (!bug) throw new Error('no scene of the core layer');
  openExample(bug);
  expect(get()).toMatchObject({ semantics: 'rfc-2019', layer: 'core', pass: bug.pass, text: bug.source });
  expect(exampleNow(get())).toBe(bug);
  openExample(EXAMPLES[0]);
  expect(get()).toMatchObject({ semantics: 'engine', layer: 'verifier', step: null, focusUid: null });
  set({ text: `${get().text}\n` });
  expect(exampleNow(get())).toBeUndefined();
});
