/**
 * Every algorithm computes section 7: compared with the text of it, with each other, and over several lists. Would
 * catch: a jump, call, line entry, subprogram, place or record that one of them moves differently, and a write to the input.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agree } from '../../src/patch/agree.ts';
import type { Patched } from '../../src/patch/algorithm.ts';
import { composeRemap, identityRemap } from '../../src/patch/compose.ts';
import { editsFromOps, opAt } from '../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';
import { layoutOf } from '../../src/patch/layout.ts';
import type { EditList, PatchOp } from '../../src/patch/ops.ts';
import { resolveEdits } from '../../src/patch/resolve.ts';
import { makeProgram, type Program, slotCnt } from '../../src/program/program.ts';
import { aim, opsOf, programOf, rawOps, rawProgram } from './patch-cases.ts';
import { plainOf, section7 } from './section7.ts';

const RUNS = { numRuns: 400 };

/** Everything of a program, so that a later write shows. */
const copyOf = (program: Program): string => JSON.stringify([plainOf(program), program.nextUid]);

function patch(id: string, program: Program, edits: EditList) {
  const patching = ALGORITHMS.find((one) => one.id === id)!.open(program);
  const applied = patching.apply(edits);
  return applied.ok ? patching.finish() : applied;
}

/** The ops as a pass makes them, walking forward; what may not stand together stays as it is. */
const inOrder = (ops: readonly PatchOp[]): PatchOp[] =>
  ops.toSorted((a, b) => a.at - b.at || Number(a.kind !== 'prepend') - Number(b.kind !== 'prepend'));

/** As given, and laid out on the way: the verdict is the same. */
function expectVerdict(id: string, program: Program, ops: readonly PatchOp[]): void {
  expectVerdictOf(id, program, ops, editsFromOps(ops));
  const forward = inOrder(ops);
  expectVerdictOf(id, program, forward, editsFromOps(forward, program));
}

function expectVerdictOf(id: string, program: Program, ops: readonly PatchOp[], edits: EditList): void {
  const before = copyOf(program);
  const want = section7(program, ops);
  const got = patch(id, program, edits);
  expect(copyOf(program)).toBe(before);
  if (want.errno !== 0) {
    expect(got.ok ? 0 : got.error.errno).toBe(want.errno);
    if (!got.ok && want.errno === -34) {
      const { at, before: written, needed } = want;
      expect(got.error).toMatchObject({ at, before: written, needed });
      expect(got.error.message).toContain(needed.toLocaleString('en'));
    }
    return;
  }
  expect(got.ok ? '' : got.error.message).toBe('');
  if (!got.ok) return;
  expect(plainOf(got.value.program)).toEqual(want.plain);
  const { outer, inner, heir, dead } = got.value.remap;
  expect([...outer]).toEqual(want.outer);
  expect([...inner]).toEqual(want.inner);
  expect([...heir]).toEqual(want.heir);
  expect([...dead]).toEqual(want.heir.map((to) => (to < 0 ? 1 : 0)));
}

