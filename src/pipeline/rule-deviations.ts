/**
 * Where a pass itself does otherwise under the rules of a kernel or of the RFC: what becomes of an insn then, and what
 * becomes of it under this project's rules. How the edits are carried out is another matter (patch/deviations.ts).
 */
import { printInsn } from '../asm/print.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { err, ok, type Result } from '../base/result.ts';
import { distanceOf, FLOW, type Flow, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS, withOff } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { deadCode } from '../passes/dead-code.ts';
import { deadCodeRfc } from '../passes/dead-code-rfc.ts';
import { nops } from '../passes/nops.ts';
import type { Pass } from '../passes/pass.ts';
import type { Algorithm, PatchError, Patched } from '../patch/algorithm.ts';
import { type Deviation, type Deviations, refusalOf } from '../patch/deviations.ts';
import { group } from '../patch/errors.ts';
import { ENGINE_RULES, type PassRules } from '../patch/rules.ts';
import type { Program } from '../program/program.ts';
import { runSteps, type Steps, type StepsInput } from './steps.ts';

const outcomeOf = ({ refused }: Steps): Result<null, PatchError> =>
  refused === null ? ok(null) : err(refused.error);

const KERNEL = { dialect: 'kernel', exact: true } as const;

/** What stands for the passes of others under our own rules. */
const OWN: Readonly<Record<string, readonly Pass[]>> = { [deadCodeRfc.id]: [deadCode, nops] };
const ownPasses = (pass: Pass): readonly Pass[] => OWN[pass.id] ?? [pass];

/** Both outcomes of one program, and where its 64-bit constants are. */
interface Compared {
  readonly before: Program;
  readonly second: Uint8Array;
  readonly want: Pick<Patched, 'program' | 'remap'>;
  readonly got: Pick<Patched, 'program' | 'remap'>;
}

/** Slots t whose entry is x, as [first, behind the last]. */
const rangeOf = (column: Int32Array, x: number): readonly [number, number] => [
  lowerBound(column, x),
  lowerBound(column, x + 1),
];

/** Whether some slot of the program given went to x by one map and to y by the other. */
function cameFromOne(a: Int32Array, x: number, b: Int32Array, y: number): boolean {
  const [one, other] = [rangeOf(a, x), rangeOf(b, y)];
  return Math.max(one[0], other[0]) < Math.min(one[1], other[1]);
}

/** Two insns that stand for one: their slots in both results, and where the first of all that stand for it is. */
interface Pair {
  readonly want: number;
  readonly got: number;
  readonly wantFirst: number;
  readonly gotFirst: number;
  readonly cnt: number;
}

const targetAt = ({ insns }: Program, idx: number, flow: Flow): number =>
  idx + 1 + distanceOf(insns[idx * SLOT_WORDS], insns[idx * SLOT_WORDS + 1], flow);

/** Distances depend on what else is patched, so it is asked whether the jumps lead to the same insn. */
function sameTarget({ want, got }: Compared, pair: Pair, flow: Flow): boolean {
  const x = targetAt(want.program, pair.want, flow);
  const y = targetAt(got.program, pair.got, flow);
  const within = x - pair.wantFirst;
  if (within >= 0 && within < pair.cnt && within === y - pair.gotFirst) return true;
  return (
    cameFromOne(want.remap.outer, x, got.remap.outer, y) ||
    cameFromOne(want.remap.inner, x, got.remap.inner, y)
  );
}

function sameInsn(both: Compared, pair: Pair): boolean {
  const [a, b] = [both.want.program.insns, both.got.program.insns];
  const [i, k] = [pair.want * SLOT_WORDS, pair.got * SLOT_WORDS];
  const flow = flowOf(a[i]);
  const [first, second] = flow === FLOW.OFF ? [withOff(a[i], 0), withOff(b[k], 0)] : [a[i], b[k]];
  if (first !== second) return false;
  const isDistance = flow === FLOW.IMM || flow === FLOW.CALL;
  if (!isDistance && a[i + 1] !== b[k + 1]) return false;
  return flow === FLOW.NONE || sameTarget(both, pair, flow);
}

