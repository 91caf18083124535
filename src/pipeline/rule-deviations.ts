/**
 * Where a pass itself does otherwise under the rules of a kernel or of the RFC: what becomes of an insn then, and what
 * becomes of it under this project's rules. How the edits are carried out is another matter (patch/deviations.ts).
 */
import { printInsn } from '../asm/print.ts';
import { FLOW, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS, withOff } from '../isa/insn.ts';
import { secondSlots } from '../isa/pairs.ts';
import { deadCode } from '../passes/dead-code.ts';
import { deadCodeRfc } from '../passes/dead-code-rfc.ts';
import { nops } from '../passes/nops.ts';
import type { Pass } from '../passes/pass.ts';
import type { Patched } from '../patch/algorithm.ts';
import type { Deviation, Deviations } from '../patch/deviations.ts';
import { group } from '../patch/errors.ts';
import { ENGINE_RULES } from '../patch/rules.ts';
import type { Program } from '../program/program.ts';
import { runSteps, type StepsInput, throughOf } from './steps.ts';

const NONE: Deviations = { total: 0, rows: [], refusal: null };
const KERNEL = { dialect: 'kernel', exact: true } as const;

/** What stands for the passes of others under our own rules. */
const OWN: Readonly<Record<string, readonly Pass[]>> = { [deadCodeRfc.id]: [deadCode, nops] };

/** Both outcomes of one program, and where its 64-bit constants are. */
interface Compared {
  readonly before: Program;
  readonly second: Uint8Array;
  readonly want: Pick<Patched, 'program' | 'remap'>;
  readonly got: Pick<Patched, 'program' | 'remap'>;
}

/** Random numbers, and distances, which depend on what else is patched, are no difference. */
function wordOf({ insns }: Program, idx: number): number {
  const w0 = insns[idx * SLOT_WORDS];
  return flowOf(w0) === FLOW.OFF ? withOff(w0, 0) : w0;
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
function deviationAt({ before, want, got }: Compared, t: number, cnt: number): Deviation | null {
  const idx = got.remap.outer[t];
  const [wanted, left] = [leftOf(want, t, cnt), leftOf(got, t, cnt)];
  if (wanted !== left) {
    const [expected, now] = [become(wanted, cnt), become(left, cnt)];
    const sentence = `insn ${group(t)} (${textAt(before, t)}) is ${now}; it should be ${expected}`;
    return { column: 'insns', idx, expected, got: now, sentence };
  }
  for (let k = 0; k < left; k++) {
    const at = want.remap.outer[t] + k;
    if (wordOf(want.program, at) === wordOf(got.program, idx + k)) continue;
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

/** How `got`, which `pass` made of `source` under other rules, parts from what our own rules make of it. */
export function ruleDeviations(
  pass: Pass,
  got: Patched,
  input: Omit<StepsInput, 'passes' | 'rules' | 'rnd'>,
  max = 100,
): Deviations {
  const passes = OWN[pass.id] ?? [pass];
  // Numbers that are all 0 will do: what is drawn is not compared.
  const own = runSteps({ ...input, passes, rules: ENGINE_RULES, rnd: () => 0 });
  if (own.refused !== null) return NONE;
  const before = input.source;
  const want = { program: own.program, remap: throughOf(own, own.done.length - 1) };
  return compared({ before, second: secondSlots(before.insns), want, got }, max);
}