describe.each(ALGORITHMS.map((one) => one.id))('%s', (id) => {
  it('equals the text of section 7', () => {
    fc.assert(
      fc.property(rawProgram, rawOps, (raw, ops) => {
        const program = programOf(raw);
        expectVerdict(id, program, opsOf(ops, program));
      }),
      RUNS,
    );
  });

  it('refuses what section 7 refuses', () => {
    fc.assert(
      fc.property(rawProgram, rawOps, (raw, ops) => {
        const program = programOf(raw);
        expectVerdict(id, program, opsOf(ops, program, true));
      }),
      RUNS,
    );
  });

  it('takes several lists as if each were finished and opened again', () => {
    fc.assert(
      fc.property(rawProgram, fc.array(rawOps, { maxLength: 3 }), (raw, lists) => {
        const program = programOf(raw);
        const patching = ALGORITHMS.find((one) => one.id === id)!.open(program);
        let chain: Pick<Patched, 'program' | 'remap'> = { program, remap: identityRemap(slotCnt(program)) };
        for (const rawList of lists) {
          const edits = editsFromOps(opsOf(rawList, chain.program));
          const single = ALGORITHMS[0].open(chain.program);
          const applied = single.apply(edits);
          expect(patching.apply(edits).ok).toBe(applied.ok);
          if (!applied.ok) continue;
          const finished = single.finish();
          expect(finished.ok).toBe(true);
          if (!finished.ok) return;
          chain = {
            program: finished.value.program,
            remap: composeRemap(chain.remap, finished.value.remap),
          };
        }
        const all = patching.finish();
        expect(all.ok).toBe(true);
        if (!all.ok) return;
        expect(agree([{ ...all.value, ...chain }, all.value])).toBeNull();
        expect(plainOf(all.value.program)).toEqual(plainOf(chain.program));
      }),
      RUNS,
    );
  });

  it('lets a distance be too far between two lists', () => {
    const program = oneJump(32_769, 0, 0x05, 32_767);
    const patching = ALGORITHMS.find((one) => one.id === id)!.open(program);
    const grow: PatchOp = { kind: 'replace', at: 100, insns: new Int32Array(80).fill(0xb7) };
    expect(patching.apply(editsFromOps([grow])).ok).toBe(true);
    expect(patching.apply(editsFromOps([{ kind: 'remove', at: 500, cnt: 39 }])).ok).toBe(true);
    const all = patching.finish();
    expect(all.ok && all.value.program.insns[0] >> 16).toBe(32_767);
  });

  it('keeps entries of other functions where a bigger line table says', () => {
    fc.assert(
      fc.property(rawProgram, rawOps, fc.nat(4), fc.nat(50), (raw, rawList, before, gap) => {
        const whole = programOf({ ...raw, aux: null, starts: [] });
        const cnt = before + whole.lineInfo.insnOff.length;
        const base = before === 0 ? 0 : gap + before;
        const later = base + slotCnt(whole) + gap;
        const insnOff = Int32Array.from({ length: cnt + 2 }, (_, k) =>
          k < before ? k : k < cnt ? whole.lineInfo.insnOff[k - before] + base : later + k,
        );
        const column = insnOff.map((_, k) => k);
        const lineInfo = { insnOff, file: column, line: column, col: column, text: column };
        const program: Program = { ...whole, lineInfo };
        const ops = opsOf(rawList, program);
        const patching = ALGORITHMS.find((one) => one.id === id)!.open(program, {
          layer: 'core',
          linfoIdx: before,
        });
        const want = section7(program, ops, before);
        const applied = patching.apply(editsFromOps(ops));
        const got = applied.ok ? patching.finish() : applied;
        expect(got.ok).toBe(want.errno === 0);
        if (got.ok && want.errno === 0) {
          expect(plainOf(got.value.program)).toMatchObject({
            insns: want.plain.insns,
            lines: want.plain.lines,
            places: want.plain.places,
          });
          expect(got.value.program.aux).toBeNull();
        }
      }),
      RUNS,
    );
  });
});

/** A long program of moves with one jump in it. */
function oneJump(length: number, at: number, code: number, distance: number): Program {
  const insns = new Int32Array(2 * length);
  for (let i = 0; i < length; i++) insns[2 * i] = 0xb7;
  insns.set(aim(code, 0, distance), 2 * at);
  return makeProgram({ insns });
}

