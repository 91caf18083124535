/** The command's form: lines in, lines out, exit status. Would catch an answer out of order or a wrong status. */
import { describe, expect, it } from 'vitest';
import { applyCommand } from '../../../src/cli/apply.ts';

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
        ...{ subprog_ident: [0], subprog_linfo_idx: [0, 0], func_info: [0] },
      },
      {
        ...{ id: 2, ok: true, insns: [MOV, MOV, EXIT], line_info: [], subprogs: [0, 3] },
        ...{ subprog_ident: [0], subprog_linfo_idx: [0, 0], func_info: [0] },
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

  it.each(['polish', 'pipeline'])('a pass that is not there (%s) cannot be answered', async (pass) => {
    const { status, answers } = await apply([], { id: 1, input: { insns: [EXIT], pass } }, grown);
    expect(status).toBe(1);
    expect(answers).toMatchObject([
      { id: 1, ok: false, errno: -95, error: expect.stringContaining('there is no pass') },
      { id: 'a', ok: true },
    ]);
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

  it.each([[['--algorithm', 'magic']], [['--algorithm']], [['--fast']], [['a', 'b']]])(
    'refuses the command line %s',
    async (args) => {
      const { status, out, said } = await apply(args, grown);
      expect([status, out]).toEqual([2, '']);
      expect(said).toMatch(/^apply: /);
    },
  );

  it('helps', async () => {
    expect(await apply(['--help'])).toMatchObject({ status: 0, out: expect.stringContaining('--algorithm') });
  });
});
