/**
 * Laws of rewriting context accesses, over random programs of random types with random records. Would catch: an edit list
 * that algorithms take differently, an access that is rewritten against its record, an edit of anything else, a rewrite
 * that writes a register which is neither its own nor put back.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOfAux } from '../../src/analysis/facts.ts';
import { FLOW, flowOf } from '../../src/isa/flow.ts';
import { word0 } from '../../src/isa/insn.ts';
import { type CtxField, ctxOf, fieldAt, loadAllowed, pointeeOf, storeAllowed } from '../../src/kernel/ctx.ts';
import { PROG_TYPES } from '../../src/kernel/prog-types.ts';
import { ctxAccess } from '../../src/passes/ctx/access.ts';
import { passContext } from '../../src/passes/pass.ts';
import { agree } from '../../src/patch/agree.ts';
import { applyEdits } from '../../src/patch/apply-edits.ts';
import { opAt } from '../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';
import type { EditList, PatchOp } from '../../src/patch/ops.ts';
import { ENGINE_RULES } from '../../src/patch/rules.ts';
import { auxColumns, makeProgram, type Program, slotCnt } from '../../src/program/program.ts';
import { programOf, rawProgram } from './patch-cases.ts';
import { plainOf, section7 } from './section7.ts';

const RUNS = { numRuns: 400 };
const STRUCT_OPS = PROG_TYPES.indexOf('struct_ops');
/** Types whose rewrites need a third register: sock_ops, sk_skb, addresses, settings and options. */
const WITH_ROOM = [13, 13, 14, 18, 23, 25] as const;
/** Types of pointers that decide something: context, packets, sockets, objects, arena; and the stack, which does not. */
const POINTERS = [2, 2, 2, 2, 6, 7, 8, 11, 12, 13, 15, 16, 18] as const;

/** Numbers out of which a load or a store is picked. */
const rawAccess = fc.record({
  code: fc.constantFrom(0x61, 0x69, 0x71, 0x79, 0x81, 0x89, 0x91, 0x63, 0x7b, 0x62, 0x7a, 0xc3),
  dst: fc.nat(9),
  src: fc.nat(9),
  isSame: fc.boolean(),
  off: fc.nat(3000),
  imm: fc.constantFrom(0, 7, -1, 65535),
  pointer: fc.constantFrom(...POINTERS),
  isNoted: fc.integer({ min: 0, max: 3 }),
  isHere: fc.integer({ min: 0, max: 3 }),
  isWild: fc.integer({ min: 0, max: 5 }),
});
type RawAccess = typeof rawAccess extends fc.Arbitrary<infer T> ? T : never;

interface Case {
  readonly program: Program;
  readonly progType: number;
  readonly attach: string;
}

const CODES: Readonly<Record<number, number>> = { 1: 0x10, 2: 0x08, 4: 0x00, 8: 0x18 };

/** Opcodes and offsets of all accesses to a field that the verifier lets through. */
function allowedTo(field: CtxField): (readonly [code: number, off: number])[] {
  const offs = Array.from({ length: field.size }, (_, k) => field.off + k);
  return offs.flatMap((off) =>
    [1, 2, 4, 8].flatMap((size) => {
      const codes: number[] = [];
      if (loadAllowed(field, off, size, false)) codes.push(0x61);
      if (size < 8 && loadAllowed(field, off, size, true)) codes.push(0x81);
      if (storeAllowed(field, off, size)) codes.push(0x62, 0x63);
      return codes.map((code) => [code | CODES[size], off] as const);
    }),
  );
}

/** Mostly one of the accesses that there are, and sometimes whatever the numbers say. */
function accessOf(raw: RawAccess, progType: number): { w0: number; imm: number; whole: number } {
  const struct = raw.pointer === 2 ? ctxOf(progType) : pointeeOf(raw.pointer);
  const field = struct?.fields[raw.off % struct.fields.length];
  const all = field && raw.isWild > 0 ? allowedTo(field) : [];
  const [code, off] =
    all.length > 0 ? all[raw.imm & 1 ? all.length - 1 : raw.off % all.length] : [raw.code, raw.off];
  const cls = code & 7;
  const src = cls === 2 ? 0 : raw.isSame && cls === 1 ? raw.dst : raw.src;
  const whole = raw.isNoted > 0 ? (struct && fieldAt(struct, off)?.whole) || 0 : 0;
  return { w0: word0(code, raw.dst, src, off), imm: cls === 2 ? raw.imm : 0, whole };
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    raw: rawProgram,
    accesses: fc.array(rawAccess, { minLength: 1, maxLength: 30 }),
    progType: fc.oneof(fc.nat(PROG_TYPES.length - 1), fc.constantFrom(...WITH_ROOM)),
    attach: fc.constantFrom('Qdisc_ops.init', 'Qdisc_ops.reset', 'Qdisc_ops.enqueue'),
    isQdisc: fc.integer({ min: 0, max: 7 }),
  })
  .map(({ raw, accesses, progType: anyType, attach, isQdisc }) => {
    const progType = isQdisc === 0 ? STRUCT_OPS : anyType;
    const { lineInfo, subprogs, strings, insns: given } = programOf(raw);
    const n = given.length / 2;
    const insns = given.slice();
    const ptrType = new Int32Array(n);
    const ctxFieldSize = new Int32Array(n);
    for (let i = 0; i < n; i++) {
      const access = accesses[i % accesses.length];
      const isPair = (given[2 * i] & 0xff) === 0x18 || (given[2 * i] & 0xff) === 0;
      if (access.isHere === 0 || isPair || flowOf(given[2 * i]) !== FLOW.NONE) continue;
      const { w0, imm, whole } = accessOf(access, progType);
      insns.set([w0, imm], 2 * i);
      ptrType[i] = access.pointer;
      ctxFieldSize[i] = whole;
    }
    const aux = auxColumns(n, { seen: new Int32Array(n).fill(1), ptrType, ctxFieldSize });
    return { program: makeProgram({ insns, lineInfo, subprogs, strings, aux }), progType, attach };
  });

