/**
 * Mainline's own bugs, each by a program that shows it, and where 6.1 and 6.18 part. Would catch: a bug that was
 * mended on the way, and one that got into the rules.
 */
import { describe, expect, it } from 'vitest';
import { word0 } from '../../../src/isa/insn.ts';
import { OP_GOTO } from '../../../src/isa/opcodes.ts';
import type { OpenOptions } from '../../../src/patch/algorithm.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { deviationsOf } from '../../../src/patch/deviations.ts';
import { editsFromOps } from '../../../src/patch/edit-list.ts';
import { mainline61, mainline618 } from '../../../src/patch/faithful/mainline.ts';
import type { EditList } from '../../../src/patch/ops.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram, type Program } from '../../../src/program/program.ts';
import { both, sentences } from './rfc-run.ts';

const KERNELS = ['linux-6.1', 'linux-6.18'];
const MOV = word0(0xb7, 1, 0, 0);
const JEQ = (off: number): number => word0(0x15, 1, 0, off);
const EXIT = word0(0x95, 0, 0, 0);
const NOP = word0(OP_GOTO, 0, 0, 0);

describe.each(KERNELS)('%s', (semantics) => {
  it('M1: a blinded jump back as far as a field reaches wraps and leads ahead', () => {
    const text = `back:\n${'  r1 = r1\n'.repeat(32767)}  if r1 == 5 goto back\n  exit`;
    const { theirs, deviations } = both(text, { pass: 'blind', semantics });
    expect(deviations).toEqual({
      total: 1,
      rows: [],
      refusal: 'does not refuse the program; this project refuses it with -ERANGE at insn 32,767',
    });
    const last = theirs.ok ? theirs.value.program.insns[2 * 32769] >> 16 : 0;
    expect(last).toBe(32766);
  });

  it('M4: a hole over a whole subprogram and the front of the next one', () => {
    const text = `
func main:
  call late
  exit
func gone:
;@remove 2
  exit
func late:
  r1 = 1
  r0 = 2
  exit`;
    expect(sentences(both(text, { semantics }))).toEqual([
      // The call leads into the hole, so this is M5 as well.
      'insn 0: call +2 leads to insn 3, not to insn 2',
      'subprogs[1] begins at insn 1, not at insn 2',
    ]);
  });

  it('M5: a jump into a hole keeps the number of its target', () => {
    const text = `
  if r1 == 0 goto mid
  r0 = 1
  exit
;@remove 2
  r0 = 2
mid:
  r0 = 3
  r0 = 4
  exit`;
    expect(sentences(both(text, { semantics }))).toEqual(['insn 0: goto +3 leads to insn 4, not to insn 3']);
  });

  it('agrees with the rules where it has no bug', () => {
    const text = `
func main:
; a.c:1:1
;@replace r1 = 1 | r1 += 1
  r1 = 1
; a.c:2:1
  if r1 == 0 goto out
;@remove 2
  r2 = 2
; a.c:3:1
  r3 = 3
;@replace r4 = 4 | if r4 == 0 goto out | call helper
  r4 = 4
out:
; a.c:4:1
  exit
func helper:
; a.c:5:1
  exit`;
    expect(both(text, { semantics }).deviations).toEqual({ total: 0, rows: [], refusal: null });
  });
});

const PROLOGUE = `
  r1 = 1
back:
;@prepend r2 = 2
  r1 += 1
  if r1 == 9 goto back
  exit`;

it('6.1 runs a prologue again where something jumps behind it; 6.18 does not', () => {
  expect(sentences(both(PROLOGUE, { semantics: 'linux-6.1' }))).toEqual([
    'insn 3: goto -3 leads to insn 1, not to insn 2',
  ]);
  expect(both(PROLOGUE, { semantics: 'linux-6.18' }).deviations.total).toBe(0);
});

it('both let calls, line entries and subprograms begin at a prologue', () => {
  const text = `
func main:
; a.c:1:1
  call sub
  exit
func sub:
; a.c:2:1
;@prepend r6 = r1
  r0 = 1
  exit`;
  for (const semantics of KERNELS) expect(both(text, { semantics }).deviations.total).toBe(0);
});

/** Two functions of which the second is patched by itself, with the line table of both. */
function secondFunction(): { program: Program; edits: EditList; options: OpenOptions } {
  const column = (...cells: number[]): Int32Array => Int32Array.from(cells);
  const program = makeProgram({
    insns: Int32Array.of(MOV, 1, MOV, 2, EXIT, 0),
    lineInfo: {
      insnOff: column(0, 2, 4, 5),
      file: column(0, 0, 0, 0),
      line: column(1, 2, 3, 4),
      col: column(1, 1, 1, 1),
      text: column(-1, -1, -1, -1),
    },
  });
  const edits = editsFromOps([{ kind: 'replace', at: 1, insns: Int32Array.of(MOV, 1, MOV, 2) }]);
  return { program, edits, options: { layer: 'core', linfoIdx: 2 } };
}

it.each([mainline61, mainline618])(
  'M2: positions in a function are held against lines of all of them: $id',
  (one) => {
    const { program, edits, options } = secondFunction();
    const [ours, theirs] = [stream, one].map((algorithm) => {
      const patching = algorithm.open(program, options);
      expect(patching.apply(edits).ok).toBe(true);
      return patching.finish();
    });
    expect(ours.ok && [...ours.value.program.lineInfo.insnOff]).toEqual([0, 2, 4, 5]);
    expect(theirs.ok && [...theirs.value.program.lineInfo.insnOff]).toEqual([0, 3, 5, 6]);
    expect(deviationsOf(ours, theirs).total).toBe(3);
  },
);

it('a distance that grows too long is refused by the edit that makes it so, even if a later one shortens it', () => {
  const insns = new Int32Array(2 * 32770);
  for (let i = 0; i < 32770; i++) insns[2 * i] = NOP;
  insns[0] = JEQ(32767);
  insns[2 * 32769] = EXIT;
  const program = makeProgram({ insns });
  const edits = editsFromOps([
    { kind: 'replace', at: 1, insns: Int32Array.of(MOV, 1, MOV, 2) },
    { kind: 'remove', at: 2, cnt: 2 },
  ]);
  const [ours, theirs] = [stream, mainline61].map((one) => applyEdits(one, program, edits, 'verifier'));
  expect(ours.ok).toBe(true);
  expect(theirs).toMatchObject({ ok: false, error: { code: 'ERANGE', at: 0, before: 32767, needed: 32768 } });
  expect(deviationsOf(ours, theirs).refusal).toBe(
    'refuses the program with -ERANGE at insn 0; this project does not',
  );
});