const textAt = ({ insns }: Program, idx: number): string =>
  printInsn(insns[idx * SLOT_WORDS], insns[idx * SLOT_WORDS + 1], insns[idx * SLOT_WORDS + 3] ?? 0, KERNEL);

/** What became of an insn of `cnt` slots. */
const become = (left: number, cnt: number): string =>
  left === 0 ? 'removed' : left === cnt ? 'kept' : `made into ${group(left)} insns`;

/** Slots that are left of `cnt` slots from t on. */
const leftOf = ({ remap }: Compared['got'], t: number, cnt: number): number =>
  remap.outer[t + cnt] - remap.outer[t];

/** What became of slots [t, t + cnt), which are one insn; null: the same under both rules. */
function deviationAt(both: Compared, t: number, cnt: number): Deviation | null {
  const { before, want, got } = both;
  const idx = got.remap.outer[t];
  const [wanted, left] = [leftOf(want, t, cnt), leftOf(got, t, cnt)];
  if (wanted !== left) {
    const [expected, now] = [become(wanted, cnt), become(left, cnt)];
    const sentence = `insn ${group(t)} (${textAt(before, t)}) is ${now}; it should be ${expected}`;
    return { column: 'insns', idx, expected, got: now, sentence };
  }
  for (let k = 0; k < left; k++) {
    const [wantFirst, gotFirst] = [want.remap.outer[t], idx];
    const at = wantFirst + k;
    const pair = { want: at, got: idx + k, wantFirst, gotFirst, cnt: left };
    if (sameInsn(both, pair)) continue;
    const [expected, now] = [textAt(want.program, at), textAt(got.program, idx + k)];
    const sentence = `insn ${group(idx + k)} is ${now}, not ${expected}`;
    return { column: 'insns', idx: idx + k, expected, got: now, sentence };
  }
  return null;
}

function compared(both: Compared, max: number): Deviations {
  const rows: Deviation[] = [];
  let total = 0;
  const { second } = both;
  for (let t = 0; t < second.length; t++) {
    const row = deviationAt(both, t, second[t + 1] === 1 ? 2 : 1);
    if (second[t + 1] === 1) t++;
    if (row === null) continue;
    total++;
    if (rows.length < max) rows.push(row);
  }
  return { total, rows, refusal: null };
}

/**
 * Any number but 0, which would hide what it is mixed with. It is always the same one: a pass that draws one more for an
 * insn would else give other numbers to all insns behind it.
 */
const ANY_NUMBER = 0x5bd1e995;

/** What `pass` comes to under our own rules, and under `rules` by an algorithm of theirs; null: one is refused. */
export function bothResults(
  pass: Pass,
  { rules, algorithm }: { readonly rules: PassRules; readonly algorithm: Algorithm },
  input: Omit<StepsInput, 'passes' | 'rules' | 'rnd'>,
): { readonly want: Patched; readonly got: Patched } | null {
  const rnd = (): number => ANY_NUMBER;
  const want = runSteps({ ...input, passes: ownPasses(pass), rules: ENGINE_RULES, rnd });
  const got = runSteps({ ...input, passes: [pass], rules, algorithm, rnd });
  const [mine, theirs] = [want.done.at(-1), got.done.at(-1)];
  if (want.refused !== null || got.refused !== null || !mine || !theirs) return null;
  return { want: mine.patched, got: theirs.patched };
}

/** How what `pass` makes of `source` under `rules` parts from what it makes of it under our own. */
export function ruleDeviations(
  pass: Pass,
  rules: PassRules,
  input: Omit<StepsInput, 'passes' | 'rules' | 'rnd'>,
  max = 100,
): Deviations {
  const rnd = (): number => ANY_NUMBER;
  const want = runSteps({ ...input, passes: ownPasses(pass), rules: ENGINE_RULES, rnd });
  const got = runSteps({ ...input, passes: [pass], rules, rnd });
  const refusal = refusalOf(outcomeOf(want), outcomeOf(got));
  if (refusal !== null || want.refused !== null || got.refused !== null)
    return { total: refusal === null ? 0 : 1, rows: [], refusal };
  const before = input.source;
  return compared({ before, second: secondSlots(before.insns), want, got }, max);
}
