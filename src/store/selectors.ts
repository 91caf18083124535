/** What views read: pure functions of the state, wired to the rooms below. */

import type { Example } from '../examples/index.ts';
import {
  type HalfDone,
  halfDoneAt,
  lineCntOf,
  nextExecutions,
  opLine,
  type Picture,
  type Place,
  plural,
  type Step,
  type StepContext,
  stepAt,
  stepWithin,
  swappedOf,
} from '../figures/index.ts';
import { highHalf, insnText } from '../figures/insn-text.ts';
import type { TableSource } from '../figures/tables.ts';
import { secondSlots } from '../isa/pairs.ts';
import { retargetedBy } from '../patch/jump-at.ts';
import { momentsOf } from '../patch/moments.ts';
import { OP } from '../patch/trace.ts';
import { nodeWithUid } from '../patch/trace-facts.ts';
import type { Catalog, Choice, Deviation, RunDone } from '../pipeline/index.ts';
import { slotCnt } from '../program/program.ts';
import { derive } from './derive.ts';
import { slotOfNode, sourceSlot } from './source-slot.ts';
import { initialState, isPictured, type KnownDeviations, type State } from './store.ts';

export const lastMoment = (s: State): number => s.good?.trace.opCnt ?? 0;
export const isFinished = (s: State): boolean => s.good !== null && s.op >= s.good.trace.opCnt;

const good = (s: State) => [s.good] as const;

export const tableSource: (s: State) => TableSource | null = derive(good, (run: RunDone | null) =>
  run ? { trace: run.trace, moments: momentsOf(run.trace), before: run.before } : null,
);

/** Slots of the result; of a refused run, what it would have been. */
const resultCnt = (run: RunDone): number =>
  run.result.ok
    ? slotCnt(run.result.value.program)
    : run.trace.inputCnt + run.trace.growth.reduce((a, b) => a + b, 0);

/** Which slots of the input are the second half of an ld_imm64. */
export const inputSecond: (s: State) => Uint8Array = derive(good, (run: RunDone | null) =>
  secondSlots(run?.before.insns ?? new Int32Array(0)),
);

export const stepContext: (s: State) => StepContext | null = derive(
  (s: State) => [s.good, s.picture, tableSource(s), inputSecond(s)] as const,
  (run: RunDone | null, picture: Picture, source: TableSource | null, second: Uint8Array) => {
    if (!run || !source) return null;
    const { trace, before } = run;
    return {
      ...{ picture, source },
      // Not by the catalog: a pass that stands in a run need not be one that is offered.
      passLabel: run.steps[run.step].label,
      passWhy: run.steps[run.step].why,
      insnAt: (slot) =>
        second[slot] === 1
          ? `the ${highHalf(before.insns[slot * 2 + 1])} of the 64-bit constant`
          : insnText(
              before.insns[slot * 2],
              before.insns[slot * 2 + 1],
              null,
              before.insns[slot * 2 + 3] ?? 0,
              before.kfuncs,
            ),
      resultCnt: resultCnt(run),
      retargetedBy: (op) => retargetedBy(trace, op),
    };
  },
);

export const stepNow: (s: State) => Step | null = derive(
  (s: State) => [stepContext(s), s.op, s.micro] as const,
  (ctx: StepContext | null, op: number, micro: number) => {
    if (!ctx) return null;
    const { opCnt } = ctx.source.trace;
    return micro > 0 && op < opCnt ? stepWithin(ctx, op, micro) : stepAt(ctx, Math.min(op, opCnt));
  },
);

/** Lines of the algorithm that an op goes through; 0 when there is no such op. */
export const lineCnt = ({ good, picture }: Pick<State, 'good' | 'picture'>, op: number): number =>
  good ? lineCntOf(picture, good.trace, op) : 0;

/** What of the next op is done; null between two ops. */
export const halfDone: (s: State) => HalfDone | null = derive(
  (s: State) => [s.good, s.picture, s.op, s.micro] as const,
  (run: RunDone | null, picture: Picture, op: number, micro: number) =>
    run && halfDoneAt(picture, run.trace, { op, micro }),
);

