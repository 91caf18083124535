/**
 * Laws of the rewriting of calls, loops and arithmetic, over random programs with random records and maps, under the rules
 * of random kernels. Would catch: edits that algorithms take differently, a program that is written to, a hidden slot that
 * the program uses, a rewrite out of the reach of its kernel, and a jump that leaves for another insn.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { factsOfAux } from '../../src/analysis/facts.ts';
import { distanceOf, flowOf } from '../../src/isa/flow.ts';
import { codeOf, dstOf, offOf, srcOf, withOff, word0 } from '../../src/isa/insn.ts';
import { secondSlots } from '../../src/isa/pairs.ts';
import { HELPERS, helperId } from '../../src/kernel/helpers.ts';
import { mapTypeNumber } from '../../src/kernel/map-types.ts';
import { progTypeNumber } from '../../src/kernel/prog-types.ts';
import { fixups } from '../../src/passes/fix/fixups.ts';
import { inlineLoop } from '../../src/passes/inline-loop.ts';
import { type Pass, type PassContext, passContext } from '../../src/passes/pass.ts';
import { agree } from '../../src/patch/agree.ts';
import { applyEdits } from '../../src/patch/apply-edits.ts';
import { opAt } from '../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';
import { EDIT, type EditList } from '../../src/patch/ops.ts';
import { ENGINE_RULES } from '../../src/patch/rules.ts';
import { auxColumns, makeProgram, type Program, slotCnt } from '../../src/program/program.ts';
import type { MapInfo } from '../../src/program/setting.ts';
import { programOf, rawProgram } from './patch-cases.ts';
import { plainOf, section7 } from './section7.ts';

const RUNS = { numRuns: 400 };

const call = (helper: string): readonly [number, number] => [word0(0x85, 0, 0, 0), helperId(helper)];
/** Insns with which these passes have to do; of may_goto the distance is filled in. */
const INSNS: readonly (readonly [w0: number, imm: number])[] = [
  ...[
    'map_lookup_elem',
    'map_lookup_elem',
    'tail_call',
    'loop',
    'loop',
    'loop',
    'jiffies64',
    'kptr_xchg',
  ].map(call),
  ...['get_smp_processor_id', 'get_func_arg', 'get_func_ret', 'timer_set_callback'].map(call),
  ...['get_branch_snapshot', 'task_storage_get', 'map_update_elem'].map(call),
  ...Array.from({ length: 5 }, () => [word0(0xe5, 0, 0, 0), 0] as const), // may_goto
  [word0(0x3f, 1, 2, 0), 0], // r1 /= r2
  [word0(0x9c, 1, 2, 1), 0], // w1 s%= w2
  [word0(0x30, 0, 0, 0), 12], // a byte of the packet
  [word0(0x40, 0, 7, 0), 4], // a word of it
  [word0(0x0f, 3, 4, 0), 0], // r3 += r4
  [word0(0x7b, 10, 1, -24), 0], // a store to the stack
  [word0(0x79, 1, 10, -64), 0], // a load from it
];

const MAP_TYPES = [
  ...['array', 'percpu_array', 'hash', 'lru_hash', 'percpu_hash', 'array_of_maps', 'hash_of_maps', 'xskmap'],
  ...['prog_array', 'lpm_trie', 'unspec'],
];
const mapInfo = fc
  .record({
    type: fc.constantFrom(...MAP_TYPES).map(mapTypeNumber),
    keySize: fc.integer({ min: 1, max: 70 }),
    valueSize: fc.integer({ min: 1, max: 5000 }),
    maxEntries: fc.oneof(fc.integer({ min: 1, max: 300 }), fc.constantFrom(1, 0xffffffff)),
    flags: fc.constantFrom(0, 0, 0, 1 << 12),
  })
  .map((known): MapInfo => ({ ref: 0, name: '', frozen: null, inner: null, ...known }));
const maps = fc.array(
  fc.tuple(mapInfo, fc.option(mapInfo)).map(([map, inner]): MapInfo => ({ ...map, inner })),
  { maxLength: 4 },
);

