import { expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { slotHex } from '../../../src/isa/describe.ts';
import { run } from '../../../src/pipeline/index.ts';

/** What Linux 6.18.44 (x86-64) made of the first example, loaded as a tc program and read back, never attached. */
const LINUX_6_18 = [
  '6112700000000000',
  '6110a40000000000',
  '1e02060000000000',
  '7400000001000000',
  '5600020000000000',
  'ac22000000000000',
  '0500010000000000',
  '3c02000000000000',
  '2600faff08000000',
  '6321a40000000000',
  'b400000000000000',
  '9500000000000000',
];

test('the first example comes out as a real kernel made it, by all that Linux does', () => {
  const output = run({ source: EXAMPLES[0].source, pass: 'linux', algorithm: 'list', seed: 1 });
  if (!output.ok || !output.result.ok) throw new Error('no result');
  const { insns } = output.result.value.program;
  const ours = Array.from({ length: insns.length / 2 }, (_, i) => slotHex(insns[2 * i], insns[2 * i + 1]));
  expect(ours).toEqual(LINUX_6_18);
  // Both kinds of rewriting took part.
  const busy = output.steps.filter(({ editCnt }) => editCnt !== 0).map(({ pass }) => pass);
  expect(busy).toEqual(['ctx_access', 'fixups']);
});

test('every example assembles without a word of complaint, and its pass changes it', () => {
  for (const { id, source, pass } of EXAMPLES) {
    const output = run({ source, pass, algorithm: 'list', seed: 1 });
    expect(output.diagnostics, id).toEqual([]);
    expect(output.ok && output.edits.cnt, id).toBeGreaterThan(0);
  }
});