/** Whether the step shown sets two links whose order one may swap. */
export const canSwapLinks: (s: State) => boolean = derive(
  (s: State) => [s.good, s.picture, s.op, s.micro] as const,
  (run: RunDone | null, picture: Picture, op: number, micro: number) => {
    const shown = micro > 0 ? op + 1 : op;
    if (!run || shown < 1 || swappedOf(picture) === null) return false;
    const { opKind, opRef, growth } = run.trace;
    return opKind[shown - 1] === OP.REPLACE && growth[opRef[shown - 1]] > 0;
  },
);

/** Where each line of the pseudo-code that is shown is done next; null where it never is again. */
export const nextPlaces: (s: State) => readonly (Place | null)[] = derive(
  (s: State) => [s.good, s.picture, s.op, s.micro, stepNow(s)] as const,
  (run: RunDone | null, picture: Picture, op: number, micro: number, step: Step | null) =>
    run && step ? nextExecutions(run.trace, picture, { op, micro }) : [],
);

/** The timeline's data but for its size and the moment. */
export const timelineInput = derive(good, (run: RunDone | null) =>
  run ? { trace: run.trace, resultCnt: resultCnt(run) } : null,
);

/** "replace: 4 insns for insn 4" */
export const opWords = (run: RunDone, op: number): string =>
  op > 0 ? opLine(run.trace, op, resultCnt(run)) : 'before the first op';

/** "op 2 of 9, replace: 4 insns for insn 4" */
export function wordsOfMoment(run: RunDone, op: number): string {
  const { trace } = run;
  if (op === 0) return `op 0 of ${trace.opCnt}, start`;
  const refused = trace.refused && op === trace.opCnt ? `, refused: ${trace.refused.code}` : '';
  return `op ${op} of ${trace.opCnt}, ${opWords(run, op)}${refused}`;
}

export const momentWords: (s: State) => string = derive(
  (s: State) => [s.good, s.op] as const,
  (run: RunDone | null, op: number) => (run ? wordsOfMoment(run, op) : 'no program'),
);

/** The example that is on the page, if it is one and nobody has changed it. */
export const exampleNow: (s: State) => Example | undefined = derive(
  (s: State) => [s.examples, s.text] as const,
  (examples: readonly Example[], text: string) => examples.find(({ source }) => source === text),
);
/** A known bug under the rules that have it: what goes wrong belongs to what is said of those rules. */
export const bugSaid: (s: State) => string | null = (s) => {
  const example = exampleNow(s);
  return example?.semantics !== undefined && example.semantics === s.good?.semantics ? example.say : null;
};
export interface DeviationsShown {
  /** Name of the rules. */
  readonly label: string;
  /** What was found, or why nobody looked; null: not known yet. */
  readonly check: KnownDeviations['check'] | null;
  /** It is being compared: what `check` says was so in the picture before, with the same rules. */
  readonly isPending: boolean;
  /** Both results where they differ. */
  readonly listing: KnownDeviations['listing'];
  /** The insn a row speaks of, if it is one of the result. */
  readonly uidOf: (row: Deviation) => number | null;
  /** What goes wrong with insns of the result. */
  readonly byUid: ReadonlyMap<number, string>;
}

/**
 * What the kernel or the RFC whose rules were chosen does otherwise; null while they are this project's. It is known a
 * moment after the picture. Until then what was known last stands, so that nothing flickers while somebody types.
 */
