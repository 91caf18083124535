/** Would catch: a step left out between text and trace, a seed that does not decide, and agreement that is claimed unasked. */
import { describe, expect, it } from 'vitest';
import type { Layer } from '../../../src/patch/algorithm.ts';
import { AUX_SOURCE, agreement, CATALOG, chain, type RunDone, run } from '../../../src/pipeline/index.ts';
import { auxAt, slotCnt } from '../../../src/program/program.ts';
import { linesOf } from '../passes/shared.ts';

const DIVIDE = ['r0 = 7', 'if r1 == 0 goto +1', 'r0 /= r2', 'exit', ''].join('\n');
const input = { source: DIVIDE, pass: 'div_guard', algorithm: 'list', seed: 1 };

function done(output: ReturnType<typeof run>): RunDone {
  if (!output.ok) throw new Error(output.diagnostics.map(({ message }) => message).join('\n'));
  return output;
}

const refusedText = (): string =>
  [
    'r0 = 1',
    `if r1 == 0 goto +${32766}`,
    ...Array.from({ length: 32766 }, () => 'r0 = r0'),
    'r0 /= r2',
    'exit',
  ]
    .join('\n')
    .replace('r0 = r0', 'r0 /= r2');

describe('run', () => {
  it('text to trace: one division becomes four insns, and the jump over it follows', () => {
    const output = done(run(input));
    expect(output.edits.cnt).toBe(1);
    expect(output.rndUsed).toBe(0);
    expect(output.trace).toMatchObject({ style: 'list', inputCnt: 4, nodeCnt: 7, refused: null });
    const { result } = output;
    if (!result.ok) throw new Error(result.error.message);
    expect(linesOf(result.value.program.insns)).toEqual([
      'b7 d0 s0 off 0 imm 7',
      '15 d1 s0 off 4 imm 0',
      '55 d2 s0 off 2 imm 0',
      'ac d0 s0 off 0 imm 0',
      '05 d0 s0 off 1 imm 0',
      '3f d0 s2 off 0 imm 0',
      '95 d0 s0 off 0 imm 0',
    ]);
    expect(auxAt(result.value.program.aux!, 5)).toMatchObject({ origIdx: 2, seen: 1 });
    expect(auxAt(result.value.program.aux!, 2)).toMatchObject({ origIdx: 0, seen: 1 });
    expect(Array.from(output.auxSource.ptrType)).toEqual([0, 0, 0, 0]);
    expect(output.auxSource.seen[0]).toBe(AUX_SOURCE.COMPUTED);
  });

  it('the array algorithm is shown in its own style', () => {
    expect(done(run({ ...input, algorithm: 'array' })).trace.style).toBe('array');
  });

  it('the seed decides the random numbers', () => {
    const words = (seed: number): Int32Array => done(run({ ...input, pass: 'blind', seed })).edits.insns;
    expect(words(1)).toEqual(words(1));
    expect(words(1)).not.toEqual(words(2));
    expect(done(run({ ...input, pass: 'blind' })).rndUsed).toBe(4);
  });

  it('a whole program keeps its aux when it is blinded, one function in the core layer does not', () => {
    const auxIn = (layer?: Layer): boolean => {
      const { result } = done(run({ ...input, pass: 'blind', ...(layer && { layer }) }));
      return result.ok && result.value.program.aux !== null;
    };
    expect(auxIn()).toBe(true);
    expect(auxIn('verifier')).toBe(true);
    expect(auxIn('core')).toBe(false);
  });

  it('is data through and through, so it can cross from a worker to a page', () => {
    const output = run(input);
    expect(structuredClone(output)).toEqual(output);
  });

  it('errors in the text stop everything behind the assembly', () => {
    const output = run({ ...input, source: 'r0 = 1\nr0 = banana\nexit\n' });
    expect(output.ok).toBe(false);
    expect(slotCnt(output.assembly.program)).toBe(3);
    expect(output.diagnostics.filter(({ severity }) => severity === 'error')).toHaveLength(1);
    expect(output).not.toHaveProperty('trace');
  });

  it('ids that name nothing are said, with those that do', () => {
    for (const wrong of [{ pass: 'polish' }, { algorithm: 'magic' }]) {
      const output = run({ ...input, ...wrong });
      expect(output.ok).toBe(false);
      const [[kind, id]] = Object.entries(wrong);
      expect(output.diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
        [`there is no ${kind} "${id}" here`, expect.stringMatching(/^choose one of \w+, \w+/)],
      ]);
    }
  });

  it('a text too long is refused with the number and the limit', () => {
    const output = run({ ...input, source: ' '.repeat(64 * 1024 * 1024 + 1) });
    expect(output.ok).toBe(false);
    expect(output.diagnostics[0].message).toMatch(/65 MB.*64 MB/);
  });

  it('a refusal is a result with a trace', () => {
    const output = done(run({ ...input, source: refusedText() }));
    expect(output.result).toMatchObject({ ok: false, error: { code: 'ERANGE', at: 1 } });
    expect(output.trace.refused).toMatchObject({ code: 'ERANGE' });
  });

  it.each([
    ['two of one insn', ';@replace r0 = 2\n;@remove\nr0 = 1\nexit\n', [';@replace r0 = 2', ';@remove']],
    ['too many removed', 'r0 = 1\n;@prepend r1 = 1\n;@remove 9\nexit\n', [';@remove 9']],
    [
      'behind a patched 64-bit constant, which is two edits',
      ';@replace r0 = 1\nr0 = 5 ll\n;@replace r0 = 2\n;@remove\nr0 = 1\nexit\n',
      [';@replace r0 = 2', ';@remove'],
    ],
    [
      'a patched 64-bit constant twice: one problem a directive',
      ';@replace r0 = 1\n;@remove\nr0 = 5 ll\nexit\n',
      [';@replace r0 = 1', ';@remove'],
    ],
  ])('patch points that cannot stand are errors in the text: %s', (_, source, directives) => {
    const ids = { ...input, source, pass: 'edits' };
    for (const output of [run(ids), chain({ ...ids, passes: ['edits'] })]) {
      expect(output.ok).toBe(false);
      const found = output.diagnostics.filter(({ code }) => code === 'einval');
      expect(found.map(({ from, to }) => source.slice(from, to).trim())).toEqual(directives);
      for (const { severity, message, hint } of found)
        expect([severity, message, hint]).toEqual(['error', expect.stringMatching(/./), expect.any(String)]);
    }
  });

  it('every pass runs on an empty program and on one without anything to do', () => {
    for (const { id } of CATALOG.passes) {
      for (const source of ['', 'r0 = r1\nexit\n']) {
        const { result, edits } = done(run({ ...input, source, pass: id }));
        expect({ id, ok: result.ok, cnt: edits.cnt }).toEqual({ id, ok: true, cnt: 0 });
      }
    }
  });
});

