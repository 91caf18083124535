/**
 * Whole listings as people paste them (clang -S, llvm-objdump, bpftool) against the bytes the kernel was given or
 * made. Would catch a listing whose slots, distances or source lines shift.
 */
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { assemble } from '../../../src/asm/assemble.ts';
import { slotHex } from '../../../src/isa/describe.ts';

const root = new URL('../../../../shared/golden/', import.meta.url);
const present = existsSync(root);

interface Golden {
  readonly id: string;
  readonly before: { readonly insns: string };
  readonly after: { readonly insns: string; readonly line_info: readonly (readonly number[])[] };
}
/** Programs of one function: in the others the linker sorts functions anew and calls carry relocations. */
const SEVERAL_FUNCTIONS = new Set(['dead_subprog', 'subprogs', 'loop_cb', 'each_elem']);
/** bpftool 6.1 recorded these dumps; it does not know the insns of 6.6 and later. */
const NEWER_INSNS = new Set(['sdivmod', 'gotol', 'helper_inline', 'map_inline', 'parse_tcp', 'blind_imm']);
/** llvm-objdump 19 wrote `<unknown>` for some atomics. */
const UNKNOWN_TO_OBJDUMP = new Set(['atomics']);

const goldens = present
  ? readFileSync(new URL('golden-plain.jsonl', root), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Golden)
      .map((golden) => ({ ...golden, name: golden.id.split(':')[0] }))
      .filter(({ name }) => !SEVERAL_FUNCTIONS.has(name))
  : [];
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** Slots as hex; of a 64-bit load only its place, since addresses of maps are known to the loader alone. */
function slotsOf(hexSlots: readonly string[]): string[] {
  return hexSlots.map((hex, i) =>
    hex.startsWith('18') ? '18' : hexSlots[i - 1]?.startsWith('18') ? '00' : hex,
  );
}
const wantedSlots = (hex: string): string[] => slotsOf(hex.match(/.{16}/g) ?? []);
function assembledSlots(text: string): string[] {
  const { insns } = assemble(text).value.program;
  return slotsOf(Array.from({ length: insns.length / 2 }, (_, i) => slotHex(insns[2 * i], insns[2 * i + 1])));
}

describe.skipIf(!present)(`golden listings${present ? '' : ' (skipped: no ../shared)'}`, () => {
  test.each(goldens)('$name: clang -S', ({ name, before }) => {
    expect(assembledSlots(read(`asm/${name}.s`))).toEqual(wantedSlots(before.insns));
  });

  test.each(goldens.filter(({ name }) => !UNKNOWN_TO_OBJDUMP.has(name)))(
    '$name: llvm-objdump',
    ({ name, before }) => {
      expect(assembledSlots(read(`dump/${name}.objdump.txt`))).toEqual(wantedSlots(before.insns));
    },
  );

  test.each(goldens.filter(({ name }) => !NEWER_INSNS.has(name)))('$name: bpftool', ({ name, after }) => {
    const text = read(`dump/${name}.xlated.txt`);
    expect(assembledSlots(text)).toEqual(wantedSlots(after.insns));
    const { program } = assemble(text).value;
    const { lineInfo } = program;
    const offs = after.line_info.map(([off]) => off);
    expect([...lineInfo.insnOff]).toEqual(offs);
  });
});
