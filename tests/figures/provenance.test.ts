/** The provenance of insns in words, as they are copied. Would catch a sentence that names another op, slot or patch. */
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import { distancesOf } from '../../src/figures/distance-history.ts';
import { provenanceOf } from '../../src/figures/provenance.ts';
import { provenanceLines, provenanceText } from '../../src/figures/provenance-lines.ts';
import type { RunDone } from '../../src/pipeline/index.ts';
import { runOf, tableSourceOf } from './run.ts';

/** The card of a node, without what stands in the text. */
function textOf(run: RunDone, node: number, moment: number): string[] {
  const it = provenanceOf(tableSourceOf(run), moment, node);
  const names = { was: 'the old insn', line: 0, cPosition: '', opCnt: run.trace.opCnt };
  return provenanceText(it, 'insn', provenanceLines(it, moment, names)).split('\n');
}

describe('the first example, as a list', () => {
  const run = runOf(EXAMPLES[0].source, EXAMPLES[0].pass);
  const { nodeOf } = run.trace;

  test('a jump: its distance is to come, and then there', () => {
    expect(textOf(run, nodeOf[2], 2)).toEqual([
      'After 2 \u2190 before 2: insn',
      '  Born      there from the beginning',
      '  Distance  +3 ops 0\u20133',
      '            +6 will be, from op 4',
      '  Aux       kept',
    ]);
    expect(textOf(run, nodeOf[2], 4)[3]).toBe('            +6 from op 4');
  });

  test('the insn that is patched: rewritten, its record invalidated', () => {
    expect(textOf(run, nodeOf[4], 8)).toEqual([
      'After 4 \u2190 before 4: insn',
      '  Born       there from the beginning',
      '  Rewritten  op 2 P1: insn 1 of 4, for insn 4',
      '             was the old insn',
      '  Distance   +2 from op 2',
      '  Aux        invalidated by op 2 (seen 1, of insn 4)',
      '  zext_dst   0, recomputed by op 2',
      '             written by op 6',
    ]);
  });

  test('the last insn of the patch: born, with the record of the old one', () => {
    expect(textOf(run, nodeOf[4] + 3, 1)[0]).toBe('Not there yet \u2190 born for 4: insn');
    expect(textOf(run, nodeOf[4] + 3, 3)).toEqual([
      'After 7 \u2190 born for 4: insn',
      '  Born      op 2 P1: insn 4 of 4, for insn 4',
      '  Aux       inherited from insn 4 by op 2',
      '  zext_dst  1, recomputed by op 2',
      '            will be written by op 6',
    ]);
  });
});

test('a deleted insn says by which patch, and where jumps to it go now', () => {
  const run = runOf('if r1 == 0 goto gone\n;@prepend r6 = 1\nr0 = 0\n;@remove\ngone:\nr0 = 1\nexit', 'edits');
  const node = run.trace.nodeOf[2];
  expect(textOf(run, node, 1)).not.toContain('Deleted');
  expect(textOf(run, node, run.trace.opCnt)).toEqual([
    'Deleted \u2190 before 2: insn',
    '  Born     there from the beginning',
    '  Deleted  op 3 P2',
    '           jumps to it now go to 3',
  ]);
});

describe('a jump over forty divisions, in an array', () => {
  const source = `if r1 == 0 goto out\n${'r2 /= r3\n'.repeat(40)}out:\nr0 = 0\nexit\n`;
  const run = runOf(source, 'div_guard', 'array');

  test('has a distance more with every op', () => {
    const source = tableSourceOf(run);
    const history = distancesOf(source.trace, source.moments, run.trace.nodeOf[0]);
    expect(history?.from).toEqual(Array.from({ length: 41 }, (_, k) => k));
    expect(history?.distance).toEqual(Array.from({ length: 41 }, (_, k) => 40 + 3 * k));
  });

  test('lists those about the moment, and counts the others', () => {
    expect(textOf(run, run.trace.nodeOf[0], 20).slice(2, 16)).toEqual([
      '  Distance  +40 op 0',
      '            +43 at op 1',
      '            +46 at op 2',
      '            +49 at op 3',
      '            \u2026 14 more',
      '            +94 at op 18',
      '            +97 at op 19',
      '            +100 at op 20',
      '            +103 will be, at op 21',
      '            +106 will be, at op 22',
      '            \u2026 16 more',
      '            +157 will be, at op 39',
      '            +160 will be, from op 40',
      '  Aux       kept',
    ]);
  });
});

test('a jump that would reach too far says what it would have been, and who refused', () => {
  const source = `if r1 == 0 goto out\n${'r2 /= r3\n'.repeat(200)}${'r3 = 1\n'.repeat(32_000)}out:\nr0 = 0\nexit\n`;
  for (const style of ['list', 'array']) {
    const run = runOf(source, 'div_guard', style);
    const { opCnt, refused } = run.trace;
    expect(refused?.code).toBe('ERANGE');
    const lines = textOf(run, run.trace.nodeOf[0], opCnt);
    expect(lines.join('\n')).toMatch(new RegExp(`\\+32,\\d{3} does not fit: refused by op ${opCnt}`));
  }
});
