/**
 * Search. Would catch an insn that is missed or found twice, a text that is not that of the moment, a query that is
 * read as an expression although it is none, and a way round that leaves one out.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frameAt } from '../../../src/patch/frame.ts';
import type { RunDone } from '../../../src/pipeline/index.ts';
import { rowText } from '../../../src/store/insn-now.ts';
import { besideFound, inSlices, type Searching, search } from '../../../src/store/search.ts';
import { patternOf } from '../../../src/store/search-pattern.ts';
import { nodeOfUid } from '../../../src/store/selectors.ts';
import { type Found, NOTHING_FOUND } from '../../../src/store/visit.ts';
import { runOf, tableSourceOf } from '../../figures/run.ts';

function all(run: RunDone, op: number, query: string): Found {
  const work = search(run, tableSourceOf(run), op, query);
  let next = work.next();
  while (!next.done) next = work.next();
  return next.value;
}

/** Every row of After by the frame that the stage is drawn from. */
function naive(run: RunDone, op: number, query: string): number[] {
  const { moments } = tableSourceOf(run);
  const { rows } = frameAt(run.trace, moments, op, 0, run.trace.nodeCnt);
  const { matches } = patternOf(query);
  return rows.filter((row) => row.alive && matches(rowText(row, run))).map(({ uid }) => uid);
}

const insn = fc.constantFrom(
  'r0 /= r1',
  'r2 = 1',
  'w3 += -7',
  'if r2 > 3 goto end',
  'goto end',
  'gotol end',
  'call end',
  'r1 = 0x1234567890 ll',
  ';@remove\nr4 = 9',
  ';@replace r5 = 1 | r5 += 2\nr6 = 1',
  ';@prepend r7 = r1\nr8 = 2',
);
const query = fc.constantFrom(
  'goto',
  'r[0-3]',
  '+',
  'pc+',
  '0x12',
  '(',
  'high',
  'r0 /= r1',
  '=',
  '-',
  '[',
  'EXIT',
);

test('finds just the rows whose text matches, in order, at every moment', () => {
  fc.assert(
    fc.property(
      fc.array(insn, { minLength: 1, maxLength: 12 }),
      fc.constantFrom('edits', 'div_guard'),
      query,
      fc.nat(),
      (insns, pass, q, at) => {
        const run = runOf(`${insns.join('\n')}\nend:\nexit\n`, pass);
        const op = at % (run.trace.opCnt + 1);
        const { order, uids } = all(run, op, q);
        const want = naive(run, op, q);
        expect([...order]).toEqual(want);
        expect([...run.trace.uid].filter((uid) => uids.has(uid))).toHaveLength(want.length);
        expect(want.every((uid) => uids.has(uid))).toBe(true);
        // Another moment with the same query: what was kept must not be that of the first.
        const other = (op * 7 + 3) % (run.trace.opCnt + 1);
        expect([...all(run, other, q).order]).toEqual(naive(run, other, q));
      },
    ),
  );
});

describe('what a query means', () => {
  test('as it stands, and as an expression', () => {
    expect(patternOf('r0 += 1').matches('r0 += 1')).toBe(true);
    expect(patternOf('w[01]').matches('w1 = 2')).toBe(true);
    expect(patternOf('goto pc\u22123').matches('goto pc-3')).toBe(true);
    expect(patternOf('GOTO').matches('goto pc+1')).toBe(true);
  });

  // The last four can take a minute and more for one text, and nothing could end that.
  const COSTLY = ['a(b+)+$', '([a-z_]|\\w)+=$', '((a|a)|a)*$', '(?:\\w|\\d){2,}$', '.*.*.*.*=$'];
  test.each(['(', '[', '*', ...COSTLY])('%s is taken as text, and said to be', (q) => {
    const { matches, note } = patternOf(q);
    expect(note).toMatch(/taken as text/);
    expect(matches(`x${q}y`)).toBe(true);
    expect(matches('xy')).toBe(false);
  });

  test('an expression that repeats a sign, or letters in brackets, stays one', () => {
    for (const [q, text] of [
      ['call\\(x\\)+', 'call(x))'],
      ['[(a)+*]+=', 'a+*='],
      ['r[0-9]+ .*= \\w+', 'r12 += r3'],
      ['(skb|ctx)->len', 'ctx->len'],
    ]) {
      const { matches, note } = patternOf(q);
      expect([matches(text), note], q).toEqual([true, '']);
    }
  });

  test('of a very long line an expression looks at the beginning, a text at all of it', () => {
    const { matches } = patternOf('e[n]d');
    expect([matches('end'), matches(`${'x'.repeat(5_000)}end`)]).toEqual([true, false]);
    expect(patternOf('end').matches(`${'x'.repeat(5_000)}end`)).toBe(true);
  });
});