const rawSlot = fc.record({
  insn: fc.option(fc.constantFrom(...INSNS), { freq: 4 }),
  off: fc.integer({ min: -6, max: 6 }),
  isSeen: fc.integer({ min: 0, max: 5 }),
  map: fc.constantFrom(-1, 0, 1, 1, 2, 3, 0x10001, 0x10002, 9),
  callArg: fc.integer({ min: 0, max: 4 }),
  aluState: fc.integer({ min: 0, max: 31 }),
});

const program = fc
  .record({ raw: rawProgram, slots: fc.array(rawSlot, { minLength: 1, maxLength: 40 }) })
  .map(({ raw, slots }): Program => {
    const { insns: given, ...rest } = programOf(raw);
    const insns = given.slice();
    const n = insns.length / 2;
    const at = Array.from({ length: n }, (_, i) => slots[i % slots.length]);
    for (const [i, { insn, off }] of at.entries()) {
      const isPair = codeOf(given[2 * i]) === 0x18 || codeOf(given[2 * i]) === 0;
      if (insn === null || isPair) continue;
      insns.set([codeOf(insn[0]) === 0xe5 ? withOff(insn[0], off) : insn[0], insn[1]], 2 * i);
    }
    const column = (f: (slot: (typeof slots)[number]) => number) => Int32Array.from(at, f);
    const aux = auxColumns(n, {
      seen: column(({ isSeen }) => isSeen),
      mapIdx: column(({ map }) => map),
      callArg: column(({ callArg }) => callArg),
      aluState: column(({ aluState }) => aluState),
      aluLimit: column(({ aluState }) => 7 * aluState),
      ptrType: column(({ off }) => (off === 5 ? 18 : 0)),
    });
    return makeProgram({ ...rest, insns, aux });
  });

const context = fc.record({
  maps,
  linux: fc.constantFrom(618, 618, 618, 614, 609, 601, 502),
  unprivileged: fc.boolean(),
  progType: fc.constantFrom('tracing', 'syscall', 'sched_cls').map(progTypeNumber),
  attach: fc.constantFrom('fentry', 'fexit.s'),
});
type Context = typeof context extends fc.Arbitrary<infer T> ? T : never;

function contextOf(
  source: Program,
  { maps: some, progType, attach, unprivileged, ...rules }: Context,
): PassContext {
  return passContext({
    facts: factsOfAux(source.aux!),
    rnd: () => {
      throw new Error('nothing here is random');
    },
    setting: { progType, attach, unprivileged, maps: some },
    rules: { ...ENGINE_RULES, ...rules },
  });
}

const editsOf = (pass: Pass, source: Program, given: Context): EditList =>
  pass.run(source, contextOf(source, given));

const putBy = (edits: EditList, k: number): [number, number][] =>
  Array.from({ length: edits.len[k] }, (_, j) => {
    const at = 2 * (edits.first[k] + j);
    return [edits.insns[at], edits.insns[at + 1]];
  });

/** Offset from the frame pointer of a load or store through it; 0: it is none. */
function stackOff(w0: number): number {
  const cls = codeOf(w0) & 7;
  const base = cls === 1 ? srcOf(w0) : cls === 2 || cls === 3 ? dstOf(w0) : -1;
  return base === 10 ? offOf(w0) : 0;
}

const subprogOf = ({ subprogs }: Program, slot: number): number =>
  subprogs.start.findLastIndex((start) => start <= slot);

/** How many edits, and how many accesses to stack that they take, there are at least: few calls are loops. */
const LEAST = { fixups: [200, 80], inline_loop: [15, 60] } as const;

