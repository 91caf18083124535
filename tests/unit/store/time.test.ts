/** What a person can ask of time, and what comes next while it plays. */
import { beforeEach, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { OP } from '../../../src/patch/trace.ts';
import { type RunDone, run } from '../../../src/pipeline/index.ts';
import { nextChange, nextChangeOfFocus } from '../../../src/store/changes.ts';
import { momentAfterEdit } from '../../../src/store/edited-moment.ts';
import { type Pace, placeAfter, restAt } from '../../../src/store/playback.ts';
import { lastMoment, lineCnt } from '../../../src/store/selectors.ts';
import { get, initialState, useStore } from '../../../src/store/store.ts';
import { compareFrom, SPEED_MAX, seek, togglePlay } from '../../../src/store/time.ts';
import { useVisit } from '../../../src/store/visit.ts';

const [FIRST] = EXAMPLES;

function runOf(source: string, pass = FIRST.pass, algorithm = 'list'): RunDone {
  const output = run({ source, pass, algorithm, seed: 1 });
  if (!output.ok) throw new Error('no picture');
  return output;
}

beforeEach(() => useStore.setState({ ...initialState, text: FIRST.source, good: runOf(FIRST.source) }));

describe('going to a place', () => {
  test('keeps lines only inside of an op', () => {
    seek(1, 2);
    expect([get().op, get().micro]).toEqual([1, 2]);
    seek(1, lineCnt(get(), 2));
    expect([get().op, get().micro]).toEqual([1, 0]);
    seek(99, 2);
    expect([get().op, get().micro]).toEqual([lastMoment(get()), 0]);
  });

  test('the next change of the selected insn is what writes its new distance; there is no later one', () => {
    const { trace } = get().good as RunDone;
    useStore.setState({ focusUid: trace.uid[trace.nodeOf[2]], op: 0 });
    nextChangeOfFocus(1);
    expect(get().op).toBe(4);
    nextChangeOfFocus(1);
    expect(get().op).toBe(4);
    expect(useVisit.getState().said).toBe('No later op changes this insn.');
    seek(8);
    nextChangeOfFocus(-1);
    expect(get().op).toBe(4);
    // Behind it, in the middle of the next op, it is the one before.
    seek(4, 1);
    nextChangeOfFocus(-1);
    expect(get().op).toBe(4);
  });

  test('ops that change nothing are passed over', () => {
    // An insn for the same insn: it is done, and nothing is another.
    const { good } = get();
    if (!good) throw new Error('no picture');
    const { trace } = good;
    const same = { ...trace, rewritten: trace.insns, growth: trace.growth.map(() => 0) };
    useStore.setState({ good: { ...good, trace: same }, op: 1 });
    nextChange(1);
    expect(get().op).toBe(3);
  });

  test('a range begins inside of the run', () => {
    compareFrom(99);
    expect(get().fromOp).toBe(lastMoment(get()));
    compareFrom(null);
    expect(get().fromOp).toBeNull();
  });

  test('playing goes on from the middle of an op, and from the end to the start', () => {
    seek(1, 2);
    togglePlay();
    expect([get().op, get().micro, get().playing]).toEqual([1, 2, true]);
    togglePlay();
    expect([get().op, get().micro, get().playing]).toEqual([1, 2, false]);
    seek(8);
    togglePlay();
    expect([get().op, get().playing]).toEqual([0, true]);
  });
});

describe('playing', () => {
  const pace = (speed: number, over: Partial<Pace> = {}): Pace => ({
    ...{ speed, isStill: false, opCnt: 8, linesOf: (op) => (op === 2 ? 5 : 1) },
    ...over,
  });
  /** All places from the start to the end, and how long it takes, each looked at as long as it should. */
  function played(of: Pace): { places: string[]; ms: number; shortest: number } {
    let place = { op: 0, micro: 0 };
    const places: string[] = [];
    const rests: number[] = [];
    while (place.op < of.opCnt) {
      const rest = restAt(of, place);
      rests.push(rest);
      place = placeAfter(of, place, rest, of.opCnt);
      places.push(`${place.op}.${place.micro}`);
    }
    return { places, ms: rests.reduce((a, b) => a + b, 0), shortest: Math.min(...rests) };
  }

  test('goes through the lines of an op up to the speed of four', () => {
    const lines = ['1.0', '1.1', '1.2', '1.3', '1.4', '2.0', '3.0'];
    for (const speed of [0.25, 1, 4]) expect(played(pace(speed)).places.slice(0, 7)).toEqual(lines);
    expect(played(pace(16)).places).toEqual(['1.0', '2.0', '3.0', '4.0', '5.0', '6.0', '7.0', '8.0']);
  });

  test('takes 600 ms for an op and 160 ms for a line, by its speed', () => {
    expect(restAt(pace(1), { op: 1, micro: 0 })).toBe(600);
    expect(restAt(pace(1), { op: 1, micro: 3 })).toBe(160);
    expect(restAt(pace(4), { op: 1, micro: 3 })).toBe(40);
    expect(played(pace(0.5)).ms).toBe(2 * played(pace(1)).ms);
  });

  test('at the highest speed is through in three seconds, with at most some thirty pictures a second', () => {
    for (const opCnt of [1, 8, 5_000, 1_000_000]) {
      const { ms, shortest } = played(pace(SPEED_MAX, { opCnt }));
      expect(ms).toBeLessThanOrEqual(3_000);
      expect(shortest).toBeGreaterThanOrEqual(33);
    }
  });

  test('catches up when a picture took long, but not beyond where it is to stop', () => {
    expect(placeAfter(pace(16), { op: 0, micro: 0 }, 4 * 37.5, 8).op).toBe(4);
    expect(placeAfter(pace(16), { op: 0, micro: 0 }, 10_000, 5).op).toBe(5);
    expect(placeAfter(pace(1), { op: 0, micro: 0 }, 10_000, 8).op).toBe(1);
  });

  test('with nothing moving shows ops only, none for less than a second', () => {
    for (const speed of [0.25, 1, 4]) {
      const { places, shortest } = played(pace(speed, { isStill: true }));
      expect(places).toHaveLength(8);
      expect(places.every((place) => place.endsWith('.0'))).toBe(true);
      expect(shortest).toBeGreaterThanOrEqual(1_000);
    }
    expect(played(pace(SPEED_MAX, { isStill: true, opCnt: 1_000_000 })).ms).toBeLessThanOrEqual(3_000);
  });
});

describe('an edit while it plays', () => {
  const source = (before: string, patched: string) => `${before}r0 = 1\nr1 = 2\n${patched}\nexit\n`;
  const edited = (text: string) => ({ run: runOf(text), text });
  const DIV = 'r0 /= r1';

  // Catches a person thrown to another insn because a line was put before the one that is being patched.
  test('leaves one at the same op, wherever its line has moved', () => {
    const old = edited(source('r2 = 3\nr2 /= r2\n', DIV));
    const next = edited(source('r2 = 3\nr2 /= r2\nr3 = r2\nr3 /= r2\n', DIV));
    // Ops: create, the division on line 2, that on line 5.
    expect(momentAfterEdit(old, 3, next)).toEqual({ op: 4, how: 'same' });
    expect(momentAfterEdit(old, 2, next)).toEqual({ op: 2, how: 'same' });
    // Linearize is about no line.
    expect(momentAfterEdit(old, 4, next)).toEqual({ op: 5, how: 'same' });
  });

  test('goes to the op before on the same line when the one it was is gone', () => {
    const old = edited(source('', DIV));
    const next = edited(source('', DIV));
    const { trace } = next.run;
    const opKind = Uint8Array.from(trace.opKind, (kind) => (kind === OP.REPLACE ? OP.PREPEND : kind));
    const other = { ...next, run: { ...next.run, trace: { ...trace, opKind } } };
    expect(momentAfterEdit(old, 2, other)).toEqual({ op: 2, how: 'earlier' });
  });

  test('keeps its number when there is none on that line any more, or goes to the last op', () => {
    // Ops: create, five divisions, then linearize and what follows it.
    const four = 'r2 /= r2\n'.repeat(4);
    const old = edited(source(four, DIV));
    const one = edited(source(four, 'r0 += r1'));
    expect(momentAfterEdit(old, 6, one)).toEqual({ op: 6, how: 'nearest' });
    const none = edited(source('', 'r0 += r1'));
    const { opCnt } = none.run.trace;
    expect(opCnt).toBeLessThan(6);
    expect(momentAfterEdit(old, 6, none)).toEqual({ op: opCnt, how: 'nearest' });
    expect(momentAfterEdit(old, 0, none)).toEqual({ op: 0, how: 'same' });
  });
});
