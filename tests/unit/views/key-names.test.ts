/** Keys as they are pressed and as they are written. Would catch a sign that cannot be typed on another keyboard. */
import { expect, test } from 'vitest';
import { keyOf, keyWords, lineWords } from '../../../src/views/key-names.ts';

type Pressed = Parameters<typeof keyOf>[0];
const pressed = (key: string, held: Partial<Pressed> = {}, altGr = false): Pressed => ({
  key,
  ...{ shiftKey: false, ctrlKey: false, metaKey: false, altKey: false },
  getModifierState: (name) => altGr && name === 'AltGraph',
  ...held,
});

test.each([
  [pressed('j'), 'j'],
  // Caps lock, and its opposite.
  [pressed('J'), 'j'],
  [pressed('a', { shiftKey: true }), 'Shift+A'],
  [pressed('A', { shiftKey: true }), 'Shift+A'],
  [pressed(' '), 'Space'],
  [pressed('?', { shiftKey: true }), '?'],
  [pressed('/', { shiftKey: true }), '/'],
  [pressed('ArrowRight', { shiftKey: true }), 'Shift+ArrowRight'],
  [pressed('p', { ctrlKey: true, shiftKey: true }), 'Ctrl+Shift+P'],
  [pressed('k', { metaKey: true }), 'Ctrl+K'],
  [pressed('x', { altKey: true }), null],
  // A bracket on a German keyboard.
  [pressed('[', { ctrlKey: true, altKey: true }, true), '['],
])('%#: $1', (event, key) => {
  expect(keyOf(event)).toBe(key);
});

test('written for people', () => {
  expect(keyWords('Shift+ArrowLeft', false)).toBe('Shift+\u2190');
  expect(keyWords('+', false)).toBe('+');
  expect(keyWords('Ctrl+Shift+P', true)).toBe('\u2318Shift+P');
  expect(lineWords(['1', '2', '3', '4'], false)).toEqual(['1\u20134']);
  expect(lineWords(['Shift+A', 'Shift+B', 'Shift+C'], false)).toEqual(['Shift+A\u2013C']);
  expect(lineWords(['j', 'k'], false)).toEqual(['j', 'k']);
  expect(lineWords(['Home', 'End'], false)).toEqual(['Home', 'End']);
});
