/**
 * Laws of the passes that extend, cut and hard-wire, over random programs with random records. Would catch: an edit
 * list that algorithms take differently, an insn cut or kept against its record, a pass that leaves part of its work.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOfAux } from '../../src/analysis/facts.ts';
import { defines32, distanceOf, FLOW, flowOf } from '../../src/isa/flow.ts';
import { withOff, word0 } from '../../src/isa/insn.ts';
import { NOP_WORD } from '../../src/isa/opcodes.ts';
import { secondSlots } from '../../src/isa/pairs.ts';
import { def32Of } from '../../src/isa/regs.ts';
import { passById } from '../../src/passes/index.ts';
import { countedRnd, passContext } from '../../src/passes/pass.ts';
import { agree } from '../../src/patch/agree.ts';
import type { Patched } from '../../src/patch/algorithm.ts';
import { applyEdits } from '../../src/patch/apply-edits.ts';
import { opAt } from '../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';
import { EDIT, type EditList } from '../../src/patch/ops.ts';
import { ENGINE_RULES, type PassRules } from '../../src/patch/rules.ts';
import { auxColumns, makeProgram, type Program, slotCnt } from '../../src/program/program.ts';
import { programOf, rawProgram } from './patch-cases.ts';
import { plainOf, section7 } from './section7.ts';

const RUNS = { numRuns: 400 };

const IDS = [
  'zext',
  'rnd_hi32',
  'hard_wire',
  'dead_code',
  'dead_code_rfc',
  'nops',
  'nops_all',
  'sanitize',
] as const;
type Id = (typeof IDS)[number];

/** Insns with which these passes have to do. */
const GOTO: RawSlot = [NOP_WORD, 0];
const OTHERS: readonly RawSlot[] = [
  [word0(0xe5, 0, 0, 0), 0], // may_goto
  [word0(0x15, 1, 0, 0), 0], // if r1 == 0
  [word0(0x6c, 3, 2, 0), 0], // w3 <<= w2
  [word0(0x69, 3, 1, 0), 0], // a 16-bit load
  [word0(0xc3, 1, 2, 0), 0xf1], // cmpxchg
];
type RawSlot = readonly [w0: number, imm: number];
/** Type of the pointer of a load that reads the context. */
const CTX = 2;

/** Records of a slot, and what takes its place, so that there is work enough; jumps lead a short way forward. */
const rawSlot = fc.record({
  isSeen: fc.integer({ min: 0, max: 3 }),
  isMarked: fc.boolean(),
  isCtx: fc.boolean(),
  other: fc.constantFrom(null, null, GOTO, GOTO, GOTO, ...OTHERS),
  off: fc.constantFrom(0, 0, 1, 1, 2),
});

const withAux = fc
  .record({ raw: rawProgram, slots: fc.array(rawSlot, { minLength: 1, maxLength: 40 }) })
  .map(({ raw, slots }): Program => {
    const { lineInfo, subprogs, strings, insns: given } = programOf(raw);
    const n = given.length / 2;
    const at = Array.from({ length: n }, (_, i) => slots[i % slots.length]);
    const insns = given.slice();
    for (const [i, { other, off }] of at.entries()) {
      const isPair = (given[2 * i] & 0xff) === 0x18 || (given[2 * i] & 0xff) === 0;
      if (other === null || isPair) continue;
      const [w0, imm] = other;
      insns.set([flowOf(w0) === FLOW.OFF ? withOff(w0, off) : w0, imm], 2 * i);
    }
    const aux = auxColumns(n, {
      seen: Int32Array.from(at, ({ isSeen }) => isSeen),
      zextDst: Uint8Array.from(at, ({ isMarked }) => Number(isMarked)),
      ptrType: Int32Array.from(at, ({ isCtx }) => (isCtx ? CTX : 0)),
    });
    return makeProgram({ insns, lineInfo, subprogs, strings, aux });
  });

const rules = fc.record({ nopsTakeMayGoto: fc.boolean() });

interface Ran {
  readonly edits: EditList;
  readonly rndUsed: number;
}

function editsOf(id: Id, program: Program, partial: Partial<PassRules> = {}, needsZext = true): Ran {
  const { rnd, used } = countedRnd(() => 0x12345678);
  const facts = factsOfAux(program.aux!);
  const context = passContext({ facts, rnd, needsZext, rules: { ...ENGINE_RULES, ...partial } });
  return { edits: passById(id)!.run(program, context), rndUsed: used() };
}

function patch(program: Program, edits: EditList): Patched {
  const result = applyEdits(ALGORITHMS[0], program, edits, 'verifier');
  if (!result.ok) throw new Error(result.error.message);
  return result.value;
}

