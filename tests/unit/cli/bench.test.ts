/**
 * Would catch: lines of `bench --json` in another form than is promised, a wrong exit status, an algorithm that is left out
 * without a word, and yardsticks in C that do other work than the engine, so that comparing times would mean nothing.
 */
import { describe, expect, it } from 'vitest';
import { MIXES, patchedOnce, resultFile, workFile } from '../../../src/bench/index.ts';
import { benchCommand } from '../../../src/cli/bench.ts';
import { buildYardsticks, YARDSTICKS } from '../../../src/cli/bench-native.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';

/** A clock that goes on by so much whenever somebody looks, and a memory that never changes. */
function machineOf(tick: number) {
  let time = 0;
  return {
    now: () => {
      time += tick;
      return time;
    },
    memoryUsed: () => 0,
    collect: () => {},
  };
}

/** A tick of 60 ms lets everything be done a few times only. */
async function ran(args: readonly string[], tick = 60) {
  let [out, err] = ['', ''];
  const io = {
    readInput: async () => '',
    out: async (text: string) => {
      out += text;
    },
    err: async (text: string) => {
      err += text;
    },
  };
  const status = await benchCommand(args, io, machineOf(tick));
  return { status, out, err };
}

const KEYS = ['algorithm', 'mix', 'layer', 'n', 'ms', 'nsPerInsn', 'work', 'peakBytes'];

describe('bpf-patch bench', () => {
  it('writes a line of JSON for each algorithm, mix and size', async () => {
    const { status, out, err } = await ran('--json --n 2,4 --mix every,some --rounds 2'.split(' '));
    expect({ status, err }).toEqual({ status: 0, err: '' });
    const rows = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map(({ mix, n, algorithm }) => `${mix} ${n} ${algorithm}`)).toEqual(
      ['every', 'some'].flatMap((mix) =>
        [2, 4].flatMap((n) => ALGORITHMS.map(({ id }) => `${mix} ${n} ${id}`)),
      ),
    );
    for (const row of rows) {
      expect(Object.keys(row).sort()).toEqual([...KEYS].sort());
      expect(row.layer).toBe('verifier');
      for (const key of ['n', 'ms', 'nsPerInsn', 'work', 'peakBytes']) expect(row[key]).toBeTypeOf('number');
    }
  });

  it('writes a table for people', async () => {
    const { status, out } = await ran([
      '--n',
      '10',
      '--mix',
      'some',
      '--algorithm',
      'stream,list',
      '--rounds',
      '2',
    ]);
    expect(status).toBe(0);
    expect(out.split('\n')[0]).toBe('some: 20 % patched, 5 % deleted, 10 insns');
    expect(out).toMatch(/^ {2}stream \(batch\) .*\n {2}list /m);
  });

  it('leaves out what takes too long, and says so', async () => {
    // Each look at the clock takes half a second, and the array way looks after each edit.
    const { status, out, err } = await ran(
      ['--json', '--n', '100', '--mix', 'every', '--algorithm', 'array'],
      500,
    );
    expect(status).toBe(0);
    expect(out).toBe('');
    expect(err).toBe('bench: array is left out of every with 100 insns: one run takes more than 2 s\n');
  });

  it('says what has to be refused', async () => {
    const { status, out, err } = await ran(['--json', '--mix', 'max-jump', '--algorithm', 'stream']);
    expect({ status, out }).toEqual({ status: 0, out: '' });
    expect(err).toMatch(/^bench: max-jump is left out: it has to be refused \(.+\)\n$/);
  });

  it.each([
    ['no insns', ['--n', '0']],
    ['too many insns', ['--n', '1000001']],
    ['no rounds', ['--rounds', '0']],
    ['no number', ['--n', '10,many']],
    ['an unknown mix', ['--mix', 'every,none']],
    ['an unknown algorithm', ['--algorithm', 'magic']],
    ['an unknown option', ['--fast']],
    ['a file', ['program.s']],
  ])('refuses %s', async (_, args) => {
    const { status, out, err } = await ran(args);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err).toMatch(/^bench: .+\n$/);
  });

  it('says what it does', async () => {
    const { status, out } = await ran(['--help']);
    expect(status).toBe(0);
    expect(out).toContain('--native');
  });
});

const yardsticks = buildYardsticks();

describe.skipIf(yardsticks === null)('yardsticks in C', () => {
  it.each(MIXES.map((mix) => [mix.id, mix] as const))('do the work of the engine: %s', async (_, mix) => {
    const work = mix.build(1_000);
    const file = workFile(work, mix.isComputed);
    if (typeof file === 'string' || yardsticks === null) return expect(file).toBe('an insn has two edits');
    const expected = Buffer.from(resultFile(patchedOnce(work, ALGORITHMS[0], 'verifier').program));
    const open = await yardsticks.open(file);
    try {
      for (const name of [...YARDSTICKS, ...(mix.id === 'blind' ? [] : ['array'])]) {
        const result = Buffer.from(await open.result(name));
        expect(Buffer.compare(result, expected), name).toBe(0);
      }
      const round = await open.round();
      expect(Object.keys(round)).toEqual([...YARDSTICKS, 'memcpy']);
    } finally {
      open.close();
    }
  });
});
