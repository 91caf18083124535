/** Pins and the selection through edits. Would catch a letter that jumps to a neighbour when a line is put above it. */
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import type { RunDone } from '../../../src/pipeline/index.ts';
import { insnNow } from '../../../src/store/insn-now.ts';
import { followUids, noticeScene, selectionIn, slotMap } from '../../../src/store/pins.ts';
import { get, initialState, useStore } from '../../../src/store/store.ts';
import { runOf, tableSourceOf } from '../../figures/run.ts';

const textOf = (run: RunDone, uid: number | null): string | undefined =>
  uid === null ? undefined : insnNow(run, tableSourceOf(run), run.trace.opCnt, uid)?.text;

/** What becomes of each source insn, as numbers of slots. */
const moved = (before: string, now: string): (number | null)[] => {
  const [old, next] = [runOf(before, 'edits'), runOf(now, 'edits')];
  const follow = followUids(old, next);
  return Array.from(old.source.uid, follow);
};

const BASE = 'r1 = 1\nif r1 > 2 goto end\nr2 = 2\nr3 = 3\nend:\nexit\n';

describe('source insns', () => {
  test('a line put above moves all below it, also jumps whose distance changes', () => {
    expect(moved(BASE, `r9 = 9\n${BASE}`)).toEqual([1, 2, 3, 4, 5]);
    expect(moved(BASE, BASE.replace('r3', 'r8 = 8\nr3'))).toEqual([0, 1, 2, 4, 5]);
  });
  test('comments and empty lines move nothing', () => {
    expect(moved(BASE, `; said\n\n${BASE}`)).toEqual([0, 1, 2, 3, 4]);
  });
  test('a line that is taken out takes its pin along', () => {
    expect(moved(BASE, BASE.replace('r2 = 2\n', ''))).toEqual([0, 1, null, 2, 3]);
  });
  test('a line that is changed keeps it', () => {
    expect(moved(BASE, BASE.replace('r2 = 2', 'r2 = 77'))).toEqual([0, 1, 2, 3, 4]);
  });

  // Slots of an insn that is there once go where it goes, whatever is put in.
  test('what stays is found again', () => {
    const insn = fc.integer({ min: 1, max: 1e6 });
    fc.assert(
      fc.property(
        fc.uniqueArray(insn, { maxLength: 20 }),
        fc.nat(20),
        fc.uniqueArray(insn),
        (old, at, more) => {
          const put = more.filter((imm) => !old.includes(imm));
          const now = [...old.slice(0, at), ...put, ...old.slice(at)];
          const words = (imms: number[]) => Int32Array.from(imms.flatMap((imm) => [0xb7, imm]));
          const map = slotMap(words(old), words(now));
          expect(old.map((_, slot) => map(slot))).toEqual(old.map((imm) => now.indexOf(imm)));
        },
      ),
    );
  });
});

describe('insns that were born in a patch', () => {
  const text = 'r0 = 1\nr0 /= r1\nr2 = 2\nexit\n';
  const old = runOf(text, 'div_guard');
  const born = Array.from(old.trace.uid).filter((uid) => uid >= old.source.uid.length);

  test('follow the insn they were born for', () => {
    const now = runOf(`r9 = 9\n${text}`, 'div_guard');
    const follow = followUids(old, now);
    expect(born.length).toBeGreaterThan(1);
    for (const uid of born) {
      expect(textOf(now, follow(uid)), String(uid)).toBe(textOf(old, uid));
      expect(follow(uid)).not.toBeNull();
    }
  });
  test('go with it', () => {
    const follow = followUids(old, runOf('r0 = 1\nr2 = 2\nexit\n', 'div_guard'));
    expect(born.map(follow)).toEqual(born.map(() => null));
  });
  test('are not mixed up with those of another pass', () => {
    const follow = followUids(old, runOf(text, 'zext'));
    expect(born.map(follow)).toEqual(born.map(() => null));
    expect(follow(2)).toBe(2);
  });
  test('stay who they are under another algorithm', () => {
    const follow = followUids(old, runOf(text, 'div_guard', 'array'));
    expect(born.map(follow)).toEqual(born);
  });
});

describe('the state', () => {
  const old = runOf(BASE, 'edits');
  const now = runOf(`r9 = 9\n${BASE}`, 'edits');
  beforeEach(() =>
    useStore.setState({ ...initialState, text: BASE, good: old, focusUid: 1, pins: [null, 2] }),
  );

  test('selection and pins follow an edit', () => {
    expect(selectionIn(now)).toEqual({ focusUid: 2, pins: [null, 3] });
  });

  test('a scene that is opened keeps the pins it brought', () => {
    const before = get();
    useStore.setState({ text: `r9 = 9\n${BASE}`, pins: [2], focusUid: 2 });
    noticeScene(get(), before);
    expect(selectionIn(now)).toEqual({});
    // The edit behind it counts again.
    expect(selectionIn(now)).toEqual({ focusUid: 3, pins: [3] });
  });

  test('a pin that is set while one types is no scene', () => {
    const before = get();
    useStore.setState({ pins: [2, 3] });
    noticeScene(get(), before);
    expect(selectionIn(now)).toEqual({ focusUid: 2, pins: [3, 4] });
  });
});
