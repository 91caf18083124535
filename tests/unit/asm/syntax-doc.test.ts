/** Would catch a description of the syntax that the assembler does not agree with. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assemble, MAX_SLOTS, MAX_TEXT } from '../../../src/asm/assemble.ts';
import { AUX_FIELDS } from '../../../src/asm/assembly.ts';
import { disassemble } from '../../../src/asm/disassemble.ts';
import { MAX_PLACES, MAX_PLACES_TABLES } from '../../../src/asm/read-places.ts';
import { MAX_DIAGNOSTICS } from '../../../src/asm/state.ts';
import { MAX_USED_MAPS } from '../../../src/kernel/map-types.ts';
import { PROG_TYPES, progTypeWords } from '../../../src/kernel/prog-types.ts';
import { regTypeNames } from '../../../src/kernel/reg-types.ts';

const doc = readFileSync(new URL('../../../docs/SYNTAX.md', import.meta.url), 'utf8');
const example = /```bpf\n([\s\S]*?)```/.exec(doc)?.[1] ?? '';

test('the example assembles without a message, and has all the things it says', () => {
  const { value, diagnostics } = assemble(example);
  expect(diagnostics).toEqual([]);
  const { program, setting, patchPoints, auxGiven, labels } = value;
  expect(setting.progType).toBe(3);
  expect(setting.maps.map(({ ref, name }) => [ref, name])).toEqual([[program.insns[3], 'counts']]);
  expect([...program.subprogs.stackDepth]).toEqual([8, -1]);
  expect(program.places.map(({ kind, at }) => [kind, ...at])).toEqual([
    ['insn_array', 7, 11, -1],
    ['extable', 7],
  ]);
  expect([...program.subprogs.name].map((i) => program.strings[i])).toEqual(['main', 'helper']);
  expect([...program.lineInfo.insnOff]).toEqual([0, 6, 13]);
  expect(auxGiven).toEqual([
    { slot: 7, field: 'seen', value: 1 },
    { slot: 7, field: 'ptr_type', value: 4 },
  ]);
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

const section = (title: string): string => doc.split(`## ${title}\n`)[1].split('\n## ')[0];
const codes = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map(([, code]) => code);
const errorsOf = (text: string) => assemble(text).diagnostics.map(({ message }) => `${text}: ${message}`);

test('every line about what a program is loaded with, and every table, is read', () => {
  const lines = [
    ...codes(section('What the program is loaded with')),
    ...codes(section('Tables that name insns')),
  ].filter((code) => /^\.\w+ /.test(code));
  expect(lines.length).toBeGreaterThan(9);
  const program = 'one: r0 = 0\ntwo: r0 = 1\nr1 = 2\nr1 = 3\nr1 = 4\nexit';
  expect(lines.flatMap((line) => errorsOf(`${line}\n${program}`))).toEqual([]);
});

test('the words of sections and the types of pointers are all of them', () => {
  const row =
    section('What the program is loaded with')
      .split('\n')
      .find((line) => line.startsWith('| `.prog')) ?? '';
  const words = codes(row).filter((code) => /^[a-z_]+$/.test(code));
  expect(new Set([...words, ...PROG_TYPES])).toEqual(new Set(progTypeWords()));
  const types = codes(/`ptr_type` is a number[\s\S]*?\n\n/.exec(doc)?.[0] ?? '').slice(1);
  expect(new Set(types)).toEqual(new Set(regTypeNames()));
});

test('the limits are those of the assembler', () => {
  const numbers = [...section('Limits').matchAll(/[\d,]*\d/g)].map(([number]) =>
    Number(number.replaceAll(',', '')),
  );
  expect(numbers).toEqual([
    ...[MAX_SLOTS, MAX_TEXT / 1024 / 1024, MAX_DIAGNOSTICS],
    ...[MAX_USED_MAPS, MAX_PLACES_TABLES, MAX_PLACES],
  ]);
});

test('every aux field is in the table of comments', () => {
  const fields = codes(section('Comments')).flatMap((code) =>
    code.startsWith(';@aux') ? [...code.matchAll(/(\w+)=/g)].map(([, field]) => field) : [],
  );
  expect(new Set(fields)).toEqual(new Set(AUX_FIELDS));
});

test('the example prints as a text of the same program', () => {
  const first = assemble(example).value;
  const text = disassemble(first.program, first);
  const again = assemble(text);
  expect(again.diagnostics).toEqual([]);
  expect(disassemble(again.value.program, again.value)).toBe(text);
});