function editsOf({ program, progType, attach }: Case, linux = ENGINE_RULES.linux): EditList {
  const facts = factsOfAux(program.aux!);
  const setting = { progType, attach, maps: [] };
  return ctxAccess.run(
    program,
    passContext({ facts, setting, rnd: () => 0, rules: { ...ENGINE_RULES, linux } }),
  );
}

const opsOf = (edits: EditList): PatchOp[] => Array.from({ length: edits.cnt }, (_, k) => opAt(edits, k));
const isMemory = (w0: number): boolean => [1, 2, 3].includes(w0 & 7);
const isExit = (w0: number): boolean => (w0 & 0xff) === 0x95;

describe('ctx_access', () => {
  it('gives edits that all algorithms take, and take alike, as section 7 has it', () => {
    let edited = 0;
    let prepended = 0;
    fc.assert(
      fc.property(cases, fc.constantFrom(618, 601), (one, linux) => {
        const edits = editsOf(one, linux);
        const ops = opsOf(edits);
        edited += ops.length;
        prepended += ops.filter(({ kind }) => kind === 'prepend').length;
        const results = ALGORITHMS.map((each) => applyEdits(each, one.program, edits, 'verifier'));
        expect(results.filter((result) => !result.ok)).toEqual([]);
        const values = results.flatMap((result) => (result.ok ? [result.value] : []));
        expect(agree(values)).toBeNull();
        const want = section7(one.program, ops);
        expect(want).toMatchObject({ errno: 0, plain: plainOf(values[0].program) });
      }),
      RUNS,
    );
    // Otherwise there was too little to agree on.
    expect(edited).toBeGreaterThan(150);
    expect(prepended).toBeGreaterThan(5);
  });

  it('gives the same edits for the same program, and writes nothing to it', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const before = JSON.stringify(plainOf(one.program));
        const edits = editsOf(one);
        expect(editsOf(one)).toEqual(edits);
        expect(JSON.stringify(plainOf(one.program))).toBe(before);
      }),
      RUNS,
    );
  });

  it('touches loads and stores through noted pointers, exits of main programs that end so, and the start', () => {
    fc.assert(
      fc.property(cases, ({ program, progType, attach }) => {
        const { ptrType } = program.aux!.records;
        const isReset = progType === STRUCT_OPS && attach === 'Qdisc_ops.reset';
        const mainEnd = program.subprogs.start[1] ?? slotCnt(program);
        for (const { kind, at } of opsOf(editsOf({ program, progType, attach }))) {
          const w0 = program.insns[2 * at];
          if (kind === 'prepend') expect(at).toBe(0);
          else if (isExit(w0)) expect([kind, isReset, at < mainEnd]).toEqual(['replace', true, true]);
          else expect([kind, isMemory(w0), ptrType[at] !== 0]).toEqual(['replace', true, true]);
        }
      }),
      RUNS,
    );
  });

  /** Registers that an insn writes; those of loads through r11 and of constants are enough here. */
  const written = (w0: number): number => ([1, 4, 7].includes(w0 & 7) ? (w0 >>> 8) & 15 : -1);

  it('leaves every register but the one loaded as it was: a third one is saved first and restored last', () => {
    let saved = 0;
    fc.assert(
      fc.property(cases, (one) => {
        for (const op of opsOf(editsOf(one))) {
          if (op.kind !== 'replace' || isExit(one.program.insns[2 * op.at])) continue;
          const own = (one.program.insns[2 * op.at] >>> 8) & 15;
          const isLoad = (one.program.insns[2 * op.at] & 7) === 1;
          const words = Array.from({ length: op.insns.length / 2 }, (_, i) => op.insns[2 * i]);
          const others = new Set(words.map(written).filter((reg) => reg >= 0 && reg !== 11));
          if (isLoad) others.delete(own);
          if (others.size === 0) continue;
          const [third, ...more] = others;
          expect(more).toEqual([]);
          saved++;
          // The first insn keeps it, and on every way a load from the same place gives it back.
          expect(words[0] & 0xff).toBe(0x7b);
          expect((words[0] >>> 12) & 15).toBe(third);
          const back = words.filter((w0) => written(w0) === third).at(-1)!;
          expect([back & 0xff, back >> 16]).toEqual([0x79, words[0] >> 16]);
        }
      }),
      { numRuns: 3000 },
    );
    expect(saved).toBeGreaterThan(20);
  });

  it('a second time takes for an access no insn that the first has put, but the last of each', () => {
    fc.assert(
      fc.property(cases, (one) => {
        const edits = editsOf(one);
        const result = applyEdits(ALGORITHMS[0], one.program, edits, 'verifier');
        if (!result.ok) throw new Error(result.error.message);
        const { aux } = result.value.program;
        const again = opsOf(editsOf({ ...one, program: result.value.program }));
        const taken = again.filter(({ kind, at }) => kind === 'replace' && aux!.home[at] < 0);
        expect(taken.filter(({ at }) => !isExit(result.value.program.insns[2 * at]))).toEqual([]);
      }),
      RUNS,
    );
  });
});
