/**
 * One case of the conformance form: a program with edits or a pass, as JSON of plain numbers. A line that is not one
 * gives a sentence that says what is wrong with it.
 */
import { err, ok, type Result } from '../base/result.ts';
import { distanceOf, FLOW, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS, word0 } from '../isa/insn.ts';
import { passById } from '../passes/index.ts';
import type { Layer } from '../patch/algorithm.ts';
import type { Exit, PatchOp } from '../patch/ops.ts';
import {
  type AuxColumns,
  auxColumns,
  type LineInfo,
  makeProgram,
  type Program,
  type Subprogs,
} from '../program/program.ts';

/** More than this is a mistake of whoever wrote the line. */
const SLOTS_MAX = 1 << 24;

export interface Case {
  readonly id: unknown;
  readonly program: Program;
  readonly layer: Layer;
  readonly linfoIdx: number | undefined;
  readonly ops: readonly PatchOp[];
  readonly pass: string | undefined;
  readonly rnd: readonly number[];
  readonly verifierZext: boolean;
  readonly needsZext: boolean;
}

/** Thrown and caught in this file only: the readers below nest deeply. */
class NotACase extends Error {}

function need(condition: boolean, message: string): asserts condition {
  if (!condition) throw new NotACase(message);
}

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function integer(value: unknown, lo: number, hi: number, what: string): number {
  need(
    typeof value === 'number' && Number.isInteger(value) && value >= lo && value <= hi,
    `${what} is no such number`,
  );
  return value;
}

function rows(value: unknown, width: number, what: string): number[][] {
  if (value === undefined || value === null) return [];
  need(Array.isArray(value), `${what} is not a list`);
  return value.map((row) => {
    need(Array.isArray(row) && row.length === width, `an entry of ${what} has not ${width} numbers`);
    return row.map((cell) => integer(cell, -0x80000000, 0xffffffff, `an entry of ${what}`));
  });
}

function readInsn(item: unknown): [number, number] {
  need(Array.isArray(item) && item.length === 5, 'an insn is [code, dst, src, off, imm]');
  const [code, dst, src, off, imm] = item;
  const w0 = word0(
    integer(code, 0, 0xff, 'code'),
    integer(dst, 0, 0xf, 'dst'),
    integer(src, 0, 0xf, 'src'),
    integer(off, -0x8000, 0xffff, 'off'),
  );
  return [w0, integer(imm, -0x80000000, 0xffffffff, 'imm') | 0];
}

/** Insns, with runs `{n, i}` written out; `i` is an insn or a list of them. */
function readInsns(value: unknown): Int32Array {
  need(Array.isArray(value), 'insns is not a list');
  const runs = value.map((item) => {
    if (!isObject(item)) return { n: 1, words: readInsn(item) as number[] };
    need(Array.isArray(item.i), 'a run of insns is {n, i}');
    const body = Array.isArray(item.i[0]) ? item.i.flatMap(readInsn) : readInsn(item.i);
    return { n: integer(item.n, 0, SLOTS_MAX, 'n'), words: body };
  });
  const size = runs.reduce((sum, run) => sum + run.n * run.words.length, 0);
  need(size <= SLOTS_MAX * SLOT_WORDS, 'too many insns');
  const insns = new Int32Array(size);
  let word = 0;
  for (const { n, words } of runs) {
    for (let k = 0; k < n; k++) for (const one of words) insns[word++] = one;
  }
  return insns;
}

function readLineInfo(value: unknown, slots: number, core: boolean): LineInfo {
  const table = rows(value, 4, 'line_info');
  table.forEach(([insnOff], k) => {
    need(insnOff >= 0 && (core || insnOff < slots), `line_info names insn ${insnOff}`);
    need(k === 0 || insnOff > table[k - 1][0], 'line_info is not ascending');
  });
  const column = (k: number) => Int32Array.from(table, (row) => row[k]);
  const text = new Int32Array(table.length).fill(-1);
  return { insnOff: column(0), file: column(1), line: column(2), col: column(3), text };
}

function readSubprogs(value: unknown, slots: number, lineInfo: LineInfo): Subprogs {
  const starts = value === undefined ? [0] : value;
  need(
    Array.isArray(starts) && starts.length > 0 && starts[0] === 0,
    'the first subprogram begins at insn 0',
  );
  const start = Int32Array.from(starts, (one) =>
    integer(one, 0, Math.max(0, slots - 1), 'a subprogram start'),
  );
  need(
    start.every((one, k) => k === 0 || one > start[k - 1]),
    'subprogs is not ascending',
  );
  return {
    start,
    ident: start.map((_, k) => k),
    name: new Int32Array(start.length).fill(-1),
    linfoIdx: start.map((one) => Math.max(0, lineInfo.insnOff.indexOf(one))),
    stackDepth: new Int32Array(start.length).fill(-1),
  };
}

