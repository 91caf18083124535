/** Would catch a saved picture whose hatched records are empty, or one that carries names only the page has a use for. */
import { expect, test } from 'vitest';
import { isPageOnly } from '../../../src/views/stage/export-svg.ts';

test('a saved picture keeps what fills refer to by name, and nothing else that only the page asks for', () => {
  expect(isPageOnly('id', 'pattern')).toBe(false);
  expect(isPageOnly('id', 'g')).toBe(true);
  for (const name of ['role', 'tabindex', 'class', 'aria-label', 'data-uid'])
    expect(isPageOnly(name, 'g'), name).toBe(true);
  for (const name of ['d', 'x', 'transform', 'width', 'patternUnits'])
    expect(isPageOnly(name, 'pattern'), name).toBe(false);
});
