/** Random programs that a verifier could let pass, as text: branches lead forward, every register has a value. */
import fc from 'fast-check';

const SCALARS = ['0', '7', '8', '9'] as const;

/** The insn of each kind; `a` and `b` are numbers of registers that hold scalars, `to` is a label further on. */
type Kind = (a: string, b: string, k: number, to: string) => string;
const KINDS: readonly Kind[] = [
  (a, b) => `r${a} /= r${b}`,
  (a, b) => `w${a} %= w${b}`,
  (a, b) => `r${a} s/= r${b}`,
  (a) => `w${a} s%= -1`,
  (a, _, k) => `w${a} += ${k}`,
  (a, b) => `w${a} = w${b}`,
  (a, b) => `r${a} += r${b}`,
  (a, _, k) => `r${a} ^= ${k}`,
  (a, _, k) => `r${a} = ${k} ll`,
  (a, _, k, to) => `if r${a} == ${k} goto ${to}`,
  (a, b, _, to) => `if w${a} s> w${b} goto ${to}`,
  (a, _, k, to) => `r${a} = ${k} | if r${a} != ${k} goto ${to}`,
  (_a, _b, _k, to) => `goto ${to}`,
  (_a, _b, _k, to) => `gotol ${to}`,
  (_a, _b, _k, to) => `may_goto ${to}`,
  () => 'goto +0',
  (a) => `r${a} = *(u32 *)(r6 +8)`,
  (a) => `r${a} = *(u8 *)(r6 +8)`,
  (a) => `*(u64 *)(r10 -8) = r${a}`,
  (a) => `r${a} = *(u64 *)(r10 -8)`,
  (_a, _b, k) => `*(u32 *)(r10 -4) = ${k}`,
  () => 'call 7',
  () => 'call first',
  () => 'call second',
  (a) => `r0 = r${a} | exit`,
];

const rawLine = fc.record({
  kind: fc.nat(KINDS.length - 1),
  a: fc.constantFrom(...SCALARS),
  b: fc.constantFrom(...SCALARS),
  k: fc.integer({ min: -2, max: 70_000 }),
  to: fc.nat(40),
  hasLine: fc.boolean(),
});

/** A socket filter: r6 is the context, the constant at `mark` can be read in part. */
const HEAD = ['r6 = r1', 'r0 = 0', 'r7 = 1', 'r8 = 2', 'r9 = 3', '*(u64 *)(r10 -8) = 0'];
const FIRST = ['r0 = 7', 'w0 /= 3', 'exit'];
const SECOND = ['r0 = 5', 'if r0 == 5 goto skip', 'r0 = 6', 'skip:', 'exit'];

/** A source line of its own for every insn that has one, so that entries can be told apart. */
const withLines = (lines: readonly string[], from: number): string[] =>
  lines.flatMap((line, k) => (k === 0 ? [`; prog.c:${from}:1 text`, line] : [line]));

export const programText: fc.Arbitrary<string> = fc
  .array(rawLine, { minLength: 2, maxLength: 18 })
  .map((body) => {
    const text: string[] = ['.prog socket', 'func main:', ...withLines(HEAD, 1)];
    for (const [i, { kind, a, b, k, to, hasLine }] of body.entries()) {
      text.push(`L${i}:`);
      if (hasLine) text.push(`; prog.c:${10 + i}:1 text`);
      const target = `L${i + 1 + (to % (body.length - i))}`;
      text.push(...KINDS[kind](a, b, k, target).split(' | '));
    }
    text.push(`L${body.length}:`, 'r0 = 0', 'exit');
    text.push('func first:', ...withLines(FIRST, 100), 'func second:', ...withLines(SECOND, 200));
    // Both functions are known, called or not.
    text.push(`.insn_array table: L0, L${body.length}, first, second`);
    return `${text.join('\n')}\n`;
  });