describe.each([fixups, inlineLoop])('$id', (pass) => {
  const [leastEdits, leastTaken] = LEAST[pass.id as keyof typeof LEAST];

  it('gives edits that all algorithms take, and take alike, as section 7 has it', () => {
    let edited = 0;
    fc.assert(
      fc.property(program, context, (source, given) => {
        const before = JSON.stringify(plainOf(source));
        const edits = editsOf(pass, source, given);
        edited += edits.cnt;
        const results = ALGORITHMS.map((one) => applyEdits(one, source, edits, 'verifier'));
        expect(results.filter((one) => !one.ok)).toEqual([]);
        const values = results.flatMap((one) => (one.ok ? [one.value] : []));
        expect(agree(values)).toBeNull();
        const ops = Array.from({ length: edits.cnt }, (_, k) => opAt(edits, k));
        expect(section7(source, ops)).toMatchObject({ errno: 0, plain: plainOf(values[0].program) });
        expect(JSON.stringify(plainOf(source))).toBe(before);
        expect(editsOf(pass, source, given)).toEqual(edits);
      }),
      RUNS,
    );
    expect(edited).toBeGreaterThan(leastEdits);
  });

  it('takes stack only where neither record nor insn of the function says that it is used', () => {
    let taken = 0;
    fc.assert(
      fc.property(program, context, (source, given) => {
        const edits = editsOf(pass, source, given);
        const { seen } = factsOfAux(source.aux!);
        for (let k = 0; k < edits.cnt; k++) {
          const subprog = subprogOf(source, edits.at[k]);
          const used = Array.from({ length: slotCnt(source) }, (_, i) =>
            subprogOf(source, i) === subprog && seen[i] === 1 ? stackOff(source.insns[2 * i]) : 0,
          );
          const lowest = Math.min(0, -source.subprogs.stackDepth[subprog], ...used);
          for (const [w0] of putBy(edits, k)) {
            const off = stackOff(w0);
            if (off === 0 || source.insns[2 * edits.at[k]] === w0) continue;
            taken++;
            expect(off + 8).toBeLessThanOrEqual(lowest);
            expect(Math.abs(off) % 8).toBe(0);
          }
        }
      }),
      RUNS,
    );
    expect(taken).toBeGreaterThan(leastTaken);
  });
});

describe('fixups', () => {
  it('asks nobody without the record that it needs, and no kernel for what it does not know', () => {
    let rewritten = 0;
    fc.assert(
      fc.property(program, context, (source, given) => {
        const edits = editsOf(fixups, source, given);
        for (let k = 0; k < edits.cnt; k++) {
          const at = edits.at[k];
          const [w0, imm] = [source.insns[2 * at], source.insns[2 * at + 1]];
          if (edits.kind[k] !== EDIT.REPLACE || codeOf(w0) !== 0x85) continue;
          rewritten++;
          const map = given.maps[(source.aux!.records.mapIdx[at] & 0xffff) - 1];
          if (HELPERS[imm] === 'bpf_map_lookup_elem') expect(map).toBeDefined();
          if (/kptr|snapshot|smp_proc/.test(HELPERS[imm])) expect(given.linux).toBeGreaterThanOrEqual(609);
          if (/func_(arg|ret)/.test(HELPERS[imm])) expect(given.progType).toBe(progTypeNumber('tracing'));
          expect(HELPERS[imm]).not.toMatch(/update_elem|loop/);
        }
      }),
      RUNS,
    );
    expect(rewritten).toBeGreaterThan(100);
  });

  it('of may_goto leaves for where it led, and every other jump of a patch stays inside or goes behind it', () => {
    let left = 0;
    fc.assert(
      fc.property(program, context, (source, given) => {
        const edits = editsOf(fixups, source, given);
        const exits = new Map<number, number>();
        for (let x = 0; x < edits.exits.length; x += 3) exits.set(edits.exits[x], edits.exits[x + 2]);
        for (let k = 0; k < edits.cnt; k++) {
          const w0 = source.insns[2 * edits.at[k]];
          const isMayGoto = edits.kind[k] === EDIT.REPLACE && codeOf(w0) === 0xe5;
          expect(exits.get(k)).toBe(isMayGoto ? edits.at[k] + 1 + offOf(w0) : undefined);
          if (isMayGoto) left++;
          const put = putBy(edits, k);
          const second = secondSlots(Int32Array.from(put.flat()));
          for (const [slot, [word, imm]] of put.entries()) {
            const flow = flowOf(word);
            const to = slot + 1 + (flow === 0 ? 0 : distanceOf(word, imm, flow));
            if (second[slot] === 0) expect(to >= 0 && to <= put.length).toBe(true);
          }
        }
      }),
      RUNS,
    );
    expect(left).toBeGreaterThan(40);
  });
});
