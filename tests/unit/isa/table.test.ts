/** Would catch a row that shadows another, a row without words, and hovers that name the wrong thing. */
import { describe, expect, test } from 'vitest';
import { formOf } from '../../../src/isa/decode.ts';
import { describe as describeInsn } from '../../../src/isa/describe.ts';
import { word0 } from '../../../src/isa/insn.ts';
import { FORMS, INTERNAL_MODES } from '../../../src/isa/table.ts';
import { HELPERS, helperId } from '../../../src/kernel/helpers.ts';

describe('the table', () => {
  test('no two rows have one name', () => {
    const names = FORMS.map(({ name }) => name);
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  test('every row is found by the fields it names', () => {
    const wrong = FORMS.filter(
      (form) => formOf(word0(form.code, 1, form.src ?? 0, form.off ?? 0), form.imm ?? 0) !== form,
    );
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });

  test('every row says what it does in a sentence', () => {
    expect(FORMS.filter(({ doc }) => !/^[A-Z].*\.$/.test(doc)).map(({ name }) => name)).toEqual([]);
  });

  test.each([
    ['add64_imm', 0x07, 0, 0, 5],
    ['sdiv32_reg', 0x3c, 2, 1, 0],
    ['div64_reg', 0x3f, 2, 7, 0],
    ['movsx16_64', 0xbf, 2, 16, 0],
    ['addr_space_cast', 0xbf, 2, 1, 1],
    ['may_goto', 0xe5, 0, 3, 0],
    ['ld_map_value', 0x18, 2, 0, 4],
    ['call_kfunc', 0x85, 2, 0, 4],
    ['atomic_fetch_xor64', 0xdb, 2, 8, 0xa1],
    ['load_acquire8', 0xd3, 2, 8, 0x100],
    ['probe_mem', 0x39, 2, 8, 0],
    ['probe_mem32_stx', 0xbb, 2, 8, 0],
    ['unknown', 0xff, 0, 0, 0],
    ['unknown', 0xdb, 2, 8, 0x77],
    ['unknown', 0xe5, 3, 3, 0],
  ])('%s is %i src %i off %i imm %i', (name, code, src, off, imm) => {
    expect(describeInsn(word0(code, 1, src, off), imm).name).toBe(name);
  });

  test('a hover has the fields and the bytes, of both slots of a 64-bit load', () => {
    expect(describeInsn(word0(0x18, 3, 0, 0), -2, 0x11223344)).toEqual({
      name: 'ld_imm64',
      doc: 'Loads a 64-bit constant; takes two slots.',
      since: null,
      fields: { code: 0x18, dst: 3, src: 0, off: 0, imm: -2 },
      hex: '18030000feffffff0000000044332211',
    });
  });

  test('the modes only the kernel writes have no row of their own', () => {
    const rows = INTERNAL_MODES.filter(({ cls, mode }) => formOf(word0(cls | mode | 0x18, 1, 2, 0), 0));
    expect(rows.map(({ name }) => name)).toEqual([]);
  });
});

describe('helpers', () => {
  test.each([
    [0, 'bpf_unspec'],
    [1, 'bpf_map_lookup_elem'],
    [12, 'bpf_tail_call'],
    [112, 'bpf_probe_read_user'],
    [181, 'bpf_loop'],
    [209, 'bpf_user_ringbuf_drain'],
    [211, 'bpf_cgrp_storage_delete'],
  ])('%i is %s', (id, name) => {
    expect(HELPERS[id]).toBe(name);
    expect(helperId(name)).toBe(id);
    expect(helperId(name.slice(4))).toBe(id);
  });

  test('there are 212, each name once', () => {
    expect(new Set(HELPERS).size).toBe(212);
    expect(helperId('bpf_no_such_helper')).toBe(-1);
  });
});
