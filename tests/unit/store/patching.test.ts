/**
 * Patch points put into the text of a page: what is run then, where one is in time, and which signs stand in the
 * gutter. Catches a pass that is dropped by the way, a patch that is in the text and not in the picture, and a sign
 * without a maker.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { placeAt, withoutPatch, withPatch } from '../../../src/asm/patch-points.ts';
import { CATALOG, run } from '../../../src/pipeline/index.ts';
import { passIds } from '../../../src/store/pass-list.ts';
import { patchFactAt, patchMarks } from '../../../src/store/patch-marks.ts';
import { putPatch, takePatch } from '../../../src/store/patching.ts';
import { accept } from '../../../src/store/running.ts';
import { get, initialState, useStore } from '../../../src/store/store.ts';

const TEXT = 'r0 = 8\nr1 = 2\nr0 /= r1\nr2 = 7 ll\nexit\n';
const LINE = { divide: 3, wide: 4, exit: 5 };

/** What the engine would answer now. */
function answer(): void {
  const { text, pass, step } = get();
  accept(run({ source: text, pass, algorithm: 'list', seed: 1, ...(step === null ? {} : { step }) }));
}

function shown(text: string, pass: string): void {
  useStore.setState({ ...initialState, text, pass, catalog: CATALOG });
  answer();
}

/** The text with a patch point above the insn of a line, and its slot. */
function patched(line: number, body: string): readonly [string, number] {
  const { text, good } = get();
  const place = good && placeAt(text, good.assembly, line);
  if (!place) throw new Error('no insn there');
  return [withPatch(text, place, 'replace', body).text, place.slot];
}

beforeEach(() => shown(TEXT, 'div_guard,zext'));

describe('a patch point that is put in', () => {
  test('is run before the passes that were chosen, and shown where it is done', () => {
    const words = putPatch(...patched(LINE.exit, 'r0 = 1\nexit'));
    expect(passIds(get())).toEqual(['edits', 'div_guard', 'zext']);
    expect(words).toContain('Division guard');
    answer();
    const { good, op } = get();
    expect(good?.pass).toBe('edits');
    expect(good?.trace.opKind[op - 1]).toBe(1);
    expect(good?.trace.editAt[good.trace.opRef[op - 1]]).toBe(5);
  });

  test('needs no more passes when they are run already', () => {
    shown(TEXT, 'edits');
    expect(putPatch(...patched(LINE.divide, 'r0 = 1'))).toBe('');
    expect(get()).toMatchObject({ pass: 'edits', step: null });
  });

  test('is only written where the list of passes is full, and that is said', () => {
    const full = Array.from({ length: 24 }, () => 'zext').join(',');
    shown(TEXT, full);
    expect(putPatch(...patched(LINE.divide, 'r0 = 1'))).toContain('24 passes');
    expect(get().pass).toBe(full);
    expect(get().text).toContain(';@replace r0 = 1');
  });

  test('taken out leaves text and passes as they are', () => {
    putPatch(...patched(LINE.divide, 'r0 = 1'));
    answer();
    const { text, good } = get();
    const place = good && placeAt(text, good.assembly, LINE.divide + 1);
    if (!place) throw new Error('no insn there');
    takePatch(withoutPatch(text, place, 'replace').text);
    expect(get().text).toBe(TEXT);
    expect(passIds(get())).toEqual(['edits', 'div_guard', 'zext']);
  });

  test('that is wrong goes nowhere, and the next picture is not moved by it', () => {
    putPatch(`;@replace r99 = 1\n${TEXT}`, 0);
    answer();
    expect(get().stale).toBe(true);
    useStore.setState({ text: TEXT, op: 1 });
    answer();
    expect(get().op).toBe(1);
  });
});

describe('signs in the gutter', () => {
  const signs = () => patchMarks(get()).map(({ line, kind, isIdle }) => [line, kind, isIdle]);

  test('are those of the pass, and it is named', () => {
    shown(TEXT, 'div_guard');
    expect(signs()).toEqual([[LINE.divide, 'replace', false]]);
    const { good } = get();
    expect(patchMarks(get())[0].tip).toContain('Division guard');
    expect(good && patchFactAt(good, 2)).toEqual({
      ...{ by: 'Division guard', op: 2 },
      words: 'replace: 4 insns for insn 2',
    });
    expect(good && patchFactAt(good, 0)).toBeNull();
  });

  test('are those of the text too, idle while nobody runs them, and the text wins a line', () => {
    const text = `;@prepend r5 = 1\nr0 = 8\nr1 = 2\n;@remove\nr0 /= r1\n;@replace r2 = 1\nr2 = 7 ll\nexit\n`;
    shown(text, 'div_guard');
    expect(signs()).toEqual([
      [2, 'prepend', true],
      [5, 'remove', true],
      [7, 'rewrite', true],
    ]);
    shown(text, 'edits');
    expect(signs().every(([, , isIdle]) => isIdle === false)).toBe(true);
    const { good } = get();
    expect(good && patchFactAt(good, 2)).toMatchObject({ by: null });
  });
});
