/**
 * Texts made to be slow: each is read in time that grows with its length. No clock decides: where a line is looked at again
 * for every other one, these take hours, and the runner's limit ends them. Would catch a search that leaves its
 * line, a table that fills up with names of one hash, and columns that are gone over for every line.
 */
import { expect, test } from 'vitest';
import { assemble, pieceAssembler } from '../../../src/asm/assemble.ts';

const CNT = 300_000;
const lines = (line: (i: number) => string, cnt = CNT): string =>
  Array.from({ length: cnt }, (_, i) => line(i)).join('\n');
/** All of one hash under h = 31 h + c. */
const twin = (i: number): string =>
  Array.from({ length: 20 }, (_, bit) => ((i >> bit) & 1 ? 'BB' : 'Aa')).join('');

const HOSTILE: readonly (readonly [string, () => string])[] = [
  [
    'comments that look like source lines',
    () => lines((i) => ['; foo1', '; foo 1', '; foo]', '; [file:]'][i % 4]),
  ],
  ['block comments that never end, each in a patch', () => lines(() => ';@replace r0 = 0 /*')],
  ['block comments that begin and never end', () => '/*'.repeat(4 * CNT)],
  [
    'a long line, then short ones that end in a colon',
    () => `${'r1 '.repeat(CNT)}\n${lines(() => 'a b ) :')}`,
  ],
  ['global functions', () => lines((i) => `.globl f${i}\nfunc f${i}:\nexit`, 100_000)],
  ['labels', () => lines((i) => `L${i}: goto L${CNT - 1 - i}`)],
  ['names of one hash', () => lines((i) => `${twin(i)}: exit`, 60_000)],
  ['one line of brackets', () => '('.repeat(1 << 20)],
  ['one line of signs', () => `r1 = ${'-'.repeat(1 << 20)}1`],
  ['one long number', () => `r1 = ${'9'.repeat(1 << 20)} ll`],
  ['one long comment', () => `; ${'a:1 '.repeat(1 << 18)}`],
  [
    'nothing but errors',
    () => lines((i) => ['mov r1, r2', 'r1 += ', 'r1 = a b c', 'goto nowhere'][i % 4], 100_000),
  ],
];

test.each(HOSTILE)('%s', (_, text) => {
  const { value, diagnostics } = assemble(text());
  expect(value.program.insns.length % 2).toBe(0);
  expect(diagnostics.length).toBeLessThanOrEqual(1001);
});

test('short texts behind one with many names', () => {
  const assemblePiece = pieceAssembler('auto');
  assemblePiece(lines((i) => `L${i}: exit`));
  let wordCnt = 0;
  for (let i = 0; i < CNT; i++) wordCnt += assemblePiece('a: goto a').insns.length;
  expect(wordCnt).toBe(2 * CNT);
});