describe('what no type of program is stated for', () => {
  const LOAD = 'r0 = *(u32 *)(r1 +8)\nexit\n';
  const codes = (source: string, pass: string): string[] =>
    run({ ...input, source, pass }).diagnostics.map(({ code }) => code);

  it('is said where a pass would have rewritten accesses to the context, and only there', () => {
    expect(codes(LOAD, 'linux')).toEqual(['no-prog-type']);
    expect(codes(`.prog tc\n${LOAD}`, 'linux')).toEqual([]);
    expect(codes(LOAD, 'blind')).toEqual([]);
    expect(codes('r0 = 0\nexit\n', 'linux')).toEqual([]);
  });

  it('accesses that the verifier refuses are named, where they stand', () => {
    const source = `.prog tc\nr0 = *(u32 *)(r1 +3)\nexit\n`;
    const [only, ...others] = run({ ...input, source, pass: 'linux' }).diagnostics;
    expect([only.code, source.slice(only.from, only.to), others]).toEqual([
      'refused-access',
      'r0 = *(u32 *)(r1 +3)',
      [],
    ]);
  });
});

describe('agreement', () => {
  it('says who came to the same result', () => {
    expect(agreement(done(run(input)))).toMatchObject({
      verdict: 'same',
      text: 'same result: list = array = batch, 7 insns',
      skipped: [],
    });
  });

  it('says it of refusals too', () => {
    const text = agreement(done(run({ ...input, source: refusedText() }))).text;
    expect(text).toBe('same result: list = array = batch, refused with ERANGE at insn 1');
  });

  it('does not speak for an algorithm that was left out', () => {
    const { text, skipped, ran } = agreement(done(run(input)), undefined, { maxTouches: 3 });
    expect(text).toBe('same result: list = batch, 7 insns; array not run: 4 insns × 1 patches is above 3');
    expect(skipped.map(({ id }) => id)).toEqual(['array']);
    expect(ran).toEqual(['list', 'stream', 'list-pooled', 'target-pointers', 'patcher-map']);
  });

  it('reports before each algorithm', () => {
    const said: string[] = [];
    agreement(done(run(input)), ({ name, done, total }) => said.push(`${name} ${done}/${total}`));
    expect(said).toEqual([
      ...['patching with list 0/6', 'patching with array 1/6', 'patching with batch 2/6'],
      ...[
        'patching with pooled list 3/6',
        'patching with target pointers 4/6',
        'patching with patcher map 5/6',
      ],
    ]);
  });

  it('counts the work of each', () => {
    expect(Object.keys(agreement(done(run(input))).work).toSorted()).toEqual(
      CATALOG.algorithms.map(({ id }) => id).toSorted(),
    );
  });
});

describe('chain', () => {
  it('each pass works on what the one before it left', () => {
    const output = chain({ ...input, passes: ['div_guard', 'blind'] });
    if (!output.ok || !output.result.ok) throw new Error('refused');
    // 7 insns after the guard, of which the two constants compared and the one moved are blinded: 3 x 3.
    expect(slotCnt(output.result.value.program)).toBe(7 + 3 * 2);
    expect(output.steps.map(({ pass, editCnt, rndUsed }) => [pass, editCnt, rndUsed])).toEqual([
      ['div_guard', 1, 0],
      ['blind', 3, 7],
    ]);
  });

  it('no pass at all is the program as it is', () => {
    const output = chain({ ...input, passes: [] });
    expect(output.ok && output.result.ok && slotCnt(output.result.value.program)).toBe(4);
  });
});