const after = (id: Id, program: Program, partial?: Partial<PassRules>): Program =>
  patch(program, editsOf(id, program, partial).edits).program;

const seenOf = (program: Program): Uint8Array => factsOfAux(program.aux!).seen;
const slotsOf = (program: Program): number[] => Array.from({ length: slotCnt(program) }, (_, i) => i);

/** Jumps of exactly the kernel's form that lead to the next insn. */
const nopsIn = (program: Program): number[] =>
  slotsOf(program).filter((i) => program.insns[2 * i] === NOP_WORD && program.insns[2 * i + 1] === 0);

describe.each(IDS)('%s', (id) => {
  it('gives edits that all algorithms take, and take alike, as section 7 has it', () => {
    let edited = 0;
    fc.assert(
      fc.property(withAux, rules, fc.boolean(), (program, partial, needsZext) => {
        const { edits } = editsOf(id, program, partial, needsZext);
        edited += edits.cnt;
        const results = ALGORITHMS.map((one) => applyEdits(one, program, edits, 'verifier'));
        expect(results.filter((one) => !one.ok)).toEqual([]);
        const values = results.flatMap((one) => (one.ok ? [one.value] : []));
        expect(agree(values)).toBeNull();
        const want = section7(
          program,
          Array.from({ length: edits.cnt }, (_, k) => opAt(edits, k)),
        );
        expect(want).toMatchObject({ errno: 0, plain: plainOf(values[0].program) });
      }),
      RUNS,
    );
    expect(edited).toBeGreaterThan(20);
  });

  it('gives the same edits for the same program, and writes nothing to it', () => {
    fc.assert(
      fc.property(withAux, (program) => {
        const before = JSON.stringify(plainOf(program));
        const { edits } = editsOf(id, program);
        expect(editsOf(id, program).edits).toEqual(edits);
        expect(JSON.stringify(plainOf(program))).toBe(before);
      }),
      RUNS,
    );
  });
});

describe('dead code', () => {
  it('dead_code keeps exactly the insns that are seen, in their order, and a second time nothing', () => {
    fc.assert(
      fc.property(withAux, (program) => {
        const seen = seenOf(program);
        const cut = after('dead_code', program);
        expect([...cut.origIdx]).toEqual(slotsOf(program).filter((i) => seen[i] === 1));
        expect(editsOf('dead_code', cut).edits.cnt).toBe(0);
      }),
      RUNS,
    );
  });

  it('dead_code_rfc cuts that and the nops of before; with nops_all behind either there is no difference', () => {
    fc.assert(
      fc.property(withAux, (program) => {
        const seen = seenOf(program);
        const old = new Set(nopsIn(program));
        const atOnce = after('dead_code_rfc', program);
        expect([...atOnce.origIdx]).toEqual(slotsOf(program).filter((i) => seen[i] === 1 && !old.has(i)));
        const one = after('nops_all', atOnce);
        const two = after('nops_all', after('dead_code', program));
        expect(plainOf(one).insns).toEqual(plainOf(two).insns);
        expect([...one.origIdx]).toEqual([...two.origIdx]);
      }),
      RUNS,
    );
  });

  it('behind hard_wire no test inside the program has a side that is not seen, and nothing has moved', () => {
    fc.assert(
      fc.property(withAux, (program) => {
        const n = slotCnt(program);
        const seen = seenOf(program);
        const wired = after('hard_wire', program);
        expect([...wired.origIdx]).toEqual(slotsOf(program));
        expect([...seenOf(wired)]).toEqual([...seen]);
        for (const i of slotsOf(wired)) {
          const [w0, was] = [wired.insns[2 * i], program.insns[2 * i]];
          const off = distanceOf(was, 0, FLOW.OFF);
          const isTest = flowOf(was) === FLOW.OFF && (was & 0xff) !== NOP_WORD;
          const isInside = i + 1 < n && i + 1 + off >= 0 && i + 1 + off < n;
          if (!isTest || !isInside) continue;
          const [behind, there] = [seen[i + 1] === 1, seen[i + 1 + off] === 1];
          // The side that runs is the one that it still leads to.
          if (behind && there) expect(w0).toBe(was);
          else expect(w0).toBe(withOff(NOP_WORD, behind ? 0 : off));
        }
      }),
      RUNS,
    );
  });

  it('sanitize leaves every seen insn as it is and makes every other a jump to itself without a mark', () => {
    fc.assert(
      fc.property(withAux, (program) => {
        const seen = seenOf(program);
        const trapped = after('sanitize', program);
        expect([...trapped.origIdx]).toEqual(slotsOf(program));
        for (const i of slotsOf(program)) {
          const want = seen[i] === 1 ? program.insns.subarray(2 * i, 2 * i + 2) : [withOff(NOP_WORD, -1), 0];
          expect([...trapped.insns.subarray(2 * i, 2 * i + 2)]).toEqual([...want]);
          expect(trapped.aux!.zextDst[i]).toBe(seen[i] === 1 ? program.aux!.zextDst[i] : 0);
        }
      }),
      RUNS,
    );
  });
});