function readAux(value: unknown, slots: number): AuxColumns | null {
  if (value === undefined || value === null) return null;
  const table = rows(value, 6, 'aux');
  need(table.length === slots, 'aux has not one record an insn');
  const column = (k: number) => Int32Array.from(table, (row) => row[k]);
  return auxColumns(slots, {
    ...{ origIdx: column(0), seen: column(1), zextDst: Uint8Array.from(column(2)) },
    ...{ ptrType: column(3), ctxFieldSize: column(4), aluState: column(5) },
  });
}

/** `jump_last`: the last insn is the jump that stood at `at`, with the distance it had there. */
function exitsOf(op: Json, at: number, insns: Int32Array): Exit[] {
  if (op.jump_last === true) {
    const slot = insns.length / SLOT_WORDS - 1;
    const flow = slot < 0 ? FLOW.NONE : flowOf(insns[slot * SLOT_WORDS]);
    need(flow !== FLOW.NONE, 'jump_last: the last insn does not jump');
    return [{ slot, to: at + 1 + distanceOf(insns[slot * SLOT_WORDS], insns[slot * SLOT_WORDS + 1], flow) }];
  }
  if (op.exits === undefined) return [];
  need(Array.isArray(op.exits), 'exits is not a list');
  return op.exits.map((exit) => {
    need(isObject(exit), 'an exit is {slot, to}');
    return {
      slot: integer(exit.slot, -0x80000000, 0x7fffffff, 'slot'),
      to: integer(exit.to, -0x80000000, 0x7fffffff, 'to'),
    };
  });
}

function readOp(op: unknown): PatchOp {
  need(isObject(op), 'an op is an object');
  const at = integer(op.at, -0x80000000, 0x7fffffff, 'at');
  if (op.kind === 'remove')
    return { kind: 'remove', at, cnt: integer(op.count ?? 1, -1, 0x3fffffff, 'count') };
  const kind = op.kind === 'patch' ? 'replace' : op.kind === 'prepatch' ? 'prepend' : op.kind;
  need(kind === 'replace' || kind === 'prepend', `op of unknown kind ${JSON.stringify(op.kind)}`);
  const insns = readInsns(op.insns);
  return { kind, at, insns, exits: exitsOf(op, at, insns) };
}

function readInput(id: unknown, input: Json): Case {
  const insns = readInsns(input.insns);
  const slots = insns.length / SLOT_WORDS;
  const pass = input.pass ?? undefined;
  need(pass === undefined || typeof pass === 'string', 'pass is not a name');
  const ops = input.ops ?? [];
  need(Array.isArray(ops), 'ops is not a list');
  need(pass === undefined || input.ops === undefined, 'a case has ops or a pass, not both');
  const linfoIdx =
    input.linfo_idx === undefined ? undefined : integer(input.linfo_idx, 0, 0x7fffffff, 'linfo_idx');
  // A patch that ends in the jump it replaces is a rewrite of the core layer's, too.
  const core =
    linfoIdx !== undefined ||
    (pass !== undefined && passById(pass)?.layer === 'core') ||
    ops.some((op) => isObject(op) && op.jump_last === true);
  const lineInfo = readLineInfo(input.line_info, slots, core);
  const rnd = input.rnd ?? [];
  need(Array.isArray(rnd), 'rnd is not a list');
  return {
    id,
    program: makeProgram({
      insns,
      lineInfo,
      subprogs: readSubprogs(input.subprogs, slots, lineInfo),
      aux: readAux(input.aux, slots),
    }),
    layer: core ? 'core' : 'verifier',
    linfoIdx,
    ops: ops.map(readOp),
    pass,
    rnd: rnd.map((one) => integer(one, -0x80000000, 0xffffffff, 'rnd') >>> 0),
    verifierZext: Boolean(input.verifier_zext),
    needsZext: Boolean(input.needs_zext ?? true),
  };
}

/** The case in one line of JSON, or what is wrong with it (and its id, if it has one). */
export function readCase(line: string): Result<Case, { id: unknown; message: string }> {
  let id: unknown;
  try {
    const json: unknown = JSON.parse(line);
    need(isObject(json), 'a case is an object');
    id = json.id;
    need(isObject(json.input), 'a case has an input');
    return ok(readInput(id, json.input));
  } catch (error) {
    if (error instanceof NotACase || error instanceof SyntaxError) return err({ id, message: error.message });
    throw error;
  }
}
