/**
 * The RFC's bugs, each by a program that shows it. A sentence holds both sides: what the faithful algorithm makes of
 * the edits, and what the rules of docs/SEMANTICS.md make of them. Would catch: a bug that was mended on the way, and
 * one that got into the rules.
 */
import { describe, expect, it } from 'vitest';
import { word0 } from '../../../src/isa/insn.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { toldOf } from '../../../src/patch/faithful/faithful.ts';
import { rfc } from '../../../src/patch/faithful/rfc.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram } from '../../../src/program/program.ts';
import { linesOf } from '../passes/shared.ts';
import { type Asked, both, chained, sentences } from './rfc-run.ts';

interface Bug {
  readonly bug: string;
  readonly text: string;
  readonly asked?: Asked;
  /** Sentences of all tables but aux, which the first slot of every patch differs in (R18). */
  readonly says: readonly string[];
}

const BUGS: readonly Bug[] = [
  {
    bug: 'R1, R20: the length stays, so nothing is relocated; the removed insn is copied, the last one lost',
    text: `
  if r1 == 0 goto out
;@replace r0 = 1 | r0 += 1
  r0 = 1
  r0 = 2
;@remove
  r0 = 3
out:
  exit`,
    says: ["1 slot is written behind the end of the program's buffer", 'insn 4: mov64_imm, not exit'],
  },
  {
    bug: 'R3: entries of deleted lines stay, two at one insn',
    text: `
; a.c:1:1
  r1 = 1
; a.c:2:1
;@remove 2
  r2 = 2
  r3 = 3
; a.c:3:1
  r0 = 0
  exit`,
    says: ['line entry 1 (a.c:2:1) stands at insn 1; it should be gone'],
  },
  {
    bug: 'R4: the entry of a deleted tail stands behind the end',
    text: `
; a.c:1:1
  r0 = 0
  exit
; a.c:2:1
;@remove 2
  r0 = 1
  exit`,
    says: ['line entry 1 (a.c:2:1) stands at insn 2, behind the end; it should be gone'],
  },
  {
    bug: 'R5: what was known of a deleted subprogram is given to the next one',
    text: `
func main:
; a.c:1:1
  call late
  r0 = 0
  exit
func gone:
; a.c:2:1
;@remove
  exit
func late:
; a.c:3:1
  r0 = 2
  exit`,
    says: [
      'func#2 (late) at insn 3 has the data of func#1 (gone) (stack depth, line entries)',
      'line entry 1 (a.c:2:1) stands at insn 3; it should be gone',
      'func_info entry 1 is that of func#1, not of func#2',
      'func_info entry 2 is that of func#2; it should be gone',
    ],
  },
  {
    bug: 'R6: a callback is no callee, so it leaves the table, and its address is not relocated',
    text: `
func main:
  r2 = &cb
;@replace r3 = 0 | r3 += 1
  r3 = 0
  r1 = 4
  r4 = 0
  call bpf_loop
  r0 = 0
  exit
func cb:
  r0 = 0
  exit`,
    says: [
      'insn 0: the function reference +7 leads to insn 8, not to insn 9',
      'func#1 (cb) at insn 9 is not in the table',
    ],
  },
  {
    bug: 'R7: a call in a patch is not relocated, and its callee not registered',
    text: `
func main:
;@replace r1 = 1 | call helper
  r1 = 1
;@replace r2 = 1 | r2 += 1
  r2 = 1
  r0 = 0
  exit
func helper:
  r0 = 2
  exit`,
    says: ['insn 1: call +3 leads to insn 5, not to insn 6', 'func#1 (helper) at insn 6 is not in the table'],
  },
  {
    bug: 'R8: a prologue moves the first line entry away from insn 0',
    text: `
; a.c:1:1
;@prepend r6 = r1
  r0 = 0
  exit`,
    says: ['line entry 0 (a.c:1:1) stands at insn 1, not at insn 0'],
  },
  {
    bug: 'R9: the core pass then takes that entry for the start of the function',
    text: `
  r6 = r1
; a.c:1:1
  r1 = 5
; a.c:2:1
  r0 = r1
  exit`,
    asked: { pass: 'blind', layer: 'core' },
    says: ['line entry 1 (a.c:2:1) stands at insn 2, not at insn 4'],
  },
  {
    bug: 'R10: what is put before a subprogram becomes the end of the one before it',
    text: `
func main:
  call sub
  exit
func sub:
;@prepend r6 = r1
  r0 = 1
  exit`,
    says: ['insn 0: call +2 leads to insn 3, not to insn 2', 'subprogs[1] begins at insn 3, not at insn 2'],
  },
  {
    bug: 'R11: a jump out of a patch keeps the distance it was written with',
    text: `
;@replace r1 = 1 | if r1 == 1 goto out
  r1 = 1
;@replace r2 = 2 | r2 += 1
  r2 = 2
out:
  r0 = 0
  exit`,
    says: ['insn 1: goto +1 leads to insn 3, not to insn 4'],
  },
  {
    bug: 'R12: in the core layer a jump within a patch is taken for that of the insn replaced',
    text: `
;@replace if r1 == 0 goto +1 | r1 += 1 | r1 += 2
  r1 += 3
  r0 = 0
  exit`,
    asked: { layer: 'core' },
    says: ['insn 0: goto +3 leads to insn 4, not to insn 2'],
  },
  {
    bug: 'R12: so is one that leaves the patch, unless its target is named',
    text: `
  r1 = 1
;@replace goto +1 | r2 = 9
  r2 = 2
  r3 = 3
  r4 = 4
  r0 = 0
  exit`,
    asked: { layer: 'core' },
    says: ['insn 1: goto +2 leads to insn 4, not to insn 3'],
  },
  {
    bug: 'R12: a named target is written as its author counts, for the insn replaced',
    text: `
  r1 = 1
;@replace goto out | r2 = 9
  r2 = 2
;@replace r3 = 1 | r3 += 1
  r3 = 3
out:
  r0 = 0
  exit`,
    asked: { layer: 'core' },
    says: [],
  },
  {
    bug: 'R16: of a gotol the RFC relocates off, which is no distance',
    text: `
  gotol out
;@replace r1 = 1 | r1 += 1
  r1 = 1
out:
  r0 = 0
  exit`,
    says: ['insn 0: goto +1 leads to insn 2, not to insn 3'],
  },
];

