/** The two commands between text and bytes, as a shell sees them: output, messages, exit status. */
import { describe, expect, test } from 'vitest';
import { asmCommand } from '../../../src/cli/asm.ts';
import { disasmCommand } from '../../../src/cli/disasm.ts';

type Command = typeof asmCommand;
async function run(command: Command, input: string, ...args: string[]): Promise<[number, string, string]> {
  let out = '';
  let err = '';
  const status = await command(args, {
    readInput: () => Promise.resolve(input),
    out: (text) => {
      out += text;
      return Promise.resolve();
    },
    err: (text) => {
      err += text;
      return Promise.resolve();
    },
  });
  return [status, out, err];
}

describe('asm', () => {
  test('writes one slot a line', async () => {
    expect(await run(asmCommand, 'r1 = 5 ll\nexit\n')).toEqual([
      0,
      `${'18010000050000000000000000000000'.replace(/(.{16})/g, '$1\n')}9500000000000000\n`,
      '',
    ]);
  });

  test('writes nothing but messages when the text is wrong', async () => {
    expect(await run(asmCommand, 'exit\n  r1 = r16\n', 'prog.s')).toEqual([
      1,
      '',
      'prog.s:2:8: error: there is no register r16 (registers are r0–r10, and w0–w10 for their low 32 bits)\n',
    ]);
  });

  test('--lines: as many lines out as in, each a program of its own, whatever is in them', async () => {
    const input = 'exit\n\nr1 = 5\texit\nnonsense\ngoto out\nout: exit\n7: (95) exit ; done\ngoto pc+7';
    expect(await run(asmCommand, input, '--lines')).toEqual([
      0,
      [
        '9500000000000000',
        '',
        'b7010000050000009500000000000000',
        'error: no insn begins with `nonsense`',
        'error: there is no label `out`',
        '9500000000000000',
        '9500000000000000',
        '0500070000000000',
        '',
      ].join('\n'),
      '',
    ]);
  });

  test.each([
    ['r1 = 0x5\ngoto pc+1\n', [], '18010000050000000000000000000000'],
    ['r1 = 0x5\ngoto +0x1\n', [], 'b701000005000000'],
    ['r1 = 0x5\ngoto +0x1\n', ['--dialect', 'kernel'], '18010000050000000000000000000000'],
    ['r1 = 0x5\ngoto pc+1\n', ['--dialect=llvm'], 'b701000005000000'],
    ['r1 = 0x5\n', [], 'b701000005000000'],
  ])('%j with %j: the dialect is asked for or told from the input', async (input, args, hex) => {
    const [, out] = await run(asmCommand, input, '--lines', ...args);
    expect(out.split('\n')[0]).toBe(hex);
  });
});

describe('disasm', () => {
  const hex = '1811000007000000 0000000000000000\n b7020000ffffffff 7121fcff00000000';

  test.each([
    [[], 'r1 = 0x7\nr2 = -1\nr1 = *(u8 *)(r2 -4)\n'],
    [['--dialect', 'kernel', '--exact'], 'r1 = map[fd:7]\nr2 = -1\nr1 = *(u8 *)(r2 -4)\n'],
    [['--dialect', 'llvm'], 'ld_pseudo r1, 0x1, 0x7\nr2 = -0x1\nw1 = *(u8 *)(r2 - 0x4)\n'],
    [['--dialect=llvm', '--imm=dec'], 'ld_pseudo r1, 1, 7\nr2 = -1\nw1 = *(u8 *)(r2 - 4)\n'],
  ])('%j', async (args, out) => {
    expect(await run(disasmCommand, hex, ...args)).toEqual([0, out, '']);
  });

  test('says where the bytes are wrong', async () => {
    expect(await run(disasmCommand, '95000000 00000000\n95x', 'a.hex')).toEqual([
      1,
      '',
      'a.hex:2:3: error: `x` is no hexadecimal digit\n',
    ]);
    expect((await run(disasmCommand, '9500'))[0]).toBe(1);
  });

  test.each([
    ['9500\n', '1:5'],
    ['9500 \r\n9500000000000000\n', '1:5'],
    ['9500000000000000\n950000\n', '2:7'],
    ['95000000\n00000000\n95\n\n', '3:3'],
  ])('digits missing in %j: said where they are missing', async (input, where) => {
    const [status, , err] = await run(disasmCommand, input);
    expect(status).toBe(1);
    expect(err).toContain(`<stdin>:${where}: error: an insn has 16`);
  });

  test('--lines: as many lines out as in', async () => {
    const input = '9500000000000000 b702000001000000\n\n95\nzz\n1801000000000000\r\n';
    expect(await run(disasmCommand, input, '--lines', '--dialect', 'llvm')).toEqual([
      0,
      [
        'exit\tr2 = 0x1',
        '',
        'error: an insn has 16 hexadecimal digits, these are 2: 2 left over',
        'error: `z` is no hexadecimal digit',
        'r1 = 0x0 ll',
        '',
      ].join('\n'),
      '',
    ]);
  });

  test('asm reads back what disasm --exact writes, and disasm what asm writes', async () => {
    const [, text] = await run(disasmCommand, hex, '--exact');
    const [, bytes] = await run(asmCommand, `${text}exit`);
    expect(await run(disasmCommand, bytes, '--exact')).toEqual([0, `${text}exit\n`, '']);
  });
});

describe.each([
  ['asm', asmCommand],
  ['disasm', disasmCommand],
] as const)('%s', (name, command) => {
  test.each([[['--nope']], [['a', 'b']], [['--dialect', 'intel']], [['--dialect']]])(
    '%j is a wrong command line',
    async (args) => {
      const [status, out, err] = await run(command, '', ...args);
      expect([status, out]).toEqual([2, '']);
      expect(err).toMatch(new RegExp(`^${name}: .+\n$`));
    },
  );

  test('--help says what it does', async () => {
    const [status, out] = await run(command, '', '--help');
    expect(status).toBe(0);
    expect(out).toMatch(new RegExp(`^${name} \\[FILE\\]`));
  });
});
