/** Following jumps. Would catch a target counted from the wrong side, one that is gone, and a way back that is lost. */
import { beforeEach, describe, expect, test } from 'vitest';
import { momentsOf } from '../../../src/patch/moments.ts';
import type { RunDone } from '../../../src/pipeline/index.ts';
import { insnNow, insnWords } from '../../../src/store/insn-now.ts';
import { followJump, goBack, goToInsn, goToPin, targetOf, uidFromLine } from '../../../src/store/places.ts';
import { get, initialState, useStore } from '../../../src/store/store.ts';
import { initialVisit, useVisit } from '../../../src/store/visit.ts';
import { runOf, tableSourceOf } from '../../figures/run.ts';

const words = (run: RunDone, op: number, uid: number | null): string | null => {
  const insn = uid === null ? null : insnNow(run, tableSourceOf(run), op, uid);
  return insn && insnWords(insn);
};

const JUMPS = `if r1 == 0 goto out
r0 /= r1
if r1 > 3 goto out
;@remove
r0 = 3
out:
exit
`;

describe('where a jump leads', () => {
  const run = runOf('if r1 == 0 goto out\nr2 = 1\n;@remove\nout:\nr0 = 3\nr0 = 4\nexit\n', 'edits');
  const source = tableSourceOf(run);

  test('to its target', () => {
    expect(words(run, 0, targetOf(run, source, 0, 0))).toBe('after 2 (before 2): r0 = 3');
  });

  test('behind a removed target, to the next insn that stays', () => {
    const { opCnt } = run.trace;
    expect(words(run, opCnt, targetOf(run, source, opCnt, 0))).toBe('after 2 (before 3): r0 = 4');
    expect(words(run, opCnt, 2)).toBe('before 2 (deleted): r0 = 3');
  });

  test('what is no jump leads nowhere', () => {
    expect(targetOf(run, source, 0, 1)).toBeNull();
    expect(targetOf(run, source, 0, 999)).toBeNull();
  });

  test('a jump that is born in a patch leads where it leads', () => {
    const guard = runOf('r0 /= r1\nexit\n', 'div_guard');
    const end = guard.trace.opCnt;
    const moments = momentsOf(guard.trace);
    const uid = guard.trace.uid[moments.selectAlive(end, 0)];
    const to = targetOf(guard, tableSourceOf(guard), end, uid);
    expect(words(guard, end, to)).toBe('after 3 (new, for insn 0): r0 /= r1');
  });
});

describe('there and back', () => {
  beforeEach(() => {
    useVisit.setState(initialVisit);
    useStore.setState({ ...initialState, good: runOf(JUMPS, 'edits'), focusUid: 0 });
  });

  test('Enter follows, Backspace comes back the same way', () => {
    followJump();
    expect(get().focusUid).toBe(4);
    goToInsn(2);
    followJump();
    goBack();
    expect(get().focusUid).toBe(2);
    goBack();
    goBack();
    expect(get().focusUid).toBe(0);
    goBack();
    expect(get().focusUid).toBe(0);
  });

  test('the way back has an end, and passes what is gone', () => {
    for (let i = 0; i < 300; i++) goToInsn(i % 2 === 0 ? 1 : 2);
    expect(useVisit.getState().trail).toHaveLength(100);
    useVisit.setState({ trail: [3, 12_345] });
    goBack();
    expect(get().focusUid).toBe(3);
  });

  test('a letter without a pin says so and goes nowhere', () => {
    goToPin(3);
    expect(get().focusUid).toBe(0);
    expect(useVisit.getState().said).toMatch(/no pin D/);
  });

  test('a line without an insn means the next one that has one', () => {
    const { good } = get();
    expect(good && uidFromLine(good, 4)).toBe(3);
    expect(good && uidFromLine(good, 99)).toBeNull();
  });
});
