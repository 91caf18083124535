/** Pointers of a list, line by line. Catches a pointer that jumps instead of travelling, and a list that loses its tail. */
import { expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import { FIRST_PICTURE, type Mark, stageColumns, swappedOf } from '../../src/figures/index.ts';
import { runOf, stageAt } from './run.ts';

const output = runOf(EXAMPLES[0].source, EXAMPLES[0].pass);
const uidOf = (slot: number): number => output.before.uid[slot];

const linksAt = (run: typeof output, op: number, micro: number): readonly Mark[] =>
  stageColumns(stageAt(run, { op, micro })).under.find(({ key }) => key === 'links')?.children ?? [];

const pointerOf = (marks: readonly Mark[], uid: number): Mark | undefined =>
  marks.find(({ key }) => key === `p${uid}`);
const headOf = (mark: Mark | undefined): string =>
  String(mark?.children?.find(({ key }) => key === 'head')?.attrs.transform);
const shapeOf = (mark: Mark | undefined): string =>
  String(mark?.children?.find(({ key }) => key === 'line')?.attrs.d).replace(/[-\d. ]+/g, '#');

test('the pointer of the patched node goes on to lead to the tail until it is set, and is the same mark then', () => {
  const elem = uidOf(4);
  const [before, after] = [linksAt(output, 1, 3), linksAt(output, 1, 4)].map((at) => pointerOf(at, elem));
  expect(headOf(before)).toMatch(/rotate\(0\)$/);
  expect(headOf(after)).toMatch(/rotate\(-90\)$/);
  // One becomes the other number by number.
  expect(shapeOf(after)).toBe(shapeOf(before));
});

test('the last new node leads nowhere until its link is set; where elem led is marked until the op is over', () => {
  const last = output.trace.uid[output.trace.nodeOf[4] + 3];
  expect(pointerOf(linksAt(output, 1, 2), last)).toBeUndefined();
  expect(pointerOf(linksAt(output, 1, 3), last)).toBeDefined();
  const ghosts = (op: number, micro: number) =>
    linksAt(output, op, micro).filter(({ key }) => key.startsWith('ghost-')).length;
  expect([ghosts(1, 3), ghosts(1, 4), ghosts(2, 0), ghosts(3, 0)]).toEqual([0, 1, 1, 0]);
});

test('before what is put in front of the first insn is linked, head leads past it', () => {
  const run = runOf(';@prepend r6 = r1 | r7 = 2\nr0 = 0\nexit\n', 'edits');
  const heads = [0, 1, 2].map((micro) => headOf(linksAt(run, 1, micro).find(({ key }) => key === 'head')));
  expect(heads[1]).not.toBe(heads[0]);
  expect(heads[2]).toBe(heads[1]);
  expect(headOf(linksAt(run, 2, 0).find(({ key }) => key === 'head'))).not.toBe(heads[2]);
});

test('a node is there before it is linked: no pointers while the list is being made', () => {
  expect([0, 1, 2, 3].map((micro) => linksAt(output, 0, micro).length)).toEqual([0, 0, 0, 0]);
  expect(linksAt(output, 1, 0).length).toBeGreaterThan(8);
});

test('After is empty once it is allocated, and full when linearize is done', () => {
  const texts = (op: number, micro: number) =>
    stageColumns(stageAt(output, { op, micro })).after.map(({ attrs }) => String(attrs['aria-label']));
  expect(texts(2, 4)).toHaveLength(12);
  expect(texts(2, 4)[0]).toBe('0 not written yet');
  expect(texts(3, 0)[0]).toBe('0 r2 = *(u32 *)(r1 +0)');
});

test('in the wrong order the tail is lost as soon as elem points to the new nodes, and these are a ring', async () => {
  const swapped = await swappedOf(FIRST_PICTURE)?.();
  const lostAt = (micro: number) => {
    const { list, under } = stageColumns(stageAt(output, { op: 1, micro }, 820, undefined, swapped));
    const links = under.find(({ key }) => key === 'links')?.children ?? [];
    const lost = list.filter(({ attrs }) => String(attrs.class).includes('lost')).map(({ key }) => key);
    return { lost, hasRing: links.some(({ key }) => key === 'ring') };
  };
  const tail = [5, 6, 7, 8].map((slot) => String(uidOf(slot)));
  expect([2, 3, 4].map(lostAt)).toEqual([
    { lost: [], hasRing: false },
    { lost: tail, hasRing: false },
    { lost: tail, hasRing: true },
  ]);
});
