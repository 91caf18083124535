/**
 * A recipe on the page. Would catch: a link that grows with the program, a text that is run twice because it arrived, an
 * edit that is lost because the recipe still counts, and a page that stays empty for a recipe that nobody knows.
 */
import { beforeEach, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { run } from '../../../src/pipeline/index.ts';
import { encodeScene } from '../../../src/scene/codec.ts';
import { choosePass, setText } from '../../../src/store/intents.ts';
import { openRecipe } from '../../../src/store/recipe.ts';
import { arrived, isArrival, isListed } from '../../../src/store/recipe-arrival.ts';
import { runInput } from '../../../src/store/run-input.ts';
import { accept } from '../../../src/store/running.ts';
import { sceneOf, stateOf } from '../../../src/store/scene-state.ts';
import { get, initialState, set, useStore } from '../../../src/store/store.ts';

beforeEach(() => useStore.setState(initialState));

/** Opened, run and shown. */
async function opened(spec: string): Promise<void> {
  await openRecipe(spec);
  accept(run(runInput(get())));
}

test('a small one becomes a text, and the link stays as short as the recipe', async () => {
  await opened('cilium~3000~5');
  expect(get()).toMatchObject({ recipe: 'cilium~3000~5~10', pass: 'edits', notices: [] });
  expect(get().text.split('\n').length).toBeGreaterThan(3_000);
  expect(isListed(get())).toBe(false);
  // What stands there is what is run from now on.
  expect(runInput(get())).toMatchObject({ source: get().text });
  expect(runInput(get()).recipe).toBeUndefined();
  const scene = sceneOf(get());
  expect(scene.source).toBe('');
  expect(encodeScene(scene).length).toBeLessThan(100);
  useStore.setState(initialState);
  set(stateOf(scene));
  expect(runInput(get())).toMatchObject({ source: '', recipe: 'cilium~3000~5~10' });
});

test('its arrival asks for no other run; a change of what is run does', async () => {
  await openRecipe('torturous-1');
  const before = get();
  accept(run(runInput(before)));
  expect(get().text).not.toBe('');
  expect(isArrival(get(), before)).toBe(true);
  const shown = get();
  choosePass('nops_all');
  expect(isArrival(get(), shown)).toBe(false);
  expect(get().recipe).toBe('torturous-1~259');
});

test('once somebody edits the text, the text counts', async () => {
  await opened('max-jump~8');
  setText(`${get().text}exit\n`);
  expect(get().recipe).toBe('');
  expect(sceneOf(get()).source).toBe(get().text);
});

test('a text that was typed while a recipe was under way is not overwritten', () => {
  const output = run({ source: '', recipe: 'nops~9', pass: 'nops', algorithm: 'list', seed: 1 });
  expect(arrived(output, { ...get(), recipe: '', text: 'exit\n' })).toEqual({});
});

test('a big one has no text, and its link none either', async () => {
  await opened('scale1~200001');
  expect(get().text).toBe('');
  expect(isListed(get())).toBe(true);
  expect(get().good?.assembly.program.insns.length).toBe(2 * 200_001);
  expect(get().good?.steps[0].label).toBe('Patches of the recipe');
  expect(encodeScene(sceneOf(get())).length).toBeLessThan(100);
});

test('what a link asks for and cannot be is said, and the page opens', () => {
  set({ recipe: 'gone~5', text: '' });
  expect(accept(run(runInput(get())))).toBe(false);
  expect(get()).toMatchObject({ recipe: '', text: EXAMPLES[0].source });
  expect(get().notices.join()).toContain('gone');
  set({ recipe: 'max-jump~99999999', text: '', notices: [] });
  accept(run(runInput(get())));
  expect(get().recipe).toBe('max-jump~32772~1~1');
  expect(get().notices).toHaveLength(1);
});
