import { beforeEach, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { FIRST_PICTURE, loadPicture, pictureKey } from '../../../src/figures/index.ts';
import { CATALOG, comparison, type RunDone, run } from '../../../src/pipeline/index.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/scene/scene.ts';
import { derive } from '../../../src/store/derive.ts';
import { choosePass, focus, setText } from '../../../src/store/intents.ts';
import { cardOf } from '../../../src/store/provenance.ts';
import { raceProgram } from '../../../src/store/race.ts';
import { accept, acceptComparison, knownIds } from '../../../src/store/running.ts';
import { sameScene, sceneOf, stateOf } from '../../../src/store/scene-state.ts';
import { SCENE_WORDS } from '../../../src/store/scene-words.ts';
import {
  agreementWords,
  deviations,
  halfDone,
  lastMoment,
  momentWords,
  stepContext,
  stepNow,
} from '../../../src/store/selectors.ts';
import { get, initialState, set, useStore } from '../../../src/store/store.ts';
import { microStep, seek, step, stepPhase } from '../../../src/store/time.ts';

/** The state once the first example has been run. */
function withPicture(source = EXAMPLES[0].source, pass = EXAMPLES[0].pass): void {
  const output = run({ source, pass, algorithm: 'list', seed: 1 });
  if (!output.ok) throw new Error('no picture');
  useStore.setState({ ...initialState, text: source, pass, good: output, catalog: CATALOG });
}

beforeEach(() => withPicture());

describe('time', () => {
  test('seeking stays inside of the run', () => {
    seek(-5);
    expect(get().op).toBe(0);
    seek(1e9);
    expect(get().op).toBe(lastMoment(get()));
  });

  // Catches a micro-step that is lost or done twice on the way forth or back.
  test('micro-steps forth and back pass the same places', () => {
    seek(0);
    const places: string[] = [];
    const place = () => `${get().op}.${get().micro}`;
    while (get().op < lastMoment(get())) {
      places.push(place());
      microStep(1);
      expect(places.length).toBeLessThan(200);
    }
    const back: string[] = [];
    while (back.length < places.length) {
      microStep(-1);
      back.push(place());
    }
    expect(back.toReversed()).toEqual(places);
    expect(place()).toBe('0.0');
  });

  test('a replace is half done between its two links', () => {
    seek(1);
    const seen = [];
    for (let line = 0; line < 5; line++) {
      seen.push(halfDone(get()));
      microStep(1);
    }
    // Its nodes are there from the second line on.
    expect(seen).toEqual([
      null,
      { op: 2, line: 1, grid: 1 },
      { op: 2, line: 2, grid: 2 },
      { op: 2, line: 3, grid: 2 },
      { op: 2, line: 4, grid: 2 },
    ]);
    expect(get()).toMatchObject({ op: 2, micro: 0 });
  });

  test('back from the middle of an op is to its beginning', () => {
    seek(1);
    microStep(1);
    microStep(1);
    step(-1);
    expect(get()).toMatchObject({ op: 1, micro: 0 });
  });

  test('phases are stepped over whole', () => {
    seek(4);
    stepPhase(1);
    expect(momentWords(get())).toBe('op 6 of 8, aux');
    stepPhase(-1);
    expect(momentWords(get())).toMatch(/retarget/);
  });

  test('every place has a sentence', () => {
    seek(0);
    for (let i = 0; i < 60; i++) {
      expect(stepNow(get())?.title).toMatch(/\w/);
      microStep(1);
    }
  });
});

describe('selection', () => {
  test('the card says when the new distance is written', () => {
    focus(2);
    seek(2);
    expect(cardOf(get())).toMatchObject({ facts: { distances: { distance: [3, 6], from: [0, 4] } } });
    expect(cardOf(get())?.copy).toContain('+6 will be, from op 4');
    step(2);
    expect(cardOf(get())?.copy).toContain('+6 from op 4');
  });
});

describe('a text that is changed', () => {
  const at = (): unknown[] => [get().op, get().micro, get().focusUid];
  const standing = (text: string): void => {
    withPicture(text, 'div_guard');
    set({ text, op: 2, micro: 1, focusUid: 1 });
  };

  test('starts anew when it is another program', () => {
    standing('r0 = 8\nr1 = 2\nr0 /= r1\nexit\n');
    setText('if r6 > 9 goto +1\nw7 = w8\ncall bpf_ktime_get_ns\nexit\n');
    expect(at()).toEqual([0, 0, null]);
  });

  test('stays where it is while somebody types, deletes a line, or pastes one', () => {
    for (const text of [
      'r0 = 8\nr1 = 21\nr0 /= r1\nexit\n',
      'r0 = 8\nr0 /= r1\nexit\n',
      'r0 = 8\nr1 = 2\nr2 = 3\nr4 = 5\nr0 /= r1\nexit\n',
    ]) {
      standing('r0 = 8\nr1 = 2\nr0 /= r1\nexit\n');
      setText(text);
      expect(at()).toEqual([2, 1, 1]);
    }
  });
});

test('the second half of a constant is called so, and not taken for an insn', () => {
  withPicture('r1 = 0x700000005 ll\nr0 = 0\nexit\n', 'blind');
  const half = (get().good?.source.uid ?? [])[1];
  focus(half);
  expect(cardOf(get())?.insn).toBe('high half 0x7 of the 64-bit constant');
  expect(stepContext(get())?.insnAt(1)).toBe('the high half 0x7 of the 64-bit constant');
});

test('a pass that is not offered has a name and a reason', () => {
  const output = run({
    ...{ source: 'goto out\nr0 = 1\nout:\nexit\n', pass: 'pipeline', algorithm: 'list', seed: 1 },
    semantics: 'rfc-2019',
  });
  accept(output);
  expect(stepContext(get())?.passLabel).toBe('Dead code and nops at once');
  expect(stepContext(get())?.passWhy).toMatch(/2019 patcher/);
});

/** Each field of a scene: a new one belongs to the tests below by itself. */
const SCENE_FIELDS = Object.keys(DEFAULT_SCENE) as (keyof Scene)[];

describe('scenes', () => {
  test('what is shared comes back as it was', () => {
    setText('r0 = 1\nexit\n');
    choosePass('blind');
    set({
      ...{ op: 3, micro: 2, fromOp: 1, focusUid: 5, pins: [null, 4], hidden: ['deleted'] },
      ...{ theme: 'dark', table: 'jumps', layout: 'debug', race: { program: 'page', at: 7 } },
      ...{ step: 0, layer: 'core', seed: 9, algorithm: 'array', semantics: 'linux-6.1' },
    });
    const scene = sceneOf(get());
    for (const name of SCENE_FIELDS)
      if (name !== 'recipe') expect(scene[name], name).not.toEqual(DEFAULT_SCENE[name]);
    useStore.setState(initialState);
    set(stateOf(scene));
    expect(sceneOf(get())).toEqual(scene);
  });

  test('Share names each field', () => {
    expect(Object.keys(SCENE_WORDS).toSorted()).toEqual(SCENE_FIELDS.toSorted());
    expect(new Set(Object.values(SCENE_WORDS)).size).toBe(SCENE_FIELDS.length);
  });

  test('each field of a scene counts as a change of it', () => {
    const other: Scene = {
      ...{
        source: 'x',
        recipe: 'x',
        pass: 'x',
        step: 1,
        algorithm: 'x',
        seed: 7,
        layer: 'core',
        semantics: 'x',
      },
      ...{ moment: { op: 0, micro: 1 }, from: 2, layout: 'chart', race: { program: 'page', at: 0 } },
      ...{ hidden: ['inserted'], pins: [3], table: 'jumps', focus: 3, theme: 'dark' },
    };
    for (const name of SCENE_FIELDS) {
      const changed = { ...initialState, ...stateOf({ ...DEFAULT_SCENE, [name]: other[name] }) };
      const same = { ...initialState, ...stateOf(DEFAULT_SCENE) };
      expect(sameScene(changed, same), name).toBe(false);
    }
  });

  test('of a link whose ids are names that every object has, the page is the usual one', async () => {
    const id = 'constructor';
    set(stateOf({ ...DEFAULT_SCENE, layer: id, layout: id, table: id, theme: id, hidden: [id] }));
    expect(get()).toMatchObject({
      layer: 'verifier',
      layout: 'learn',
      table: 'aux',
      theme: 'system',
      hidden: [],
    });
    expect(raceProgram({ race: { program: id, at: 0 } })).toBe('generated-2000');
    expect(await loadPicture(id, id)).toBe(FIRST_PICTURE);
    expect(await loadPicture('list', id)).toBe(await loadPicture('list', 'engine'));
  });

  test('ids that nothing has any more are replaced and said; known ones are left alone', () => {
    expect(knownIds(get())).toBeNull();
    // Names that every object has are no ids either.
    for (const id of ['gone', 'constructor', '__proto__', 'toString']) {
      const known = knownIds({ ...get(), pass: id, algorithm: id, semantics: id });
      expect(known).toMatchObject({ pass: initialState.pass, algorithm: 'list', semantics: 'engine' });
      expect(known?.notices).toHaveLength(3);
      expect(pictureKey('list', id)).toBe('list');
      expect(pictureKey(id, 'engine')).toBe(id);
    }
    // Before the worker has said what there is, nothing can be called unknown.
    expect(knownIds({ ...initialState, pass: 'gone' })).toBeNull();
  });
});

test('a refusal is no success, even when all algorithms refuse alike', () => {
  withPicture(
    `if r1 == 0 goto out\n${'r1 /= r2\n'.repeat(20)}${'r3 = 1\n'.repeat(32_740)}out:\nexit\n`,
    'div_guard',
  );
  set({ agreement: { verdict: 'same', text: 'same', ran: [], skipped: [], work: {} } });
  expect(get().good?.result.ok).toBe(false);
  expect(agreementWords(get())).toMatchObject({ kind: 'bad', short: 'refused' });
});

describe('where rules part from ours', () => {
  const GROWS =
    ';@replace r1 = 1 | if r1 == 0 goto out\nr1 = 1\n;@replace r2 = 2 | r2 += 1\nr2 = 2\nout:\nexit\n';
  const ran = (source: string, semantics: string): RunDone => {
    const output = run({ source, pass: 'edits', algorithm: 'list', seed: 1, semantics });
    if (!output.ok) throw new Error('no picture');
    return output;
  };
  const pictured = (source: string, semantics = 'rfc-2019'): RunDone => {
    const output = ran(source, semantics);
    set({ running: true });
    accept(output);
    return output;
  };
  const answered = (output: RunDone): void => {
    acceptComparison(comparison(output));
    set({ running: false });
  };
  const shown = () => {
    const { check, isPending, byUid, label } = deviations(get()) ?? {};
    return { label, isPending, marked: byUid?.size, total: check?.ok ? check.value.total : check };
  };

  test('is nothing under our own', () => {
    answered(pictured(GROWS, 'engine'));
    expect(deviations(get())).toBeNull();
  });

  test('is known a moment after the picture; with the next one the band stays, and no insn is marked', () => {
    const first = pictured(GROWS);
    expect(shown()).toEqual({ label: 'RFC 2019', isPending: true, marked: 0, total: null });
    answered(first);
    const known = shown();
    expect(known).toMatchObject({ isPending: false, marked: 1 });
    const second = pictured('r0 = 0\nexit\n');
    expect(shown()).toEqual({ ...known, isPending: true, marked: 0 });
    answered(second);
    expect(shown()).toMatchObject({ isPending: false, total: 0 });
  });

  test('of other rules, or of a run that was cancelled, nothing is said', () => {
    answered(pictured(GROWS));
    pictured(GROWS, 'linux-6.1');
    expect(shown()).toEqual({ label: 'Linux 6.1', isPending: true, marked: 0, total: null });
    answered(pictured(GROWS));
    pictured('r0 = 0\nexit\n');
    set({ running: false });
    expect(shown()).toEqual({ label: 'RFC 2019', isPending: false, marked: 0, total: null });
  });

  test('a text that is wrong leaves what is said of the picture that stays', () => {
    answered(pictured(GROWS));
    const known = shown();
    set({ running: true });
    accept(run({ source: 'banana', pass: 'edits', algorithm: 'list', seed: 1 }));
    expect(shown()).toEqual(known);
  });
});

test('a derived value is computed again only when what it reads has changed', () => {
  let computed = 0;
  const sum = derive(
    (s: { a: number; b: number; c: number }) => [s.a, s.b] as const,
    (a: number, b: number) => {
      computed++;
      return a + b;
    },
  );
  expect([sum({ a: 1, b: 2, c: 0 }), sum({ a: 1, b: 2, c: 9 }), sum({ a: 1, b: 3, c: 9 })]).toEqual([
    3, 3, 4,
  ]);
  expect(computed).toBe(2);
});
