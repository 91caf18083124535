/** Would catch a guide whose code, tables or files are not those that there are. */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FIRST_PICTURE } from '../../../src/figures/index.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { WORK_KINDS } from '../../../src/patch/work.ts';

const at = (path: string): URL => new URL(`../../../${path}`, import.meta.url);
const read = (path: string): string => readFileSync(at(path), 'utf8');
const doc = read('docs/adding-an-algorithm.md');

/** The code blocks, each with the file linked last before it. */
const blocks = [...doc.matchAll(/```ts\n([\s\S]*?)```/g)].map((found) => {
  const links = [...doc.slice(0, found.index).matchAll(/\]\(\.\.\/([^)]+)\)/g)];
  return [links.at(-1)?.[1] ?? '', found[1]] as const;
});
/** The rows of the table whose head begins with `head`: what stands in code or link in the first column. */
function rowsOf(head: string): string[] {
  const table = doc.slice(doc.indexOf(`| ${head} |`)).split('\n\n', 1)[0];
  return [...table.matchAll(/^\| (?:`|\[`)([^`]+)`/gm)].map(([, name]) => name);
}

describe('the guide to adding an algorithm', () => {
  it.each(blocks)('shows code that stands in %s', (file, code) => {
    expect(read(file)).toContain(code);
  });

  it('shows an ending, a step, a design, a picture with its line, and the line for the list', () => {
    expect(blocks.map(([file]) => file.replace(/^src\/(patch|figures)\//, ''))).toEqual([
      ...['list-pooled.ts', 'patching.ts', 'list-keeping.ts'],
      ...['pictures/patcher-map.ts', 'pictures/index.ts', 'index.ts'],
    ]);
  });

  it('names every part of a picture', () => {
    expect(new Set(rowsOf('part'))).toEqual(new Set(Object.keys(FIRST_PICTURE)));
  });

  it('names every field that an algorithm may have', () => {
    const fields = new Set(ALGORITHMS.flatMap((one) => Object.keys(one)));
    expect(new Set(rowsOf('field'))).toEqual(fields);
  });

  it('names every kind of work, in order', () => {
    expect(rowsOf('kind')).toEqual([...WORK_KINDS]);
  });

  it('links to files that are there', () => {
    const links = [...doc.matchAll(/\]\(([^)#]+)\)/g)].map(([, to]) => `docs/${to}`);
    expect(links.length).toBeGreaterThan(15);
    expect(links.filter((path) => !existsSync(at(path)))).toEqual([]);
  });

  it.each(rowsOf('what takes it up'))('%s goes through all that are registered', (path) => {
    expect(read(path)).toMatch(/(?:of|\[\.\.\.)\s?ALGORITHMS\b|ALGORITHMS\.(?:map|filter)\(/);
  });
});