describe('bugs of the RFC', () => {
  it.each(BUGS)('$bug', ({ text, asked, says }) => {
    const { deviations, ...rest } = both(text, asked);
    const rows = deviations.rows.filter(({ column }) => column !== 'aux');
    expect(rows.map(({ sentence }) => sentence)).toEqual(says);
    expect(deviations.refusal).toBeNull();
    expect(rest.ours.ok).toBe(true);
  });

  it('R2: of an insn put for another one, nobody asks whether it defines 32 bits', () => {
    const text = `
;@replace r2 = *(u16 *)(r1 +0)
  r2 = *(u32 *)(r1 +0)
  r0 = 0
  exit`;
    expect(sentences(both(text))).toEqual(['aux of insn 0 has zext_dst 0, not zext_dst 1']);
  });

  it('R18: the first insn of a patch inherits the record, not the last one', () => {
    const text = `
  r6 = r1
;@replace r2 = 1 | r2 += 1
  r2 = 1
  r0 = 0
  exit`;
    expect(sentences(both(text))).toEqual([
      'aux of insn 1 has orig_idx 1, not orig_idx 0',
      'aux of insn 2 has orig_idx 0, not orig_idx 1',
    ]);
  });

  it('R19: an insn put where the verifier never went counts as seen', () => {
    const text = `
  goto out
;@replace r1 = 1 | r1 += 1
  r1 = 1
out:
  r0 = 0
  exit`;
    expect(sentences(both(text))).toContain('aux of insn 2 has orig_idx 0, seen 1, not orig_idx 1, seen 0');
  });

  it('R13: of a call whose place the JIT has yet to fill in, what lies behind the map is read', () => {
    const program = makeProgram({
      insns: Int32Array.of(word0(0xb7, 1, 0, 0), 1, word0(0x85, 0, 1, 0), 1, word0(0x95, 0, 0, 0), 0),
    });
    const mov = word0(0xb7, 1, 0, 0);
    const edits = editsFromOps([{ kind: 'replace', at: 0, insns: Int32Array.of(mov, 1, mov, 2) }]);
    const [theirs, ours] = [rfc, stream].map((one) => applyEdits(one, program, edits, 'core'));
    expect(theirs.ok && toldOf(theirs.value)?.oob).toBe(1);
    expect(theirs.ok && theirs.value.program.insns[5]).toBe(-4);
    expect(ours.ok && ours.value.program.insns[5]).toBe(1);
  });

  const DEAD = `
  goto out
  r0 = 1
  r0 = 2
out:
  exit`;
  it.each([
    ['rfc-2019', ['05 d0 s0 off 0 imm 0', '95 d0 s0 off 0 imm 0']],
    ['linux-6.1', ['95 d0 s0 off 0 imm 0']],
  ])('R14: a goto over dead code stays as goto +0: %s', (semantics, insns) => {
    expect(linesOf(chained(DEAD, semantics, 'pipeline').insns)).toEqual(insns);
  });

  it('R15: a distance that does not fit is refused by linearize, in words of our own', () => {
    const far = `  if r1 == 0 goto out\n${'  r1 += 1\n'.repeat(32767)}out:\n  exit`;
    const text = far.replace('  r1 += 1\n', ';@replace r1 += 1 | r1 += 2\n  r1 += 1\n');
    const { theirs, deviations } = both(text);
    expect(theirs).toMatchObject({ ok: false, error: { code: 'ERANGE', at: 0, needed: 32768 } });
    expect(deviations).toEqual({ total: 0, rows: [], refusal: null });
  });

  it.each([
    ['rfc-2019', 0],
    ['linux-6.18', 1],
  ])('R17: the address of a callback is hidden like a constant: %s', (semantics, kept) => {
    const text = BUGS.find(({ bug }) => bug.startsWith('R6'))?.text ?? '';
    const { theirs } = both(text, { pass: 'blind', layer: 'core', semantics });
    const codes = theirs.ok ? linesOf(theirs.value.program.insns) : [];
    expect(codes.filter((line) => line.startsWith('18 d2 s4'))).toHaveLength(kept);
  });
});

describe('the RFC otherwise', () => {
  it('keeps the maps of several lists of edits together', () => {
    const { source } = both('  r1 = 1\n  r2 = 2\n  exit');
    const mov = word0(0xb7, 3, 0, 0);
    const grow = editsFromOps([{ kind: 'replace', at: 0, insns: Int32Array.of(mov, 1, mov, 2) }]);
    const patching = rfc.open(source);
    expect([patching.apply(grow).ok, patching.apply(grow).ok]).toEqual([true, true]);
    const done = patching.finish();
    expect(done.ok && [...done.value.remap.outer]).toEqual([0, 3, 4, 5]);
    expect(done.ok && [...(done.value.told.idxMap ?? [])]).toEqual([0, 2, 3, 4]);
  });

  it('refuses what every algorithm refuses', () => {
    const { source } = both('  r1 = 1\n  exit');
    const edits = editsFromOps([{ kind: 'remove', at: 1, cnt: 2 }]);
    const refusals = [rfc, ...ALGORITHMS].map((one) => applyEdits(one, source, edits, 'verifier'));
    expect(new Set(refusals.map((one) => JSON.stringify(one))).size).toBe(1);
    expect(refusals[0].ok).toBe(false);
  });
});
