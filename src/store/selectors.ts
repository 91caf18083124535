/** What views read: pure functions of the state, wired to the rooms below. */

import { symbolAt } from '../asm/symbol-at.ts';
import type { Example } from '../examples/index.ts';
import {
  type HalfDone,
  opLine,
  plural,
  type Step,
  type StepContext,
  signed,
  stepAt,
  stepWithin,
} from '../figures/index.ts';
import { highHalf, insnAbout, insnText } from '../figures/insn-text.ts';
import { headroom, jumpsAlive, type TableSource } from '../figures/tables.ts';
import { secondSlots } from '../isa/pairs.ts';
import { frameAt } from '../patch/frame.ts';
import { retargetedBy } from '../patch/jump-at.ts';
import { momentsOf } from '../patch/moments.ts';
import { EDIT } from '../patch/ops.ts';
import { NEVER, OP } from '../patch/trace.ts';
import type { Catalog, Choice, Deviation, RunDone } from '../pipeline/index.ts';
import { slotCnt } from '../program/program.ts';
import { derive } from './derive.ts';
import { slotOfNode, sourceSlot } from './source-slot.ts';
import { initialState, type KnownDeviations, PICTURED, type State, useStore } from './store.ts';

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
  (s: State) => [s.good, tableSource(s), inputSecond(s)] as const,
  (run: RunDone | null, source: TableSource | null, second: Uint8Array) => {
    if (!run || !source) return null;
    const { trace, before } = run;
    const { moments } = source;
    return {
      trace,
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
      slotOfNode: (k, node) => moments.rankAlive(k, node),
      slotOfPos: (k, pos) => moments.rankAlive(k, pos),
      resultCnt: resultCnt(run),
      retargetedBy: (op) => retargetedBy(trace, op),
    };
  },
);

export const stepNow: (s: State) => Step | null = derive(
  (s: State) => [stepContext(s), s.op, s.micro] as const,
  (ctx: StepContext | null, op: number, micro: number) => {
    if (!ctx) return null;
    return micro > 0 && op < ctx.trace.opCnt
      ? stepWithin(ctx, op, micro)
      : stepAt(ctx, Math.min(op, ctx.trace.opCnt));
  },
);

/** Lines of the algorithm that an op goes through; 0 when there is no such op. */
export function lineCnt(s: State, op: number): number {
  const ctx = stepContext(s);
  return ctx && op >= 1 && op <= ctx.trace.opCnt ? stepAt(ctx, op).code.length : 0;
}

/** A replace or prepend in a list that is being carried out: the picture is that of the op, with links missing. */
export const halfDone: (s: State) => HalfDone | null = derive(
  (s: State) => [s.good, s.op, s.micro] as const,
  (run: RunDone | null, op: number, micro: number) => {
    if (!run || micro === 0 || run.trace.style !== 'list') return null;
    const kind = run.trace.opKind[op];
    const edit = run.trace.opRef[op];
    // Lines of replace: insn, alloc, out, in, flag. Of prepend: alloc, out, in.
    if (kind === OP.REPLACE && run.trace.growth[edit] > 0 && micro > 1)
      return { edit, out: micro >= 3, in: micro >= 4 };
    if (kind === OP.PREPEND) return { edit, out: micro >= 2, in: micro >= 3 };
    return null;
  },
);

/** The timeline's data but for its size and the moment. */
export const timelineInput = derive(good, (run: RunDone | null) =>
  run ? { trace: run.trace, resultCnt: resultCnt(run) } : null,
);

/** "op 2 of 9, replace: 4 insns for insn 4" */
export const momentWords: (s: State) => string = derive(
  (s: State) => [s.good, s.op] as const,
  (run: RunDone | null, op: number) => {
    if (!run) return 'no program';
    const { trace } = run;
    if (op === 0) return `op 0 of ${trace.opCnt}, start`;
    const refused = trace.refused && op === trace.opCnt ? `, refused: ${trace.refused.code}` : '';
    return `op ${op} of ${trace.opCnt}, ${opLine(run.trace, op, resultCnt(run))}${refused}`;
  },
);

export const opWordsNow: (s: State) => string = (s) =>
  s.good && s.op > 0 ? opLine(s.good.trace, s.op, resultCnt(s.good)) : 'before the first op';

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
      choices.filter((choice) => choice.id in PICTURED),
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

export interface Check {
  readonly ok: boolean;
  readonly text: string;
}

/** Checks read as headroom, not as scores. */
export const checksOf: (s: State) => readonly Check[] = derive(
  (s: State) => [tableSource(s), s.op, s.good] as const,
  (source: TableSource | null, op: number, run: RunDone | null) => {
    if (!source || !run) return [];
    const alive = jumpsAlive(source, op);
    const { largest, room } = headroom(source, op, alive);
    return [
      {
        ok: room >= 0,
        text: `Largest distance ${signed(largest)}, limit ${largest < 0 ? '\u221232,768' : '+32,767'}`,
      },
    ];
  },
);

