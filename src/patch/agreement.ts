/**
 * Do the algorithms agree? Each does the same edits, and what comes out is compared in every table. Said of no
 * algorithm that did not run: one that would take too long is left out, and named with its reason.
 */
import type { Progress } from '../base/progress.ts';
import type { Result } from '../base/result.ts';
import { secondSlots } from '../isa/pairs.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { agree } from './agree.ts';
import type { Algorithm, Layer, PatchError, Patched } from './algorithm.ts';
import { applyEdits } from './apply-edits.ts';
import { group } from './errors.ts';
import type { EditList } from './ops.ts';
import type { Work } from './work.ts';

export interface AgreementBudget {
  /** Most insns × patches for an algorithm that looks at the whole program after each patch. */
  readonly maxTouches: number;
}
export const DEFAULT_BUDGET: AgreementBudget = { maxTouches: 20_000_000 };

export interface Agreement {
  readonly verdict: 'same' | 'differ';
  /** One sentence, the same for eyes and ears. */
  readonly text: string;
  /** Ids of those that ran, in the order of the sentence. */
  readonly ran: readonly string[];
  readonly skipped: readonly { readonly id: string; readonly label: string; readonly reason: string }[];
  /** Work units of those that ran to the end. */
  readonly work: Readonly<Record<string, Work>>;
}

type Outcome = Result<Patched, PatchError>;

/** Why an algorithm would take too long for these edits; null: it would not. */
export function whyNotRun(
  { readsAllPerEdit }: Pick<Algorithm, 'readsAllPerEdit'>,
  program: Program,
  edits: EditList,
  { maxTouches }: AgreementBudget,
): string | null {
  const [slots, patches] = [slotCnt(program), edits.cnt];
  if (!readsAllPerEdit || slots * patches <= maxTouches) return null;
  return `${group(slots)} insns × ${group(patches)} patches is above ${group(maxTouches)}`;
}

/** What the outcomes have in common, or where b parts from a. */
function compare(a: Outcome, b: Outcome): string | null {
  if (!a.ok && !b.ok)
    return a.error.code === b.error.code && a.error.at === b.error.at
      ? null
      : `refused with ${a.error.code} at insn ${group(a.error.at)} and ${b.error.code} at insn ${group(b.error.at)}`;
  if (!a.ok || !b.ok) {
    const { error } = a.ok ? (b as { error: PatchError }) : (a as { error: PatchError });
    return `only one is refused, with ${error.code} at insn ${group(error.at)}`;
  }
  const difference = agree([a.value, b.value]);
  if (!difference) return null;
  const { column, idx } = difference;
  return column === 'insns'
    ? `results differ at insn ${group(idx)}`
    : `results differ in ${column}, row ${group(idx)}`;
}

/** A 64-bit constant is one insn in two slots. */
function insnCntOf(insns: Int32Array): number {
  const second = secondSlots(insns);
  return second.reduce((cnt, isSecond) => cnt - isSecond, second.length);
}

function outcomeText(outcome: Outcome): string {
  if (!outcome.ok) return `refused with ${outcome.error.code} at insn ${group(outcome.error.at)}`;
  const cnt = insnCntOf(outcome.value.program.insns);
  return `${group(cnt)} ${cnt === 1 ? 'insn' : 'insns'}`;
}

/** Those with an idea of their own from the end of the registry, so that the one the app computes with comes last. */
const tellingOrder = (algorithms: readonly Algorithm[]): readonly Algorithm[] => [
  ...algorithms.filter(({ variantOf }) => variantOf === undefined).toReversed(),
  ...algorithms.filter(({ variantOf }) => variantOf !== undefined),
];

/**
 * Let each algorithm do the work and compare. The sentence names those with an idea of their own, and a variant only
 * where it differs. `report` hears of each one that runs, once, before it begins.
 */
export function agreementOf(
  algorithms: readonly Algorithm[],
  program: Program,
  edits: EditList,
  layer: Layer,
  budget: AgreementBudget,
  report: (progress: Progress) => void = () => {},
): Agreement {
  const skipped: { id: string; label: string; reason: string }[] = [];
  const work: Record<string, Work> = {};
  const outcomes: { id: string; label: string; isNamed: boolean; outcome: Outcome }[] = [];
  for (const [done, algorithm] of tellingOrder(algorithms).entries()) {
    const { id, label, variantOf } = algorithm;
    const reason = whyNotRun(algorithm, program, edits, budget);
    if (reason !== null) {
      skipped.push({ id, label, reason });
      continue;
    }
    report({ name: `patching with ${label}`, done, total: algorithms.length });
    const outcome = applyEdits(algorithm, program, edits, layer);
    if (outcome.ok) work[id] = outcome.value.work;
    outcomes.push({ id, label, isNamed: variantOf === undefined, outcome });
  }
  const [first, ...others] = outcomes;
  const notRun = skipped.map(({ label, reason }) => `; ${label} not run: ${reason}`).join('');
  const ran = outcomes.map(({ id }) => id);
  for (const { label, outcome } of others) {
    const where = compare(first.outcome, outcome);
    if (where === null) continue;
    const text = `${where} (${first.label}, ${label})${notRun}`;
    return { verdict: 'differ', text, ran, skipped, work };
  }
  const named = outcomes.filter(({ isNamed }) => isNamed).map(({ label }) => label);
  const text = `same result: ${named.join(' = ')}, ${outcomeText(first.outcome)}${notRun}`;
  return { verdict: 'same', text, ran, skipped, work };
}
