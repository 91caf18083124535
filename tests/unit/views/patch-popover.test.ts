/** The popover of a patch point: where it stands, and what it says of the insns that are typed. */
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { readPatch } from '../../../src/asm/read-patch.ts';
import { besideLine } from '../../../src/views/editor/use-beside.ts';

describe('its place', () => {
  const size = { width: 300, height: 200 };
  const page = { width: 1000, height: 600 };
  const at = (top: number, left = 50) => besideLine({ left, top, bottom: top + 20 }, size, page);

  // Catches a popover over its own line, or off the screen.
  test('is below the line, above it near the lower edge, and always on the screen', () => {
    expect(at(100)).toEqual({ left: 50, top: 124 });
    expect(at(500)).toEqual({ left: 50, top: 296 });
    expect(at(100, 900)).toEqual({ left: 692, top: 124 });
    expect(at(-900).top).toBeGreaterThanOrEqual(8);
    expect(besideLine({ left: 0, top: 100, bottom: 120 }, size, { width: 200, height: 150 })).toEqual({
      left: 8,
      top: 8,
    });
  });
});

describe('what is typed', () => {
  const { labels } = assemble('again: r0 = 1\nif r0 == 2 goto again\nexit\n').value;
  const wrong = (body: string) =>
    readPatch('replace', body, labels).diagnostics.map(({ from, to }) => body.slice(from, to));

  // Catches a problem that is shown beside the word it is about.
  test('is wrong where it says, line by line', () => {
    expect(wrong('r1 = 1\n\n  r33 = 2 | r2 = 1\nif r1 == 0 goto agian')).toEqual(['r33', 'agian']);
    expect(wrong('r1 = 1 | goto again')).toEqual([]);
  });

  test('may be empty, and a count may be none: both are said at the beginning', () => {
    expect(readPatch('replace', '', labels).diagnostics).toMatchObject([
      { code: 'empty-patch', from: 0, to: 0 },
    ]);
    expect(readPatch('remove', 'x', labels).diagnostics).toMatchObject([{ code: 'bad-directive' }]);
    expect(readPatch('remove', '', labels).diagnostics).toEqual([]);
  });

  test('counts in slots', () => {
    expect(readPatch('prepend', 'r1 = 1 | r2 = 5 ll\nr3 = 3', labels).slotCnt).toBe(4);
  });
});
