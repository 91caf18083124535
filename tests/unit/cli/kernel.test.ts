/**
 * `kernel` from a shell: what it reads, what it refuses and how it says so. Would catch a line that stops the others, a
 * fact that is not heard, and a refusal in other words than the kernel's.
 */
import { describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.ts';

const files = new Map<string, string>();
async function shell(args: readonly string[], stdin = '') {
  let [out, err] = ['', ''];
  const status = await main(['kernel', ...args], {
    readInput: async (path) => {
      if (path === undefined) return stdin;
      const text = files.get(path);
      if (text === undefined) throw Object.assign(new Error('no such file'), { code: 'ENOENT', path });
      return text;
    },
    out: async (text) => {
      out += text;
    },
    err: async (text) => {
      err += text;
    },
  });
  const lines = args.includes('--help')
    ? []
    : out
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
  return { status, out, err, lines };
}

const hex = (...slots: string[]): string => slots.join('').replaceAll(' ', '');
const EXIT = '9500000000000000';
const program = (insns: string, more: object = {}) =>
  JSON.stringify({ id: 'p:p', prog_type: 3, before: { insns }, ...more });

/** r0 = *(u32 *)(r1 +8); r0 /= r2 with r2 = r0; exit */
const MARK = hex('61 10 0800 00000000', 'bf 02 0000 00000000', '3f 20 0000 00000000', EXIT);

describe('kernel', () => {
  it('runs every pass of Linux 6.18 in its order', async () => {
    const { status, lines } = await shell([], program(MARK));
    expect(status).toBe(0);
    expect(lines).toEqual([
      {
        id: 'p:p',
        after: {
          insns: hex(
            '61 10 a400 00000000', // skb->mark
            'bf 02 0000 00000000',
            '55 02 0200 00000000', // if r2 != 0 goto +2
            'ac 00 0000 00000000',
            '05 00 0100 00000000',
            '3f 20 0000 00000000',
            EXIT,
          ),
          line_info: [],
          func_info: [[0, '']],
        },
      },
    ]);
  });

  it('takes its random numbers in order, and spoils what nobody wants', async () => {
    const insns = hex('b4 00 0000 07000000', 'bc 01 0000 00000000', 'b7 00 0000 00000000', EXIT);
    const { lines } = await shell(['--mode', 'rnd_hi32'], program(insns, { rnd: [1, 2] }));
    const spoiled = (reg: string, rnd: string) =>
      hex(`b7 0b 0000 ${rnd}000000`, '67 0b 0000 20000000', `4f b${reg} 0000 00000000`);
    expect(lines[0].after.insns).toBe(
      hex('b4 00 0000 07000000', spoiled('0', '01'), 'bc 01 0000 00000000', spoiled('1', '02')) +
        hex('b7 00 0000 00000000', EXIT),
    );
  });

  it('blinds with the numbers it is given', async () => {
    const insns = hex('b7 00 0000 05000000', EXIT);
    const { lines } = await shell(['--mode', 'blind', '--jsonl'], program(insns, { rnd: [3, 0] }));
    expect(lines[0].after.insns).toBe(
      hex('b7 0b 0000 06000000', 'a7 0b 0000 03000000', 'bf b0 0000 00000000', EXIT),
    );
  });

  it('hears facts out of a file, by the name in front of the colon', async () => {
    // r1 = map 4; r2 = fp; r2 -= 4; *(u32 *)(fp -4) = 0; lookup; r0 = 0; exit
    const insns =
      hex('18 11 0000 04000000', '00 00 0000 00000000', '62 0a fcff 00000000', 'bf a2 0000 00000000') +
      hex('07 02 0000 fcffffff', '85 00 0000 01000000', 'b7 00 0000 00000000', EXIT);
    files.set(
      'facts',
      JSON.stringify({ p: { maps: [{ ref: 4, type: 1, key_size: 4, value_size: 8, id: 77 }] } }),
    );
    const known = (await shell(['--facts', 'facts'], program(insns))).lines[0].after.insns;
    const unknown = (await shell([], program(insns))).lines[0].after.insns;
    expect(known.slice(0, 16)).toBe(hex('18 11 0000 4d000000'));
    expect([known.length - unknown.length, unknown.length]).toEqual([2 * 16, insns.length]);
  });

  it('says a refusal in the words of the kernel, and what is no program in ours; the others are answered', async () => {
    const far = hex('15 01 ff7f 00000000') + hex('3f 10 0000 00000000').repeat(0x7fff) + EXIT;
    const bad = JSON.stringify({ id: 'b', prog_type: 3, before: { insns: '95' } });
    const { status, lines } = await shell([], `${program(far)}\n${bad}\nno json\n\n${program(EXIT)}\n`);
    expect(status).toBe(1);
    expect(lines[0]).toEqual({ id: 'p:p', error: 12, log: 'insn 1 cannot be patched due to 16-bit range' });
    expect(lines[1]).toMatchObject({ id: 'b', error: 22 });
    expect(lines[1].log).toMatch(/16 hexadecimal digits/);
    expect(lines[2]).toMatchObject({ error: 22 });
    expect(lines[3].after.insns).toBe(EXIT);
  });

  it.each([
    [hex('b7 00 0000 00000000', '05 00 fdff 00000000'), /the jump at insn 1 leads to insn -1/],
    [
      hex('05 00 0100 00000000', '18 00 0000 00000000', '00 00 0000 00000000', EXIT),
      /into the 64-bit constant at insn 1/,
    ],
    [hex('18 00 0000 00000000'), /the 64-bit constant at insn 0 has no second half/],
    [hex('b7 00 0000 00000000'), /runs on behind insn 0/],
    [hex('85 10 0000 01000000', EXIT, '05 00 fdff 00000000'), /outside of its function/],
  ])('refuses what cannot be walked: %s', async (insns, log) => {
    const { status, lines } = await shell([], program(insns));
    expect([status, lines[0].error]).toEqual([0, 22]);
    expect(lines[0].log).toMatch(log);
  });

  it('says when there were too many ways to go', async () => {
    // r1 = 0; r1 += 1; 98 times r0 = 0; if r1 != -5 goto -100: a verifier gives up after a million insns.
    const insns =
      hex('b7 01 0000 00000000', '07 01 0000 01000000') +
      hex('b7 00 0000 00000000').repeat(98) +
      hex('55 01 9cff fbffffff', 'b7 00 0000 00000000', EXIT);
    const { lines } = await shell([], program(insns));
    expect(lines[0]).toMatchObject({ incomplete: true, after: { insns } });
  });

  it.each([
    [{ aux: [[0, 'seem', 0]] }, /seem is no field of a record/],
    [{ aux: [[0, 'seen']] }, /\[insn, field, value\]/],
    [{ maps: [{ ref: 4, address: 12 }] }, /maps\[0\]\.address is not a text/],
    [{ calls: { x: 1.5 } }, /calls\.x is not a whole number/],
    [{ globals: ['main'] }, /globals is not a whole number/],
  ])('says what is wrong with facts: %j', async (facts, message) => {
    const { status, lines } = await shell([], program(EXIT, facts));
    expect(status).toBe(1);
    expect(lines[0].log).toMatch(message);
  });

  it('a file of facts that is none ends the command', async () => {
    files.set('broken', '[1');
    expect(await shell(['--facts', 'broken'], program(EXIT))).toMatchObject({
      status: 1,
      err: 'broken: error: cannot be read (no JSON)\n',
    });
    expect((await shell(['--mode', 'other'], '')).status).toBe(2);
    expect((await shell(['--help'])).out).toContain('--facts FILE');
  });
});
