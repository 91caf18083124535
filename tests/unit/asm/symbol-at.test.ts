/** Would catch a jump to the wrong definition, and mentions in patches that are overlooked. */
import { expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { symbolAt } from '../../../src/asm/symbol-at.ts';

const text = 'goto out\n;@replace goto out\nr0 = 0\nout: exit\nouter: exit';
const { value } = assemble(text);

test.each([
  ['a mention', text.indexOf('out')],
  ['a mention in a patch', text.indexOf('out', 10) + 1],
  ['the definition', text.indexOf('out:') + 3],
])('%s leads to the definition and to all mentions', (_, offset) => {
  expect(symbolAt(value, text, offset)).toEqual({
    name: 'out',
    slot: 2,
    definition: { from: text.indexOf('out:'), to: text.indexOf('out:') + 3 },
    mentions: [
      { from: 5, to: 8 },
      { from: 24, to: 27 },
    ],
  });
});

test('an insn is no symbol', () => {
  expect(symbolAt(value, text, text.indexOf('r0'))).toBeUndefined();
});
