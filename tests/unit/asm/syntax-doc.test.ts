/** Would catch a description of the syntax that the assembler does not agree with. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { disassemble } from '../../../src/asm/disassemble.ts';

const doc = readFileSync(new URL('../../../docs/SYNTAX.md', import.meta.url), 'utf8');
const example = /```bpf\n([\s\S]*?)```/.exec(doc)?.[1] ?? '';

test('the example assembles without a message, and has all the things it says', () => {
  const { value, diagnostics } = assemble(example);
  expect(diagnostics).toEqual([]);
  const { program, patchPoints, auxGiven, labels } = value;
  expect([...program.subprogs.name].map((i) => program.strings[i])).toEqual(['main', 'helper']);
  expect([...program.lineInfo.insnOff]).toEqual([0, 6, 13]);
  expect(auxGiven).toEqual([{ slot: 7, field: 'seen', value: 1 }]);
  expect(patchPoints.map(({ kind, at, insns }) => [kind, at, insns.length / 2])).toEqual([
    ['prepend', 4, 2],
    ['replace', 7, 4],
    ['remove', 10, 0],
  ]);
  expect(labels.map(({ name, slot }) => [name, slot])).toEqual([
    ['main', 0],
    ['loop', 7],
    ['out', 11],
    ['helper', 13],
  ]);
});

test('every spelling in the table of insns is read', () => {
  const rows = doc
    .split('\n')
    .filter((line) => line.startsWith('| `') && line.split(/(?<!\\)\|/).length === 5);
  const listed = rows
    .flatMap((row) => row.split(/(?<!\\)\|/).slice(1, 3))
    .flatMap((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, text]) => text.replaceAll('\\|', '|')));
  // Whole insns only: the table also lists bare operators and ends of insns.
  const insns = listed.filter((text) =>
    /^([rw]\d+ |\*\(|lock|store_release|goto|if |call|exit|nospec|\.insn)/.test(text),
  );
  expect(insns.length).toBeGreaterThan(40);
  const wrong = insns.filter((text) =>
    assemble(`${text}\nout:\nname:\n exit`, { fragment: true }).diagnostics.some(
      ({ severity }) => severity === 'error',
    ),
  );
  expect(wrong).toEqual([]);
});

test('the example prints as a text of the same program', () => {
  const first = assemble(example).value;
  const text = disassemble(first.program, first);
  const again = assemble(text);
  expect(again.diagnostics).toEqual([]);
  expect(disassemble(again.value.program, again.value)).toBe(text);
});
