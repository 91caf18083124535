/** The edit that brings the editor in line with the app: catches a text that differs afterwards, or too big an edit. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { minimalEdit } from '../../../src/views/editor/minimal-edit.ts';

const apply = (text: string, edit: ReturnType<typeof minimalEdit>): string =>
  edit ? text.slice(0, edit.from) + edit.text + text.slice(edit.to) : text;

test.each([
  { before: 'exit', after: 'exit', edit: null },
  { before: 'r0 = 1\nexit', after: 'r0 = 12\nexit', edit: { from: 6, to: 6, text: '2' } },
  { before: 'aaa', after: 'aa', edit: { from: 2, to: 3, text: '' } },
  { before: '', after: 'exit', edit: { from: 0, to: 0, text: 'exit' } },
  { before: '; \u{1F600}', after: '; \u{1F601}', edit: { from: 2, to: 4, text: '\u{1F601}' } },
])('$before → $after', ({ before, after, edit }) => {
  expect(minimalEdit(before, after)).toEqual(edit);
});

const text = fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\u{1F600}', '\u{1F601}'), maxLength: 12 });

test('applied, it gives the new text and splits no character', () => {
  fc.assert(
    fc.property(text, text, (before, after) => {
      const edit = minimalEdit(before, after);
      expect(apply(before, edit)).toBe(after);
      if (edit)
        expect(edit.text.isWellFormed() && before.slice(edit.from, edit.to).isWellFormed()).toBe(true);
    }),
  );
});