export const deviations: (s: State) => DeviationsShown | null = derive(
  (s: State) => [s.good, s.catalog, s.deviations, s.running] as const,
  (
    run: RunDone | null,
    { semantics }: Catalog,
    known: KnownDeviations | null,
    running: boolean,
  ): DeviationsShown | null => {
    if (run === null || run.semantics === initialState.semantics) return null;
    const isCurrent = known?.isCurrent === true && known.semantics === run.semantics;
    // After a cancelled run nothing more comes, and what was so before is no answer.
    const check = isCurrent || (running && known?.semantics === run.semantics) ? known.check : null;
    const listing = check === null ? null : (known?.listing ?? null);
    const uids = isCurrent && run.result.ok ? run.result.value.program.uid : new Uint32Array(0);
    const rows = isCurrent && known.check.ok ? known.check.value.rows : [];
    const atInsns = rows.filter(({ column, idx }) => column === 'insns' && idx < uids.length);
    return {
      ...{ check, listing, isPending: running && !isCurrent },
      label: semantics.find(({ id }) => id === run.semantics)?.label ?? run.semantics,
      uidOf: ({ column, idx }) => (column === 'insns' || column === 'aux' ? (uids[idx] ?? null) : null),
      byUid: new Map(atInsns.map((row) => [uids[row.idx], row.sentence] as const)),
    };
  },
);
/** Whose result After is while the rules of others are chosen; null: nobody could take it for theirs. */
export const afterWhose: (s: State) => { readonly words: string; readonly short: string } | null = derive(
  (s: State) => [deviations(s)] as const,
  (shown: DeviationsShown | null) => {
    if (shown === null) return null;
    return shown.listing?.isPictured === false
      ? { words: `of ${shown.label}\u2019s patches`, short: 'their patches' }
      : { words: 'by this project\u2019s rules', short: 'this project\u2019s' };
  },
);
/** What can be chosen; before the worker has said so, what is chosen. */
export const semanticsChoices: (s: State) => readonly Choice[] = derive(
  (s: State) => [s.catalog.semantics, s.semantics] as const,
  withChosen,
);
export const algorithmChoices: (s: State) => readonly Choice[] = derive(
  (s: State) => [s.catalog.algorithms, s.algorithm] as const,
  (choices: readonly Choice[], id: string) =>
    withChosen(
      choices.filter((choice) => isPictured(choice.id)),
      id,
    ),
);
export function withChosen(choices: readonly Choice[], id: string): readonly Choice[] {
  return choices.some((choice) => choice.id === id) ? choices : [...choices, { id, label: id, why: '' }];
}

export interface AgreementWords {
  readonly text: string;
  /** The same where there is little room. */
  readonly short: string;
  readonly kind: 'ok' | 'bad' | '';
}

/** What agrees with what: filled only after the algorithms ran. A refusal is no success, even when all refuse. */
export const agreementWords: (s: State) => AgreementWords = derive(
  (s: State) => [s.agreement, s.diagnostics, s.good, s.stale] as const,
  (
    agreement: State['agreement'],
    diagnostics: State['diagnostics'],
    run: RunDone | null,
    stale: boolean,
  ): AgreementWords => {
    const errors = diagnostics.filter((d) => d.severity === 'error').length;
    if (stale && errors > 0) {
      const text = plural(errors, 'problem');
      return { text, short: text, kind: 'bad' };
    }
    if (!agreement) return { text: '', short: '', kind: '' };
    const same = agreement.verdict === 'same';
    const refused = run !== null && !run.result.ok;
    const short = refused && same ? 'refused' : same ? 'same result' : 'results differ';
    // That it is refused comes first: what stands behind it may have no room.
    const text = refused ? `refused with -${run.result.error.code}; ${agreement.text}` : agreement.text;
    return { text, short, kind: same && !refused ? 'ok' : 'bad' };
  },
);

/** Final-order node of a uid, -1 when the run has none. */
export const nodeOfUid = ({ trace }: RunDone, uid: number): number => nodeWithUid(trace, uid);

/** Source line (1-based) of an insn: its own, or that of the insn it was born for; 0 when unknown. */
export function lineOfUid(run: RunDone, uid: number): number {
  const node = nodeOfUid(run, uid);
  if (node < 0) return 0;
  return run.assembly.line[sourceSlot(run, slotOfNode(run, node))] ?? 0;
}

/** uid of the first insn that stands on a source line, null when none does. */
export function uidOfLine(run: RunDone, line: number): number | null {
  const slot = run.assembly.line.indexOf(line);
  return slot < 0 ? null : run.source.uid[slot];
}
