/**
 * A program in the form in which it was given to the load system call (and as the recorded examples have it): insns
 * as hex, line and function tables, the program type, and whatever else is known of its maps.
 */
import { COLUMN_OF, type StatedAux } from '../analysis/aux.ts';
import { err, ok, type Result } from '../base/result.ts';
import { distanceOf, FLOW, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import type { KernelFunctions, MapNumbers, MapNumbersByRef } from '../pipeline/index.ts';
import { checkTables } from '../program/check-tables.ts';
import { insnsFromHex, insnsHex } from '../program/hex.ts';
import { makeProgram, type Program } from '../program/program.ts';
import type { MapInfo, Setting } from '../program/setting.ts';
import { BadInput, integerOf, type Json, listOf, need, objectOf, textOf } from './json-fields.ts';

const S32_MAX = 0x7fffffff;
/** More CPUs than any kernel numbers; a sane bound for what a line states. */
const NR_CPUS_CAP = 1 << 20;

export interface LoadedProgram {
  readonly id: unknown;
  readonly program: Program;
  readonly setting: Setting;
  /** Records of the verifier that somebody knows better. */
  readonly stated: readonly StatedAux[];
  /** Random numbers to take in order; empty: a generator's. */
  readonly rnd: readonly number[];
  /** What this one load gave the maps, by how insns name them. */
  readonly numbers: MapNumbersByRef;
  /** Where the kernel that loaded it keeps functions and variables, as far as it differs from the one known here. */
  readonly functions: KernelFunctions;
}

function insnsOf(value: unknown): Int32Array {
  const read = insnsFromHex(textOf(value, 'before.insns'));
  if (!read.ok) throw new BadInput(`before.insns: ${read.error.message}`);
  return read.value;
}

/** Where subprograms begin, as the kernel finds them: insn 0, and wherever a call or a callback's address leads. */
function startsOf(insns: Int32Array): Int32Array {
  const cnt = insns.length / SLOT_WORDS;
  const second = secondSlots(insns);
  const starts = new Set([0]);
  for (let i = 0; i < cnt; i++) {
    const w0 = insns[SLOT_WORDS * i];
    if (second[i] === 1 || flowOf(w0) !== FLOW.CALL) continue;
    const target = i + 1 + distanceOf(w0, insns[SLOT_WORDS * i + 1], FLOW.CALL);
    need(
      target >= 0 && target < cnt,
      `the call at insn ${i} leads to insn ${target}, outside of the program`,
    );
    starts.add(target);
  }
  return Int32Array.from(starts).sort();
}

/** A 64-bit number, as a text because JSON's numbers are not wide enough. */
function wideOf(value: unknown, what: string): bigint {
  const text = textOf(value, what);
  need(/^0x[\da-f]{1,16}$/i.test(text), `${what} is not a text such as "0xffff888100000000"`);
  return BigInt(text);
}

function numbersOf(value: unknown, k: number): [ref: number, MapNumbers] {
  const what = `maps[${k}]`;
  const { ref, id, address, value_address: valueAddress } = objectOf(value, what);
  return [
    integerOf(ref ?? 0, 0, S32_MAX, `${what}.ref`),
    {
      ...(id === undefined ? {} : { id: integerOf(id, 0, S32_MAX, `${what}.id`) }),
      ...(address === undefined ? {} : { address: wideOf(address, `${what}.address`) }),
      ...(valueAddress === undefined ? {} : { valueAddress: wideOf(valueAddress, `${what}.value_address`) }),
    },
  ];
}

function functionsOf({ calls, addresses }: Json): KernelFunctions {
  const entries = (value: unknown, what: string) =>
    Object.entries(value === undefined ? {} : objectOf(value, what));
  return {
    calls: Object.fromEntries(
      entries(calls, 'calls').map(([symbol, imm]) => [
        symbol,
        integerOf(imm, -0x80000000, S32_MAX, `calls.${symbol}`),
      ]),
    ),
    addresses: Object.fromEntries(
      entries(addresses, 'addresses').map(([symbol, at]) => [symbol, wideOf(at, `addresses.${symbol}`)]),
    ),
  };
}

function bytesOf(value: unknown, what: string): Uint8Array | null {
  if (value === undefined || value === null) return null;
  const text = textOf(value, what);
  need(/^([\da-f]{2})*$/i.test(text), `${what} is not hexadecimal bytes`);
  return Uint8Array.from(text.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

function mapOf(value: unknown, what: string): MapInfo {
  const map = objectOf(value, what);
  const uint = (key: string) => integerOf(map[key] ?? 0, 0, 0xffffffff, `${what}.${key}`);
  return {
    ref: integerOf(map.ref ?? 0, 0, S32_MAX, `${what}.ref`),
    name: textOf(map.name ?? '', `${what}.name`),
    type: uint('type'),
    keySize: uint('key_size'),
    valueSize: uint('value_size'),
    maxEntries: uint('max_entries'),
    flags: uint('flags'),
    frozen: bytesOf(map.frozen, `${what}.frozen`),
    inner: map.inner === undefined || map.inner === null ? null : mapOf(map.inner, `${what}.inner`),
  };
}

const isField = (text: string): text is StatedAux['field'] => Object.hasOwn(COLUMN_OF, text);

/** [insn, field, value]. */
function statedOf(value: unknown): StatedAux {
  need(Array.isArray(value) && value.length === 3, 'a stated record is [insn, field, value]');
  const field = textOf(value[1], 'the field of a stated record');
  need(isField(field), `${field} is no field of a record; there are ${Object.keys(COLUMN_OF).join(', ')}`);
  return {
    slot: integerOf(value[0], 0, S32_MAX, 'the insn of a stated record'),
    field,
    value: integerOf(value[2], -0x80000000, 0xffffffff, 'the value of a stated record'),
  };
}

/** Entries are [insn_off, line, col], or [insn_off, line, col, k] in the k-th of the files. */
function programOf(before: Json, files: readonly unknown[]): Program {
  const insns = insnsOf(before.insns);
  need(insns.length > 0, 'before.insns is empty');
  const lines = listOf(before.line_info, 'before.line_info').map((entry, k) => {
    const what = `before.line_info[${k}]`;
    need(
      Array.isArray(entry) && (entry.length === 3 || entry.length === 4),
      `${what} is not [insn_off, line, col]`,
    );
    return entry.map((cell) => integerOf(cell, -1, S32_MAX, `an entry of ${what}`));
  });
  const funcs = listOf(before.func_info, 'before.func_info').map((entry, k) => {
    need(Array.isArray(entry) && entry.length === 2, `before.func_info[${k}] is not [insn_off, name]`);
    const [off, name] = entry;
    return {
      off: integerOf(off, 0, S32_MAX, `before.func_info[${k}]`),
      name: textOf(name, 'a function name'),
    };
  });
  const start = startsOf(insns);
  const insnOff = Int32Array.from(lines, (line) => line[0]);
  const wrong = checkTables(
    insns,
    start,
    insnOff,
    funcs.map((func) => func.off),
  );
  need(wrong === null, wrong?.message ?? '');
  const strings = [...files.map((name) => textOf(name, 'a file name')), ...funcs.map((func) => func.name)];
  const fileOf = (line: readonly number[]): number => line[3] ?? 0;
  return makeProgram({
    insns,
    lineInfo: {
      insnOff,
      file: Int32Array.from(lines, (line) => (fileOf(line) < files.length ? fileOf(line) : -1)),
      line: Int32Array.from(lines, (line) => line[1]),
      col: Int32Array.from(lines, (line) => line[2]),
      text: new Int32Array(lines.length).fill(-1),
    },
    subprogs: {
      start,
      ident: start.map((_, k) => k),
      name: start.map((_, k) => (k < funcs.length ? files.length + k : -1)),
      linfoIdx: start.map((at) => Math.max(0, insnOff.indexOf(at))),
      stackDepth: new Int32Array(start.length).fill(-1),
    },
    strings,
  });
}

/**
 * The program in one line of JSON, or what is wrong with it (and its id, if it has one). `factsOf`: what is known of
 * the program beside the line, by its id; the line itself counts more.
 */
export function readLoaded(
  line: string,
  factsOf: (id: unknown) => Json = () => ({}),
): Result<LoadedProgram, { id: unknown; message: string }> {
  let id: unknown;
  try {
    const own = objectOf(JSON.parse(line), 'a line');
    id = own.id;
    const json = { ...factsOf(id), ...own };
    const maps = listOf(json.maps, 'maps').map((map, k) => mapOf(map, `maps[${k}]`));
    return ok({
      id,
      program: programOf(objectOf(json.before, 'before'), listOf(json.files, 'files')),
      setting: {
        progType: integerOf(json.prog_type ?? 0, 0, 0xffff, 'prog_type'),
        ...(json.unprivileged === true && { unprivileged: true }),
        ...(json.attach === undefined ? {} : { attach: textOf(json.attach, 'attach') }),
        ...(json.cpus !== undefined && { cpuCnt: integerOf(json.cpus, 1, NR_CPUS_CAP, 'cpus') }),
        globals: listOf(json.globals, 'globals').map((one) => integerOf(one, 0, S32_MAX, 'globals')),
        maps,
      },
      stated: listOf(json.aux, 'aux').map(statedOf),
      numbers: new Map(listOf(json.maps, 'maps').map(numbersOf)),
      functions: functionsOf(json),
      rnd: listOf(json.rnd, 'rnd').map((one) => integerOf(one, -0x80000000, 0xffffffff, 'rnd') >>> 0),
    });
  } catch (error) {
    if (error instanceof BadInput || error instanceof SyntaxError) return err({ id, message: error.message });
    throw error;
  }
}

/** The same form again; insns as the dump shows them, which is not always as they stand in the program. */
export function loadedJson(program: Program, insns: Int32Array): Json {
  const { lineInfo, subprogs, strings } = program;
  const { insnOff, file, line, col } = lineInfo;
  const inFirst = (k: number): boolean => file[k] <= 0;
  return {
    insns: insnsHex(insns),
    line_info: Array.from(insnOff, (off, k) =>
      inFirst(k) ? [off, line[k], col[k]] : [off, line[k], col[k], file[k]],
    ),
    func_info: Array.from(subprogs.start, (off, k) => [off, strings[subprogs.name[k]] ?? '']),
  };
}