describe('nops', () => {
  it('nops_all leaves none, and comes to what nops comes to when run until nothing changes', () => {
    let twice = 0;
    fc.assert(
      fc.property(withAux, fc.boolean(), (program, nopsTakeMayGoto) => {
        const all = after('nops_all', program, { nopsTakeMayGoto });
        expect(nopsIn(all)).toEqual([]);
        let walked = program;
        for (let k = 0; editsOf('nops', walked, { nopsTakeMayGoto }).edits.cnt > 0; k++) {
          walked = after('nops', walked, { nopsTakeMayGoto });
          if (k === 1) twice++;
        }
        expect(plainOf(walked)).toEqual(plainOf(all));
      }),
      RUNS,
    );
    // Otherwise one walk would always have been enough, and the law said nothing.
    expect(twice).toBeGreaterThan(2);
  });

  it('one walk takes no insn that nops_all would leave, and all that are nops as they stand', () => {
    fc.assert(
      fc.property(withAux, fc.boolean(), (program, nopsTakeMayGoto) => {
        const once = new Set(editsOf('nops', program, { nopsTakeMayGoto }).edits.at);
        const all = new Set(editsOf('nops_all', program, { nopsTakeMayGoto }).edits.at);
        expect([...once].filter((at) => !all.has(at))).toEqual([]);
        expect(nopsIn(program).filter((at) => !once.has(at))).toEqual([]);
      }),
      RUNS,
    );
  });
});

describe('zero extension', () => {
  /** Insns that define 32 bits, with and without a mark. */
  const defining = (program: Program, mark: 0 | 1): number[] => {
    const { insns, aux } = program;
    const second = secondSlots(insns);
    return slotsOf(program).filter(
      (i) => second[i] === 0 && def32Of(insns[2 * i], insns[2 * i + 1]) >= 0 && aux!.zextDst[i] === mark,
    );
  };

  it('touches the marked insns that define 32 bits, each of which stays the first of two', () => {
    fc.assert(
      fc.property(withAux, (program) => {
        const { edits } = editsOf('zext', program);
        expect([...edits.at]).toEqual(defining(program, 1));
        for (let k = 0; k < edits.cnt; k++) {
          expect([edits.kind[k], edits.len[k]]).toEqual([EDIT.REPLACE, 2]);
          const { insns, first } = edits;
          const from = 2 * first[k];
          expect([...insns.subarray(from, from + 2)]).toEqual([
            ...program.insns.subarray(2 * edits.at[k], 2 * edits.at[k] + 2),
          ]);
        }
      }),
      RUNS,
    );
  });

  /**
   * A second run is no kernel's: patching writes the marks of what it touched anew (7.3), and the extension itself
   * defines 32 bits. So it extends the same insns and the extensions, and none that the first left alone.
   */
  it('a second time asks again behind the marked insns and their extensions, and nowhere else', () => {
    fc.assert(
      fc.property(withAux, (program) => {
        const first = editsOf('zext', program).edits;
        const { program: extended, remap } = patch(program, first);
        const want = [...first.at].flatMap((at) => {
          const isMarked = defines32(program.insns[2 * at], program.insns[2 * at + 1]) === 1;
          return isMarked ? [remap.outer[at], remap.outer[at] + 1] : [remap.outer[at] + 1];
        });
        expect([...editsOf('zext', extended).edits.at]).toEqual(want);
      }),
      RUNS,
    );
  });

  it('rnd_hi32 extends as zext does and spoils only what has no mark, for one random number each', () => {
    let spoiled = 0;
    fc.assert(
      fc.property(withAux, (program) => {
        const { edits, rndUsed } = editsOf('rnd_hi32', program);
        const slots = Array.from(edits.at, (at, k) => [at, edits.len[k]]);
        const noisy = slots.flatMap(([at, len]) => (len === 4 ? [at] : []));
        expect(slots.flatMap(([at, len]) => (len === 2 ? [at] : []))).toEqual(defining(program, 1));
        const { records } = program.aux!;
        // 2: a load through it reads the context.
        const isCtxLoad = (i: number): boolean =>
          (program.insns[2 * i] & 7) === 1 && records.ptrType[i] === 2;
        expect(noisy).toEqual(defining(program, 0).filter((i) => !isCtxLoad(i)));
        expect(rndUsed).toBe(noisy.length);
        spoiled += noisy.length;
      }),
      RUNS,
    );
    expect(spoiled).toBeGreaterThan(20);
  });
});
