/** Would catch a guide whose example is not the pass it says it is, or does not do what it says. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { applyCommand } from '../../../src/cli/apply.ts';
import { passContext } from '../../../src/passes/pass.ts';
import type { EditBuilder } from '../../../src/patch/edit-builder.ts';

const read = (path: string): string => readFileSync(new URL(`../../../${path}`, import.meta.url), 'utf8');
const doc = read('docs/adding-a-pass.md');
const [example, line] = [...doc.matchAll(/```ts\n([\s\S]*?)```/g)].map(([, code]) => code);

test('the example is a whole pass of this project', () => {
  expect(example).toBe(read('src/passes/dead-code.ts'));
});

test('the line for the list stands in the list', () => {
  expect(read('src/passes/index.ts')).toContain(line);
});

test('the conformance case is answered as it expects', async () => {
  const json = /```json\n\s*([\s\S]*?)\n\s*```/.exec(doc)?.[1] ?? '';
  let out = '';
  const status = await applyCommand([], {
    readInput: async () => json,
    out: async (chunk) => {
      out += chunk;
    },
    err: async (chunk) => {
      out += chunk;
    },
  });
  expect(JSON.parse(out)).toMatchObject({ id: 'doc', ...JSON.parse(json).expect.array });
  expect(status).toBe(0);
});

test('all that a pass may ask is said', () => {
  const asked = doc.slice(doc.indexOf('## What it may ask'), doc.indexOf('## What it may say'));
  const context = passContext({
    facts: { seen: new Uint8Array(0), zextDst: new Uint8Array(0) },
    rnd: () => 0,
  });
  for (const name of Object.keys(context)) expect(asked).toContain(`\`ctx.${name}`);
});

test('the table of calls has the calls that there are', () => {
  const calls = [...doc.matchAll(/^\| `(\w+)\(.*/gm)].flatMap(([row]) => [...row.matchAll(/`(\w+)\(/g)]);
  // The compiler wants every public call of the builder here, and no other.
  const all: Record<keyof EditBuilder, boolean> = {
    ...{ replace: true, prepend: true, put: true, remove: true, exit: true },
    finish: false,
  };
  const told = Object.entries(all).filter(([, isSaid]) => isSaid);
  expect(new Set(calls.map(([, name]) => name))).toEqual(new Set(told.map(([name]) => name)));
});