describe('all algorithms', () => {
  it('decide -ERANGE on final distances and name the same jump', () => {
    // One jump over almost all of a program near the reach of off, and edits that add and take away.
    const big = fc.record({
      length: fc.integer({ min: 32_760, max: 32_800 }),
      back: fc.boolean(),
      long: fc.boolean(),
      reach: fc.integer({ min: 32_740, max: 32_768 }),
      edits: fc.array(fc.record({ at: fc.nat(32_700), grow: fc.integer({ min: -30, max: 30 }) }), {
        maxLength: 4,
      }),
    });
    const seen = new Set<number>();
    fc.assert(
      fc.property(big, ({ length, back, long, reach, edits }) => {
        const at = back ? length - 2 : 0;
        const distance = back ? -Math.min(reach, at + 1) : Math.min(reach, 32_767, length - 1);
        const program = oneJump(length, at, long ? 0x06 : 0x05, distance);
        const ops = edits
          .toSorted((a, b) => a.at - b.at)
          .filter((edit, i, all) => i === 0 || edit.at > all[i - 1].at + 40)
          .map(({ at: one, grow }): PatchOp => {
            if (grow < 0) return { kind: 'remove', at: one + 1, cnt: -grow };
            return { kind: 'replace', at: one + 1, insns: new Int32Array(2 * (grow + 1)).fill(0xb7) };
          });
        const want = section7(program, ops);
        seen.add(want.errno);
        const words = want.errno === 0 ? Int32Array.from(want.plain.insns.flat()) : null;
        for (const { id } of ALGORITHMS) {
          const got = patch(id, program, editsFromOps(ops));
          if (words !== null) {
            const same = got.ok && words.every((word, i) => got.value.program.insns[i] === word);
            expect(same).toBe(true);
          } else expect(got.ok ? {} : got.error).toMatchObject(want);
        }
      }),
      { numRuns: 40, seed: 7 },
    );
    expect([...seen].toSorted((a, b) => a - b)).toEqual([-34, 0]);
  });

  it('agree in every column, and disagree with another program', () => {
    fc.assert(
      fc.property(rawProgram, rawOps, (raw, rawList) => {
        const program = programOf(raw);
        const results = ALGORITHMS.map((one) =>
          patch(one.id, program, editsFromOps(opsOf(rawList, program))),
        );
        if (!results.every((one) => one.ok)) return;
        const values = results.map((one) => (one as { value: Patched }).value);
        expect(agree(values)).toBeNull();
        const [first] = values;
        if (slotCnt(first.program) === 0) return;
        const insns = first.program.insns.slice();
        insns[insns.length - 1] ^= 1;
        const other = { ...first, program: { ...first.program, insns } };
        expect(agree([first, first, other])).toEqual({
          result: 2,
          column: 'insns',
          idx: insns.length / 2 - 1,
        });
      }),
      RUNS,
    );
  });

  it('do not care for the order of edits at different insns', () => {
    fc.assert(
      fc.property(rawProgram, rawOps, (raw, rawList) => {
        const program = programOf(raw);
        const ops = opsOf(rawList, program);
        const sorted = ops.toSorted((a, b) => a.at - b.at);
        for (const { id } of ALGORITHMS) {
          const [one, two] = [
            patch(id, program, editsFromOps(ops)),
            patch(id, program, editsFromOps(sorted)),
          ];
          expect(one.ok).toBe(two.ok);
          if (one.ok && two.ok) expect(agree([one.value, two.value])).toBeNull();
        }
      }),
      RUNS,
    );
  });
});

it('edits that a pass makes in order are laid out, whatever they are', () => {
  let laid = 0;
  fc.assert(
    fc.property(rawProgram, rawOps, (raw, raws) => {
      const program = programOf(raw);
      const ops = inOrder(opsOf(raws, program));
      const edits = editsFromOps(ops, program);
      const plain = resolveEdits(slotCnt(program), editsFromOps(ops));
      const twin = resolveEdits(slotCnt(program), edits);
      if (layoutOf(edits) === null || !plain.ok || !twin.ok) {
        expect(plain.ok).toBe(twin.ok);
        return;
      }
      laid++;
      const { first: _, insns: __, layout: ___, callerOf: ____, ...want } = plain.value;
      expect(twin.value).toMatchObject(want);
      for (let k = 0; k < edits.cnt; k++) expect(opAt(edits, k)).toEqual(opAt(editsFromOps(ops), k));
    }),
    RUNS,
  );
  expect(laid).toBeGreaterThan(RUNS.numRuns / 3);
});