test('a C line is found at the insn that its entry stands at', () => {
  const run = runOf('; a.c:3:1 n = skb->len;\nr0 /= r1\n; a.c:4:1 return 0;\nexit\n', 'div_guard');
  const { opCnt } = run.trace;
  expect(all(run, opCnt, 'skb->len').order).toEqual(Int32Array.of(0));
  expect(all(run, opCnt, 'return').order).toEqual(Int32Array.of(run.source.uid[1]));
});

// Catches a search that cannot be interrupted while it goes through C lines or rows.
test('between two looks at the clock only a few texts are matched', () => {
  const lines = Array.from({ length: 400 }, (_, i) => `; a.c:${i + 1}:1 x${i} = y;\nr0 = ${i}\n`).join('');
  const run = runOf(`${lines}exit\n`, 'div_guard');
  const work = search(run, tableSourceOf(run), run.trace.opCnt, 'y;');
  let pauses = 0;
  while (!work.next().done) pauses++;
  // Sixteen at once of 400 C lines, of as many entries, and of as many rows.
  expect(pauses).toBeGreaterThanOrEqual(3 * 25);
});

test('in slices the same is found, and an ended search says nothing more', async () => {
  const run = runOf(`${'r0 /= r1\n'.repeat(2000)}exit\n`, 'div_guard');
  const found = await new Promise<Found>((done) => {
    // What is told before is a part of it.
    inSlices(search(run, tableSourceOf(run), run.trace.opCnt, 'goto'), (part) => {
      if (part.searched === 1) done(part);
    });
  });
  expect([...found.order]).toEqual(naive(run, run.trace.opCnt, 'goto'));
  const told: Found[] = [];
  function* endless(): Searching {
    for (let i = 0; i < 1e9; i++) yield () => found;
    return found;
  }
  inSlices(endless(), (f) => told.push(f))();
  await new Promise((done) => setTimeout(done, 20));
  expect(told).toEqual([]);
});

test('what is found so far can be used while the search goes on, and says how far it is', () => {
  const run = runOf(`${'r0 /= r1\n'.repeat(500)}exit\n`, 'div_guard');
  const want = naive(run, run.trace.opCnt, 'goto');
  const work = search(run, tableSourceOf(run), run.trace.opCnt, 'goto');
  let before = 0;
  for (let next = work.next(); !next.done; next = work.next()) {
    const { order, uids, searched } = next.value();
    expect([...order]).toEqual(want.slice(0, order.length));
    expect([...order].every((uid) => uids.has(uid))).toBe(true);
    expect(order.length).toBeGreaterThanOrEqual(before);
    expect(searched).toBeLessThan(1);
    before = order.length;
  }
  expect(before).toBeGreaterThan(want.length / 2);
});

test('Enter goes through all that is found, round the end', () => {
  const run = runOf('r2 = 1\nr0 /= r1\nr2 = 2\nr0 /= r3\nr2 = 3\nexit\n', 'div_guard');
  const found = all(run, run.trace.opCnt, 'r2 =');
  const rank = (uid: number) => nodeOfUid(run, uid);
  const seen: (number | null)[] = [];
  let at: number | null = null;
  for (let i = 0; i < 4; i++) {
    at = besideFound(found, rank, at, 1);
    seen.push(at);
  }
  expect(seen).toEqual([0, 2, 4, 0]);
  expect(besideFound(found, rank, 0, -1)).toBe(4);
  // From one that is not found, to the nearest on that side.
  expect(besideFound(found, rank, 3, 1)).toBe(4);
  expect(besideFound(found, rank, 3, -1)).toBe(2);
  expect(besideFound(found, rank, 5, 1)).toBe(0);
  expect(besideFound(found, rank, 5, -1)).toBe(4);
  expect(besideFound(NOTHING_FOUND, rank, 3, 1)).toBeNull();
});
