/** Would catch a jump to the wrong definition, and a mention in a patch that leads nowhere. */
import { expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { symbolAt } from '../../../src/asm/symbol-at.ts';

const text = 'goto out\n;@replace goto out\nr0 = 0\nout: exit\nouter: exit';
const { value } = assemble(text);

test.each([
  ['a mention', text.indexOf('out')],
  ['the end of a mention', text.indexOf('out') + 3],
  ['a mention in a patch', text.indexOf('out', 10) + 1],
  ['the definition', text.indexOf('out:') + 3],
])('%s leads to the definition', (_, offset) => {
  const from = text.indexOf('out:');
  expect(symbolAt(value, text, offset)).toEqual({ from, to: from + 3 });
});

test('a name that begins alike is another', () => {
  const from = text.indexOf('outer');
  expect(symbolAt(value, text, from + 4)).toEqual({ from, to: from + 5 });
});

test.each(['r0', 'exit', ';@'])('%s is no label', (word) => {
  expect(symbolAt(value, text, text.indexOf(word))).toBeNull();
});
