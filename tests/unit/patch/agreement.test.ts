/** What is said of several algorithms. Would catch a difference not told, told of the wrong one, and one asked twice. */
import { describe, expect, it } from 'vitest';
import { ok } from '../../../src/base/result.ts';
import { agreementOf, DEFAULT_BUDGET } from '../../../src/patch/agreement.ts';
import type { Algorithm, Patched } from '../../../src/patch/algorithm.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram } from '../../../src/program/program.ts';

const program = makeProgram({ insns: Int32Array.of(0xb7, 1, 0xb7, 2, 0x95, 0) });
const edits = editsFromOps([{ kind: 'replace', at: 1, insns: Int32Array.of(0xb7, 3, 0xb7, 4) }]);

/** Does the work as stream does, and tells the result otherwise. */
const retelling = (label: string, tell: (patched: Patched) => Patched): Algorithm => ({
  ...stream,
  ...{ id: label, label },
  open(source, options) {
    const patching = stream.open(source, options);
    return {
      ...patching,
      finish() {
        const result = patching.finish();
        return result.ok ? ok(tell(result.value)) : result;
      },
    };
  },
});
const otherImm = retelling('other imm', (patched) => {
  const insns = patched.program.insns.slice();
  insns[5] ^= 1;
  return { ...patched, program: { ...patched.program, insns } };
});
const otherStart = retelling('other start', (patched) => {
  const subprogs = { ...patched.program.subprogs, start: Int32Array.of(1) };
  return { ...patched, program: { ...patched.program, subprogs } };
});

const textOf = (algorithms: readonly Algorithm[]): string =>
  agreementOf(algorithms, program, edits, 'verifier', DEFAULT_BUDGET).text;

describe('the sentence', () => {
  it('names the registry from its end, the one computed with last', () => {
    expect(textOf(ALGORITHMS)).toBe('same result: list = array = batch, 4 insns');
  });
  it('counts insns, not slots', () => {
    const one = makeProgram({ insns: Int32Array.of(0x18, 1, 0, 2) });
    const none = editsFromOps([]);
    const said = (source: typeof one): string =>
      agreementOf(ALGORITHMS, source, none, 'verifier', DEFAULT_BUDGET).text;
    expect(said(one)).toBe('same result: list = array = batch, 1 insn');
    expect(said(makeProgram({ insns: new Int32Array(0) }))).toBe(
      'same result: list = array = batch, 0 insns',
    );
  });
  it.each([
    [otherImm, 'results differ at insn 2 (list, other imm)'],
    [otherStart, 'results differ in subprogs.start, row 0 (list, other start)'],
  ])('says where one parts from the first', (liar, text) => {
    expect(textOf([liar, ...ALGORITHMS])).toBe(text);
    expect(agreementOf([liar, stream], program, edits, 'verifier', DEFAULT_BUDGET).verdict).toBe('differ');
  });
});

it('hears of each algorithm once', () => {
  const said: string[] = [];
  agreementOf(ALGORITHMS, program, edits, 'verifier', DEFAULT_BUDGET, ({ name, done, total }) =>
    said.push(`${name} ${done}/${total}`),
  );
  expect(said.toSorted()).toEqual(
    said
      .map((_, done) => ALGORITHMS.map(({ label }) => `patching with ${label} ${done}/${ALGORITHMS.length}`))
      .map((choices) => choices.find((choice) => said.includes(choice)))
      .toSorted(),
  );
  expect(said.length).toBe(ALGORITHMS.length);
});

it('leaves out whatever reads the whole program for each edit, when that is too much', () => {
  const slow: Algorithm = { ...stream, id: 'slow', label: 'slow', readsAllPerEdit: true };
  const { text, ran, skipped } = agreementOf([stream, slow], program, edits, 'verifier', { maxTouches: 2 });
  expect(text).toBe('same result: batch, 4 insns; slow not run: 3 insns × 1 patches is above 2');
  expect([ran, skipped.map(({ id }) => id)]).toEqual([['stream'], ['slow']]);
});
