/** Would catch: a wrong exit status, a problem that is not said where it is, and passes run in another order than asked. */
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { type Io, nodeIo } from '../../../src/cli/io.ts';
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
    const again = await ran(['asm'], slots.asm);
    expect(again.out).toBe(slots.hex);
  });

  it('the seed and nothing else decides the random numbers', async () => {
    const blinded = async (...more: string[]): Promise<string> =>
      (await ran(['run', '--pass', 'blind', ...more], DIVIDE)).out;
    expect(await blinded('--seed', '7')).toBe(await blinded('--seed', '0x7', '--algorithm', 'array'));
    expect(await blinded('--seed', '7')).not.toBe(await blinded('--seed', '8'));
  });

  it('--share: one list for all passes gives the same program, and says which list each had', async () => {
    const run = (...more: string[]) =>
      ran(['run', '--pass', 'div_guard,zext,blind', ...more], `${DIVIDE}w0 += 1\nexit\n`);
    const [shared, apart] = [await run('--share'), await run()];
    expect(shared).toEqual({ ...apart, status: 0, err: '' });
    const json = JSON.parse((await run('--share', '--format', 'json')).out);
    expect(json.passes.map(({ pass, list }: { pass: string; list: number }) => [pass, list])).toEqual([
      ['div_guard', 0],
      ['zext', 0],
      ['blind', 0],
    ]);
  });

  it.each([
    [
      'records that insns of another pass have not',
      'div_guard,nops,rnd_hi32',
      [],
      /^run: --share: rnd_hi32 .*div_guard.*R22/,
    ],
    ['records behind all kinds of passes of Linux', 'zext,pipeline', [], /^run: --share: hard_wire .* zext/],
    [
      'rules of others',
      'nops,nops',
      ['--semantics', 'rfc-2019'],
      /^run: --semantics rfc-2019 .*leave --share out/,
    ],
  ] as const)('--share is refused for %s', async (_, passes, more, said) => {
    const got = await ran(['run', '--share', '--pass', passes, ...more], DIVIDE);
    expect(got).toMatchObject({ status: 2, out: '', err: expect.stringMatching(said) });
    expect(got.err.trim().split('\n')).toHaveLength(1);
  });

  it('takes lists of passes and pipelines, each of which works on what the one before it left', async () => {
    const dead = 'r0 = 1\nif r0 == 1 goto +1\nr0 /= r0\nr0 /= r0\nexit\n';
    const json = JSON.parse(
      (await ran(['run', '--pass', 'pipeline,div_guard,nops', '--format', 'json'], dead)).out,
    );
    expect(
      json.passes.map(({ pass, patches }: { pass: string; patches: number }) => [pass, patches]),
    ).toEqual([
      ['hard_wire', 1],
      ['dead_code', 1],
      ['nops', 1],
      ['div_guard', 1],
      ['nops', 0],
    ]);
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
    ['an empty list of passes', ['--pass', '']],
    ['a list of nothing', ['--pass', ',,']],
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

  it('patch points that cannot stand are said where they stand', async () => {
    const got = await ran(['run', '--pass', 'edits'], 'exit\n;@replace r0 = 2\n;@remove\nr0 = 1\nexit\n');
    expect(got).toMatchObject({ status: 1, out: '' });
    expect(got.err).toMatch(/^<stdin>:2:1: error: .+\n<stdin>:3:1: error: .+\n$/);
  });

  it('xlated names what an insn refers to, and reads back as the same bytes', async () => {
    const pseudo = [1, 2, 3, 4, 5, 6, 7].map((src) => `.insn 0x18, r2, r${src}, 0, 11\n.8byte 0`);
    const source = [
      'r1 = 0xffffffff00000001 ll',
      'r2 = map[id:34274][0]+8',
      'r2 = map[fd:7]',
      'r2 = subprog[+19]',
      ...pseudo,
      '.insn 0x18, r2, r1, 0, 7',
      '.8byte 0x500000000',
      'call pc+1',
      'exit',
      ...['r0 = 1', 'exit'],
    ].join('\n');
    const [text, hex] = await Promise.all(
      ['xlated', 'hex'].map(async (format) => ran(['run', '--pass=div_guard', '--format', format], source)),
    );
    expect(text.out).toContain('0: (18) r1 = 0xffffffff00000001\n');
    expect(text.out).toContain('2: (18) r2 = map[id:34274][0]+8\n');
    expect(text.out).toContain('6: (18) r2 = subprog[+19]\n');
    expect((await ran(['asm'], text.out)).out).toBe(hex.out);
    expect(hex.out.trim().split('\n')).toHaveLength(28);
  });

  it('a program that is not there is a wrong input', async () => {
    expect((await ran(['run', '--pass', 'blind', '--prog', 'other'], DIVIDE)).status).toBe(1);
  });
});

describe('what cannot be read', () => {
  it.each([
    ['a folder', tmpdir(), 'EISDIR'],
    ['no file', '/no/such/file', 'ENOENT'],
  ])('%s', async (_, path, code) => {
    let said = '';
    const io: Io = {
      ...nodeIo,
      err: async (text) => {
        said += text;
      },
    };
    expect(await main(['asm', path], io)).toBe(1);
    expect(said).toBe(`${path}: error: cannot be read (${code})\n`);
  });

  it('no message steers the terminal', async () => {
    const { status, err } = await ran(['asm'], '\x1b[2J\u202er1\x9b = 1\n');
    expect(status).toBe(1);
    expect(err).not.toMatch(/[^\P{Cc}\n]|\u202e/u);
    expect(err).toContain('\\u001b');
    const lines = await ran(['asm', '--lines'], '\x1b[2J\n');
    expect(lines.out).toContain('\\u001b');
  });
});

describe('a generated program', () => {
  it('comes from its recipe, with the edits of the recipe, big or small', async () => {
    const small = await ran(['run', '--recipe', 'nops~5', '--pass', 'nops', '--format', 'hex']);
    expect(small).toEqual({ status: 0, out: 'b700000000000000\n9500000000000000\n', err: '' });
    const big = await ran(['run', '--recipe', 'alternating~200002', '--pass', 'edits', '--format', 'hex']);
    expect([big.status, big.err]).toEqual([0, '']);
    expect(big.out.split('\n').length - 1).toBe(100_002);
  });

  it('is said where there is none, and where there is a file besides', async () => {
    const none = await ran(['run', '--recipe', 'nothing~5', '--pass', 'nops']);
    expect(none.status).toBe(1);
    expect(none.err).toContain('there is no recipe');
    expect((await ran(['run', 'x.bpf', '--recipe', 'nops~5', '--pass', 'nops'])).status).toBe(2);
  });
});
