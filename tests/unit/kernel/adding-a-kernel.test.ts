/** Would catch a guide that shows another kernel than there is, or names a file, a type or a function that is gone. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const doc = read('docs/adding-a-kernel.md');

test('the kernel shown is the one in kernel.ts', () => {
  const [, shown] = /```ts\n([\s\S]*?)```/.exec(doc) ?? [];
  expect(read('src/kernel/kernel.ts')).toContain(shown);
});

test.each([
  ['src/kernel/struct-layout.ts', ['StructLayout', 'minNapiId', 'noQueueMapping']],
  ['src/kernel/map-layout.ts', ['MapLayout', 'lru_elem']],
  ['src/kernel/functions.ts', ['KernelFunctions']],
  ['src/patch/rules.ts', ['PassRules']],
  ['src/passes/pipelines.ts', ['linuxPasses']],
  ['src/pipeline/kernel-run.ts', ['needsZext', 'runPasses']],
])('%s has what the guide says of it', (path, names) => {
  for (const name of names) {
    expect(doc).toContain(name);
    expect(read(path)).toMatch(new RegExp(`\\b${name}\\b`));
  }
});

test('the recordings that it names are read by the tests that it names', () => {
  const rows = [...doc.matchAll(/^\| \[`([\w.-]+\.jsonl)`\]\(\.\.\/([^)]+)\)/gm)];
  expect(rows.length).toBeGreaterThanOrEqual(4);
  for (const [, file, test] of rows) expect(read(test)).toContain(file);
});
