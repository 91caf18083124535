/** The command's form: lines in, lines out, exit status. Would catch an answer out of order or a wrong status. */
import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../src/cli/apply.ts';
import { PASSES } from '../../../src/passes/index.ts';
import { PIPELINES } from '../../../src/passes/pipelines.ts';

async function apply(args: readonly string[], ...lines: unknown[]) {
  let out = '';
  let said = '';
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  const status = await applyCommand(args, {
    readInput: async () => text,
    out: async (chunk) => {
      out += chunk;
    },
    err: async (chunk) => {
      said += chunk;
    },
  });
  const answers = args.includes('--help') ? [] : out.split('\n').filter((line) => line !== '');
  return { status, out, said, answers: answers.map((line) => JSON.parse(line)) };
}

const EXIT = [149, 0, 0, 0, 0];
const MOV = [183, 1, 0, 0, 7];
const grown = {
  id: 'a',
  input: {
    insns: [MOV, EXIT],
    line_info: [[0, 1, 2, 3]],
    ops: [{ kind: 'patch', at: 0, insns: [MOV, MOV] }],
  },
};

describe('apply', () => {
  it('answers each case in order, in the form of the conformance cases', async () => {
    const { status, answers } = await apply([], grown, '', {
      id: 2,
      input: { insns: [{ n: 2, i: MOV }, EXIT] },
    });
    expect(status).toBe(0);
    expect(answers).toEqual([
      {
        ...{ id: 'a', ok: true, insns: [MOV, MOV, EXIT], line_info: [[0, 1, 2, 3]], subprogs: [0, 3] },
        ...{ subprog_ident: [0], subprog_linfo_idx: [0, 0], func_info: [0], semantics: 'engine' },
      },
      {
        ...{ id: 2, ok: true, insns: [MOV, MOV, EXIT], line_info: [], subprogs: [0, 3] },
        ...{ subprog_ident: [0], subprog_linfo_idx: [0, 0], func_info: [0], semantics: 'engine' },
      },
    ]);
  });

  it('takes a refused case for an answer', async () => {
    const clash = {
      id: 'x',
      input: { insns: [EXIT], ops: [0, 0].map((at) => ({ kind: 'patch', at, insns: [EXIT] })) },
    };
    expect(await apply([], clash)).toMatchObject({
      status: 0,
      answers: [{ id: 'x', ok: false, errno: -22 }],
    });
  });

  const wrong: readonly [string, unknown, RegExp][] = [
    ['no JSON', '{', /JSON/],
    ['no object', '7', /object/],
    ['no input', { id: 1 }, /input/],
    ['no insns', { id: 1, input: {} }, /insns/],
    ['an insn too short', { id: 1, input: { insns: [[1, 2]] } }, /insn/],
    ['an opcode too big', { id: 1, input: { insns: [[256, 0, 0, 0, 0]] } }, /code/],
    ['aux of another length', { id: 1, input: { insns: [EXIT], aux: [] } }, /aux/],
    ['an unknown op', { id: 1, input: { insns: [EXIT], ops: [{ kind: 'move', at: 0 }] } }, /move/],
    [
      'lines out of order',
      {
        id: 1,
        input: {
          insns: [MOV, EXIT],
          line_info: [
            [1, 0, 0, 0],
            [0, 0, 0, 0],
          ],
        },
      },
      /line_info/,
    ],
    ['a start behind the end', { id: 1, input: { insns: [EXIT], subprogs: [0, 1] } }, /subprogram/],
  ];
  it.each(wrong)('says what is wrong with %s, and goes on', async (_, line, message) => {
    const { status, answers } = await apply([], line, grown);
    expect(status).toBe(1);
    expect(answers[0]).toMatchObject({ ok: false, errno: -22 });
    expect(answers[0].error).toMatch(message);
    expect(answers[1]).toMatchObject({ id: 'a', ok: true });
  });

  it('a pass that is not there cannot be answered', async () => {
    const polish = { id: 1, input: { insns: [EXIT], pass: 'polish' } };
    const { status, answers } = await apply([], polish, grown);
    expect(status).toBe(1);
    expect(answers).toMatchObject([
      {
        id: 1,
        ok: false,
        errno: -95,
        error: expect.stringMatching(/no pass "polish".* div_guard, .*pipeline/),
      },
      { id: 'a', ok: true },
    ]);
  });

  it('answers for every pass and pipeline there is, with records and without', async () => {
    const ids = [...PASSES, ...PIPELINES].map(({ id }) => id);
    const insns = [MOV, [0x3c, 0, 1, 0, 0], [5, 0, 0, 0, 0], EXIT];
    const aux = insns.map((_, k) => [k, Number(k !== 2), 1, 0, 0, 0]);
    const cases = ids.flatMap((pass) => [
      { id: pass, input: { insns, pass, aux } },
      { id: pass, input: { insns, pass } },
    ]);
    for (const algorithm of ['stream', 'array']) {
      const { status, answers } = await apply(['--algorithm', algorithm], ...cases);
      expect(status).toBe(0);
      expect(answers.map(({ id, ok }) => [id, ok])).toEqual(
        ids.flatMap((id) => [
          [id, true],
          [id, true],
        ]),
      );
      // What each makes of it, so that a name is not answered with the program as it was.
      const cnt = (id: string): number[] =>
        answers.filter((one) => one.id === id).map((one) => one.insns.length);
      expect(cnt('dead_code')).toEqual([3, 4]);
      expect(cnt('nops')).toEqual([3, 3]);
      expect(cnt('div_guard')).toEqual([7, 7]);
      expect(cnt('zext')).toEqual([5, 4]);
      expect(cnt('blind')).toEqual([6, 6]);
      expect(cnt('pipeline')).toEqual([3, 3]);
    }
  });

  it('a pass patches at the layer of its kernel function', async () => {
    const [guarded, blinded] = ['div_guard', 'blind'].map((pass) => ({ input: { insns: [EXIT], pass } }));
    const { answers } = await apply([], guarded, blinded);
    expect(answers[0]).toHaveProperty('subprogs');
    expect(answers[1]).not.toHaveProperty('subprogs');
  });

  it('adds the work where it is asked for', async () => {
    const { answers } = await apply(['--work', '--algorithm=array'], grown);
    expect(answers[0].work).toMatchObject({ scan: 3, line: 1 });
  });

  it('several passes go by one name', async () => {
    const nops = { n: 3, i: [5, 0, 0, 0, 0] };
    const { answers } = await apply([], { id: 1, input: { insns: [nops, EXIT], pass: 'pipeline' } });
    expect(answers).toMatchObject([{ id: 1, ok: true, insns: [EXIT] }]);
  });

  it('a patch that ends in the jump it replaces is of the core layer', async () => {
    const at = (insns: number[][]) => [{ kind: 'patch', at: 0, insns, jump_last: true }];
    const { answers } = await apply([], {
      id: 1,
      input: { insns: [[5, 0, 0, 0, 0], EXIT], ops: at([MOV, [5, 0, 0, 0, 0]]) },
    });
    const insns = [MOV, [5, 0, 0, 0, 0], EXIT];
    expect(answers[0]).toEqual({ id: 1, ok: true, insns, line_info: [], semantics: 'engine' });
  });

  it.each([
    [['--semantics', 'linux-6.1'], 'linux-6.1', [0, 2]],
    [['--semantics=rfc-2019'], 'rfc-2019', [0, 2]],
    [['--algorithm', 'rfc'], 'rfc-2019', [0, 2]],
    [['--algorithm', 'rfc', '--semantics', 'rfc-2019'], 'rfc-2019', [0, 2]],
    [['--algorithm', 'array', '--semantics', 'engine'], 'engine', undefined],
    [['--semantics', 'engine'], 'engine', undefined],
  ])('%j: results name whose rules they follow, and tell the map', async (args, semantics, idxMap) => {
    const { status, answers } = await apply(
      args,
      grown,
      { id: 2, input: { insns: [EXIT], ops: [{ kind: 'remove', at: 1 }] } },
      '{',
    );
    expect(status).toBe(1);
    // What our own rules refuse is answered with an errno and nothing else.
    const refused = semantics === 'engine' ? undefined : semantics;
    expect(answers.map((answer) => answer.semantics)).toEqual([semantics, refused, refused]);
    expect(answers.map(({ ok }) => ok)).toEqual([true, false, false]);
    expect(answers[0].idx_map).toEqual(idxMap);
  });

  it('tells of insns that the RFC writes behind the buffer', async () => {
    const ops = [
      { kind: 'patch', at: 0, insns: [MOV, MOV] },
      { kind: 'remove', at: 1 },
    ];
    const { answers } = await apply(['--algorithm', 'rfc'], {
      id: 1,
      input: { insns: [MOV, MOV, EXIT], ops },
    });
    expect(answers[0]).toMatchObject({ ok: true, insns: [MOV, MOV, MOV], overrun: 1 });
    expect(answers[0]).not.toHaveProperty('idx_map');
  });

  const far = { insns: [[21, 1, 0, 32767, 0], [63, 1, 2, 0, 0], { n: 32766, i: [191, 1, 1, 0, 0] }, EXIT] };
  it.each([
    ['div_guard', 'engine', -34],
    ['div_guard', 'linux-6.1', -12],
    ['div_guard', 'linux-6.18', -12],
    ['div_guard', 'rfc-2019', -34],
  ])('a distance too long for %s is answered by %s with %i', async (pass, semantics, errno) => {
    const { status, answers } = await apply(['--semantics', semantics], { id: 1, input: { ...far, pass } });
    expect(status).toBe(0);
    expect(answers).toMatchObject([{ id: 1, ok: false, errno }]);
  });

  it('the core layer keeps its errno, and tells what was drawn before', async () => {
    const insns = [[21, 1, 0, 32767, 0], [183, 1, 0, 0, 5], { n: 32766, i: [191, 1, 1, 0, 0] }, EXIT];
    const one = { id: 1, input: { insns, pass: 'blind', rnd: [1] } };
    const [theirs, ours] = [await apply(['--semantics', 'linux-6.1'], one), await apply([], one)];
    expect(theirs.answers).toEqual([
      { id: 1, ok: false, errno: -34, rnd_used: 32769, semantics: 'linux-6.1' },
    ]);
    expect(ours.answers).toEqual([{ id: 1, ok: false, errno: -34 }]);
  });

  it.each([
    [['--algorithm', 'list', '--semantics', 'linux-6.1'], /linux-6\.1 has an algorithm of its own/],
    [['--algorithm', 'rfc', '--semantics', 'linux-6.18'], /linux-6\.18 has an algorithm of its own/],
    [['--algorithm', 'rfc', '--semantics', 'engine'], /rfc does not follow the rules of engine/],
    [['--semantics', 'linux-2.4'], /--semantics wants one of engine, /],
    [['--algorithm', 'mainline-6.1'], /--algorithm wants one of /],
  ])('says what is wrong with %j', async (args, message) => {
    const { status, out, said } = await apply(args, grown);
    expect([status, out]).toEqual([2, '']);
    expect(said).toMatch(message);
  });

  it.each([[['--algorithm', 'magic']], [['--algorithm']], [['--fast']], [['a', 'b']]])(
    'refuses the command line %s',
    async (args) => {
      const { status, out, said } = await apply(args, grown);
      expect([status, out]).toEqual([2, '']);
      expect(said).toMatch(/^apply: /);
    },
  );

  it('helps', async () => {
    const { status, out } = await apply(['--help']);
    expect(status).toBe(0);
    for (const option of ['--algorithm', '--semantics', '--work']) expect(out).toContain(`  ${option} `);
    for (const id of ['engine', 'linux-6.1', 'linux-6.18', 'rfc-2019']) expect(out).toContain(id);
    expect(Math.max(...out.split('\n').map((line) => line.length))).toBeLessThanOrEqual(130);
  });
});
