/** Would catch: a wrong exit status, a problem that is not said where it is, and passes run in another order than asked. */
import { describe, expect, it } from 'vitest';
import type { Io } from '../../../src/cli/io.ts';
import { main } from '../../../src/cli/main.ts';
import { FORMATS } from '../../../src/cli/program-text.ts';

interface Ran {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function ran(args: readonly string[], stdin = ''): Promise<Ran> {
  let [out, err] = ['', ''];
  const io: Io = {
    readInput: async () => stdin,
    out: async (text) => {
      out += text;
    },
    err: async (text) => {
      err += text;
    },
  };
  const status = await main(args, io);
  return { status, out, err };
}

const DIVIDE = 'r0 = 7\nif r1 == 0 goto +1\nr0 /= r2\nexit\n';

describe('bpf-patch', () => {
  it.each([
    ['nothing', [], 2],
    ['no such command', ['fly'], 2],
    ['a name every object has', ['toString'], 2],
    ['--help', ['--help'], 0],
    ['run --help', ['run', '--help'], 0],
    ['apply --help', ['apply', '--help'], 0],
  ] as const)('%s', async (_, args, status) => {
    const got = await ran(args);
    expect(got.status).toBe(status);
    expect(status === 0 ? got.out : got.err).toMatch(/\S/);
    expect(status === 0 ? got.err : got.out).toBe('');
  });
});

describe('bpf-patch run', () => {
  it('guards a division', async () => {
    const got = await ran(['run', '--pass', 'div_guard', '--format', 'xlated'], DIVIDE);
    expect(got).toEqual({
      status: 0,
      err: '',
      out: [
        '   0: (b7) r0 = 7',
        '   1: (15) if r1 == 0x0 goto pc+4',
        '   2: (55) if r2 != 0x0 goto pc+2',
        '   3: (ac) w0 ^= w0',
        '   4: (05) goto pc+1',
        '   5: (3f) r0 /= r2',
        '   6: (95) exit',
        '',
      ].join('\n'),
    });
  });

  it('every format says the same program, and asm reads back', async () => {
    const slots: Record<string, string> = {};
    for (const format of FORMATS)
      slots[format] = (await ran(['run', '--pass=div_guard', `--format=${format}`], DIVIDE)).out;
    expect(slots.hex.trim().split('\n')).toHaveLength(7);
    expect(slots.hex).toContain('3f20000000000000');
    expect(JSON.parse(slots.json)).toMatchObject({
      passes: [{ pass: 'div_guard', patches: 1, rnd_used: 0 }],
      insns: expect.arrayContaining([[0x3f, 0, 2, 0, 0]]),
      subprogs: [0, 7],
    });
    const again = await ran(['run', '--pass=', '--format=hex'], slots.asm);
    expect(again.out).toBe(slots.hex);
  });

  it('the seed and nothing else decides the random numbers', async () => {
    const blinded = async (...more: string[]): Promise<string> =>
      (await ran(['run', '--pass', 'blind', ...more], DIVIDE)).out;
    expect(await blinded('--seed', '7')).toBe(await blinded('--seed', '0x7', '--algorithm', 'array'));
    expect(await blinded('--seed', '7')).not.toBe(await blinded('--seed', '8'));
  });

  it('problems in the text are said where they are', async () => {
    const got = await ran(['run', '--pass', 'blind', 'prog.s'], 'r0 = 1\n  r0 = r99\nexit\n');
    expect(got).toMatchObject({ status: 1, out: '' });
    expect(got.err).toMatch(/^prog\.s:2:\d+: error: /);
  });

  it('a refused patch is said at the line of the jump', async () => {
    const far = `r0 = 1\nif r1 == 0 goto +32767\n${'r0 /= r2\n'.repeat(32767)}exit\n`;
    const got = await ran(['run', '--pass', 'div_guard'], far);
    expect(got).toMatchObject({ status: 1, out: '' });
    expect(got.err).toMatch(/^<stdin>:2:1: error: ERANGE: /);
  });

  it.each([
    ['no pass', []],
    ['a pass that is none', ['--pass', 'polish']],
    ['a format that is none', ['--pass', 'blind', '--format', 'pdf']],
    ['an algorithm that is none', ['--pass', 'blind', '--algorithm', 'magic']],
    ['a seed that is none', ['--pass', 'blind', '--seed', '-1']],
    ['a seed too big', ['--pass', 'blind', '--seed', '4294967296']],
    ['an option that is none', ['--pass', 'blind', '--fast']],
    ['an option without its value', ['--pass']],
    ['two files', ['--pass', 'blind', 'a', 'b']],
  ])('%s is a wrong command line', async (_, args) => {
    expect(await ran(['run', ...args], DIVIDE)).toMatchObject({
      status: 2,
      out: '',
      err: expect.stringMatching(/\S/),
    });
  });

  it('a program that is not there is a wrong input', async () => {
    expect((await ran(['run', '--pass', 'blind', '--prog', 'other'], DIVIDE)).status).toBe(1);
  });
});
