/** From a text to a program with everything the verifier would have noted about it, or to what is wrong with it. */

import { AUX_SOURCE, type SourcedAux } from '../analysis/aux.ts';
import { type Facts, factsOf, factsOfAux } from '../analysis/facts.ts';
import { notesOf } from '../analysis/notes.ts';
import { assemble } from '../asm/assemble.ts';
import type { Assembly } from '../asm/assembly.ts';
import type { Diagnostic } from '../base/diagnostic.ts';
import { makeProgram, type Program, slotCnt } from '../program/program.ts';
import { refusedAccesses } from './refused-accesses.ts';

/** The text, or what it asks for, is wrong: nothing behind the assembly was computed. */
export interface RunStopped {
  readonly ok: false;
  readonly assembly: Assembly;
  readonly diagnostics: readonly Diagnostic[];
}

export interface Ready {
  readonly ok: true;
  readonly assembly: Assembly;
  /** The assembled program with aux. */
  readonly source: Program;
  readonly auxSource: SourcedAux['source'];
  readonly diagnostics: readonly Diagnostic[];
}

export { AUX_SOURCE };

export const hasErrors = (diagnostics: readonly Diagnostic[]): boolean =>
  diagnostics.some(({ severity }) => severity === 'error');

/** Insns to walk over at most: programs as compilers write them take one to four times their length. */
const WALK = { base: 20_000, perSlot: 4 } as const;

const TOO_MANY_WAYS: Diagnostic = {
  ...{ code: 'too-many-ways', severity: 'warning', from: 0, to: 0 },
  message: 'too many ways lead through this program to go them all, so branches count as open both ways',
  hint: 'State what you know of an insn: `;@aux seen=0 zext_dst=0`.',
};

/** Assembled and analysed, or stopped by errors; limits on size are the assembler's. */
export function prepare(text: string): Ready | RunStopped {
  const { value: assembly, diagnostics } = assemble(text);
  if (hasErrors(diagnostics)) return { ok: false, assembly, diagnostics };
  const { insns, lineInfo, places, strings, kfuncs, ...program } = assembly.program;
  const insnsMax = WALK.base + WALK.perSlot * slotCnt(assembly.program);
  const notes = notesOf(assembly.program, assembly.setting, assembly.auxGiven, { insnsMax });
  const stackDepth = program.subprogs.stackDepth.map((given, k) => (given < 0 ? notes.stackDepth[k] : given));
  const subprogs = { ...program.subprogs, stackDepth };
  const source = makeProgram({ insns, lineInfo, subprogs, places, strings, kfuncs, aux: notes.columns });
  return {
    ...{ ok: true, assembly, source, auxSource: notes.source },
    diagnostics: [
      ...diagnostics,
      ...(notes.isComplete ? [] : [TOO_MANY_WAYS]),
      ...refusedAccesses(assembly, notes.columns),
    ],
  };
}

/** The verifier looks once: where there are records, what a pass asks about is what they say now. */
export const factsNow = (program: Program): Facts =>
  program.aux ? factsOfAux(program.aux) : factsOf(program);
