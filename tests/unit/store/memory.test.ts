/** How much memory is said to be needed, and what the answers do. Catches a question that is asked twice or loses its way back. */
import { beforeEach, expect, test } from 'vitest';
import {
  answerMemory,
  askFirst,
  linesOf,
  megabytesOf,
  sizeOf,
  useMemory,
} from '../../../src/store/memory.ts';

beforeEach(() => useMemory.setState({ question: null }));

test('the size of a recipe is in its spec; one that does not say it counts as the largest', () => {
  expect(sizeOf({ text: '', recipe: 'scale2~250000~7' })).toEqual({ slots: 250_000, chars: 0 });
  expect(sizeOf({ text: '', recipe: 'scale2' }).slots).toBe(1_000_000);
  expect(sizeOf({ text: '', recipe: 'scale2~99999999' }).slots).toBe(1_000_000);
  expect(sizeOf({ text: 'r0 = 1\nexit', recipe: 'scale2~250000~7' })).toEqual({ slots: 2, chars: 11 });
  expect(sizeOf({ text: '', recipe: '' })).toEqual({ slots: 0, chars: 0 });
  expect(linesOf('')).toBe(1);
});

test('a small program is not asked about, a large one waits for an answer', () => {
  const said: string[] = [];
  askFirst(
    { slots: 1000, chars: 16_000 },
    () => said.push('small'),
    () => said.push('no'),
  );
  expect(said).toEqual(['small']);
  askFirst(
    { slots: 1_000_000, chars: 0 },
    () => said.push('go'),
    () => said.push('drop'),
  );
  expect(useMemory.getState().question?.megabytes).toBe(megabytesOf(1_000_000, 0));
  expect(said).toEqual(['small']);
  answerMemory(false);
  expect(said).toEqual(['small', 'drop']);
  expect(useMemory.getState().question).toBeNull();
});

test('asked again without an answer, Cancel leads back to what was there first', () => {
  const said: string[] = [];
  askFirst(
    { slots: 900_000, chars: 0 },
    () => {},
    () => said.push('first'),
  );
  askFirst(
    { slots: 950_000, chars: 0 },
    () => {},
    () => said.push('second'),
  );
  answerMemory(false);
  expect(said).toEqual(['first']);
});

test('what was agreed to is not asked about again, also when it has grown by a little', () => {
  let runs = 0;
  const go = () => runs++;
  askFirst({ slots: 1_000_000, chars: 0 }, go, () => {});
  answerMemory(true);
  askFirst({ slots: 1_000_001, chars: 10 }, go, () => {});
  expect(runs).toBe(2);
  expect(useMemory.getState().question).toBeNull();
});