export interface InsnFacts {
  readonly text: string;
  readonly beforeIdx: number;
  readonly afterIdx: number;
  readonly bornAt: number;
  /** "ratio.c:9" or empty. */
  readonly cLine: string;
  readonly before: number | null;
  readonly now: number | null;
  readonly done: boolean;
  readonly writtenBy: number;
}

/** Provenance of the selected insn. */
export const cardOf: (s: State) => InsnFacts | null = derive(
  (s: State) => [s.good, tableSource(s), s.focusUid, s.op] as const,
  (run: RunDone | null, source: TableSource | null, uid: number | null, op: number) => {
    if (!run || !source || uid === null) return null;
    const node = nodeOfUid(run, uid);
    if (node < 0 || run.trace.birth[node] > op) return null;
    const [row] = frameAt(run.trace, source.moments, op, source.moments.rankBorn(op, node), 1).rows;
    const slot = row.beforeIdx >= 0 ? row.beforeIdx : slotOfNode(run, node);
    const written = row.jump ? writtenBy(run, node) : NEVER;
    return {
      text: row.isSecondSlot
        ? `${highHalf(row.imm)} of the 64-bit constant`
        : insnText(row.w0, row.imm, row.jump?.now ?? null, row.nextImm, run.before.kfuncs),
      beforeIdx: row.beforeIdx,
      afterIdx: row.afterIdx,
      bornAt: slot,
      cLine: cLineAt(run, slot),
      before: row.jump?.before ?? null,
      now: row.jump?.now ?? null,
      done: row.jump?.done ?? false,
      writtenBy: written,
    };
  },
);

function writtenBy(run: RunDone, node: number): number {
  const { jumps } = run.trace;
  for (let j = 0; j < jumps.cnt; j++) if (jumps.node[j] === node && jumps.op[j] !== NEVER) return jumps.op[j];
  return run.trace.opCnt;
}

/** C position of the last line entry at or before a slot. */
function cLineAt(run: RunDone, slot: number): string {
  const { lineInfo, strings } = run.before;
  let entry = -1;
  for (let i = 0; i < lineInfo.insnOff.length && lineInfo.insnOff[i] <= slot; i++) entry = i;
  return entry < 0 ? '' : `${strings[lineInfo.file[entry]] ?? ''}:${lineInfo.line[entry]}`;
}

const uidIndex = new WeakMap<RunDone, Map<number, number>>();

/** Final-order node of a uid, -1 when the run has none. */
export function nodeOfUid(run: RunDone, uid: number): number {
  let index = uidIndex.get(run);
  if (!index) {
    index = new Map(Array.from(run.trace.uid, (id, node) => [id, node] as const));
    uidIndex.set(run, index);
  }
  return index.get(uid) ?? -1;
}

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

export interface LineMark {
  readonly line: number;
  readonly kind: 'replace' | 'rewrite' | 'prepend' | 'remove';
}

/** Source lines whose insn is patched, with the sign of the edit; for pictures of at most some thousand. */
export const patchLines: (s: State) => readonly LineMark[] = derive(good, (run: RunDone | null) => {
  if (!run || run.trace.editAt.length > 5000) return [];
  const { trace, assembly } = run;
  return Array.from(trace.editAt, (at, k): LineMark => {
    const kind = trace.editKind[k];
    return {
      line: assembly.line[sourceSlot(run, at)],
      kind:
        kind === EDIT.REMOVE
          ? 'remove'
          : kind === EDIT.PREPEND
            ? 'prepend'
            : trace.growth[k] > 0
              ? 'replace'
              : 'rewrite',
    };
  });
});

/** Slot whose text stands at an offset of the source, -1 when none does. Slots stand in source order. */
function slotAt(run: RunDone, offset: number): number {
  const { from, to } = run.assembly;
  let lo = 0;
  let hi = from.length;
  while (lo < hi) {
    const mid = (lo + hi) >> 1;
    if (from[mid] <= offset) lo = mid + 1;
    else hi = mid;
  }
  const slot = lo - 1;
  if (slot < 0 || offset > to[slot]) return -1;
  // Both slots of an ld_imm64 have one text: the first of them.
  return slot > 0 && from[slot - 1] === from[slot] ? slot - 1 : slot;
}

/** Paragraphs on the insn at an offset of the source: meaning, fields, encoding. */
export function hoverAt(offset: number): readonly string[] | null {
  const { good: run, stale } = useStore.getState();
  if (!run || stale) return null;
  const slot = slotAt(run, offset);
  if (slot < 0) return null;
  const words = run.source.insns;
  return insnAbout(slot, words[slot * 2], words[slot * 2 + 1], words[slot * 2 + 3] ?? 0);
}

/** Range of the label named at an offset of the source. */
export function definitionAt(offset: number): { from: number; to: number } | null {
  const { good: run, stale, text } = useStore.getState();
  if (!run || stale) return null;
  return symbolAt(run.assembly, text, offset);
}
