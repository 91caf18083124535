/**
 * Many short texts read with one state must give what each gives by itself: `asm --lines` reads a million of them so.
 * Would catch a field that is not put back, and a diagnostic that only a whole program is told.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble, pieceAssembler } from '../../src/asm/assemble.ts';

const LINES = [
  ...[
    'r1 = 1',
    'r2 = 0x1122334455667788 ll',
    'goto out',
    'out: exit',
    'call helper',
    'r1 = name ll',
    'r1 = foo',
  ],
  ...[
    '; a.c:1:2 text',
    '.loc "b.c" 3 4 "more"',
    ';@aux seen=0',
    ';@aux seen=0 seen=1',
    ';@replace r1 = 2 | goto out',
  ],
  ...[
    ';@prepend',
    ';@remove',
    ';@| exit',
    '.section .data',
    '.text',
    'func helper:',
    '.func "any"',
    '.prog tc',
  ],
  ...[
    '.map 4 hash key=4',
    '.map 4 array',
    '.globl helper',
    '.stack 8',
    '.stack 16',
    '.insn_array jt: out, 0',
  ],
  ...[
    '.poke nowhere',
    '/* open',
    'call bpf_one#123456',
    '.file 1 "d" "f.c"',
    '.loc 1 2 3',
    'ünï: goto ünï',
    '\0',
  ],
  ...['(61) r1 = *(u32 *)(r1 +0)', 'bf 61 00 00 00 00 00 00', 'unreadable ll', `${'r1 = 1 '.repeat(20)}`],
];
const texts = fc.array(fc.constantFrom(...LINES), { maxLength: 6 }).map((lines) => lines.join('\n'));

test('a text behind others is read as if it were the first', () => {
  fc.assert(
    fc.property(
      fc.array(texts, { maxLength: 8 }),
      fc.constantFrom('auto', 'kernel', 'llvm'),
      (all, dialect) => {
        const assemblePiece = pieceAssembler(dialect);
        for (const text of all) {
          const { insns, error } = assemblePiece(text);
          const whole = assemble(text, { dialect, fragment: true });
          expect([...insns]).toEqual([...whole.value.program.insns]);
          expect(error).toEqual(whole.diagnostics.find(({ severity }) => severity === 'error'));
        }
      },
    ),
    { numRuns: 400 },
  );
});
