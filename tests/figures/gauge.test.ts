/** What is said of a distance: wrong numbers here are wrong advice. */
import { describe, expect, test } from 'vitest';
import { exampleById } from '../../src/examples/index.ts';
import { brokenJump, distanceFacts } from '../../src/figures/distance-facts.ts';
import { gaugeFigure, gaugeSentence, limitWords } from '../../src/figures/gauge.ts';
import type { Mark } from '../../src/figures/index.ts';
import { inputJump, jumpAt } from '../../src/patch/jump-at.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import { runOf } from './run.ts';

const farJump = exampleById('far-jump');
if (!farJump) throw new Error('no far-jump');

describe.each(['list', 'array'])('the far jump, as %s', (algorithm) => {
  const { trace } = runOf(farJump.source, farJump.pass, algorithm);
  const j = brokenJump(trace);
  const facts = distanceFacts(trace, j);

  test('is found, and says what it would need', () => {
    expect(trace.jumps.node[j]).toBe(2);
    expect(facts).toMatchObject({
      bits: 16,
      limit: 32_767,
      before: 31_003,
      now: 34_003,
      patchCnt: 1000,
      each: 3,
    });
  });

  test('says after which patch it just fits, and which one is too many', () => {
    expect(facts.fits).toEqual({ nth: 588, slot: 18_232, distance: 32_767 });
    expect(facts.breaks).toEqual({ nth: 589, slot: 18_263, distance: 32_770 });
    expect(limitWords(facts)).toEqual([
      '588 patches done: 31,003 + 588 \u00d7 3 = 32,767. Exactly at the limit, still allowed.',
      'The 589th, of insn 18,263: 32,770. The array way stops here, and nothing of this patch is written.',
      'All 1,000: 34,003. The list way looks once, on final distances, and writes nothing either.',
    ]);
  });

  test('is a sentence for those who do not see the bar', () => {
    expect(gaugeSentence(facts)).toBe(
      'Distance +34,003 (before +31,003; 1,000 patches: +3,000); 16 bits hold +32,767: 1,236 too far',
    );
  });
});

test('at each moment the facts of a jump are those of the trace, patches under it and deletions too', () => {
  const source =
    'if r1 == 0 goto out\nagain:\n;@prepend r0 = 1\nr0 = 2\n;@remove\nr0 = 3\nr0 = 4\nif r2 == 0 goto again\nout:\nexit\n';
  for (const algorithm of ['list', 'array']) {
    const { trace } = runOf(source, 'edits', algorithm);
    const moments = momentsOf(trace);
    for (const slot of [0, 4]) {
      const j = inputJump(trace, slot);
      for (let k = 0; k <= trace.opCnt; k++) {
        const facts = distanceFacts(trace, j, k);
        const { now, before } = jumpAt(trace, moments, k, j);
        expect(facts.now, `${algorithm}, jump ${slot} at ${k}`).toBe(now);
        expect(facts.before).toBe(before);
        expect(facts.breaks).toBeNull();
        expect(limitWords(facts)).toEqual([]);
      }
    }
  }
});

test('a distance back has its own limit and keeps its sign', () => {
  const source = `again:\n${'r1 /= r2\n'.repeat(8200)}goto again\nexit\n`;
  const { trace } = runOf(source, 'div_guard');
  const facts = distanceFacts(trace, brokenJump(trace));
  expect(facts).toMatchObject({ limit: -32_768, before: -8201, now: -32_801 });
  expect(facts.breaks?.distance).toBeLessThan(-32_768);
  expect(facts.fits?.distance).toBeGreaterThanOrEqual(-32_768);
  expect(gaugeSentence(facts)).toMatch(/^Distance \u221232,801 \(before \u22128,201/);
});

const labels = (marks: readonly Mark[]): Mark[] =>
  marks.filter(({ tag, text }) => tag === 'text' && text !== '');

test('no two words of the gauge stand in one line, except the zero, and none leaves it', () => {
  const { trace } = runOf(farJump.source, farJump.pass);
  const near = runOf('if r1 == 0 goto out\nr0 /= r1\nout:\nexit\n', 'div_guard').trace;
  const cases = [
    distanceFacts(trace, brokenJump(trace)),
    distanceFacts(trace, brokenJump(trace), 100),
    distanceFacts(near, inputJump(near, 0)),
    distanceFacts(near, inputJump(near, 0), 0),
  ];
  for (const facts of cases)
    for (const width of [260, 288, 360, 700]) {
      const seen = labels(gaugeFigure(facts, width));
      const lines = seen.filter(({ key }) => key !== 'zero').map(({ attrs }) => attrs.y);
      expect(new Set(lines).size).toBe(lines.length);
      for (const { attrs, text } of seen) {
        const length = (text ?? '').length * 6;
        const left = String(attrs.class).endsWith('end') ? Number(attrs.x) - length : Number(attrs.x);
        expect(left, text).toBeGreaterThanOrEqual(-1);
        expect(left + length, text).toBeLessThanOrEqual(width + 12);
      }
    }
});
