/** Random runs as traces, and what an algorithm makes of the edits that are done by a moment. */
import fc from 'fast-check';
import { array } from '../../src/patch/array.ts';
import { editsFromOps, opAt } from '../../src/patch/edit-list.ts';
import type { EditList, PatchOp } from '../../src/patch/ops.ts';
import { type ResolvedEdits, resolveEdits } from '../../src/patch/resolve.ts';
import { stream } from '../../src/patch/stream.ts';
import type { Trace } from '../../src/patch/trace.ts';
import { traceOf } from '../../src/patch/trace-build.ts';
import { type Program, slotCnt } from '../../src/program/program.ts';
import { opsOf, programOf, rawOps, rawProgram } from './patch-cases.ts';

export const RUNS = { numRuns: 300 };
const STYLES = ['list', 'batch', 'array'] as const;

export function patched(program: Program, edits: EditList) {
  const patching = stream.open(program);
  const applied = patching.apply(edits);
  const result = applied.ok ? patching.finish() : applied;
  return result.ok ? result.value : result.error;
}

export function resolvedOf(program: Program, edits: EditList): ResolvedEdits {
  const resolved = resolveEdits(slotCnt(program), edits);
  if (!resolved.ok) throw new Error(resolved.error.message);
  return resolved.value;
}

/** The canonical edits as ops again: exits say where each leaving jump goes, so that some of them alone mean the same. */
export function canonicalOps(program: Program, edits: EditList): PatchOp[] {
  const value = resolvedOf(program, edits);
  const exits: number[] = [];
  for (let j = 0; j < value.leaveCnt; j++)
    exits.push(value.leaveEdit[j], value.leaveSlot[j], value.leaveTo[j]);
  const list = { ...value, exits: Int32Array.from(exits) };
  return Array.from({ length: value.cnt }, (_, k) => opAt(list, k));
}

/** The program that the array algorithm makes of those edits that op k or an earlier one carries out. */
export function arrayAfter(trace: Trace, program: Program, ops: readonly PatchOp[], k: number): Program {
  const patching = array.open(program);
  const applied = patching.apply(editsFromOps(ops.filter((_, e) => trace.editOp[e] <= k)));
  if (!applied.ok) throw new Error(applied.error.message);
  const result = patching.finish();
  if (!result.ok) throw new Error(result.error.message);
  return result.value.program;
}

export const everyTrace = (check: (trace: Trace, program: Program, edits: EditList) => void): void =>
  fc.assert(
    fc.property(rawProgram, rawOps, fc.constantFrom(...STYLES), (raw, rawList, style) => {
      const program = programOf(raw);
      const edits = editsFromOps(opsOf(rawList, program));
      check(traceOf(program, edits, style, patched(program, edits)), program, edits);
    }),
    RUNS,
  );
