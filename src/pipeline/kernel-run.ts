/**
 * What Linux 6.18 on x86-64 makes of a program from the load call to the compiler: the notes of the verifier and then
 * every pass, in its order.
 */
import type { StatedAux } from '../analysis/aux.ts';
import { notesOf } from '../analysis/notes.ts';
import { assert } from '../base/assert.ts';
import { ERRNO } from '../base/errno.ts';
import { err, ok, type Result } from '../base/result.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { KernelFunctions } from '../kernel/functions.ts';
import { type Kernel, LINUX_6_18_X86_64 } from '../kernel/kernel.ts';
import { blind } from '../passes/blind.ts';
import type { Pass } from '../passes/pass.ts';
import { linuxPasses, passesNamed } from '../passes/pipelines.ts';
import { rndHi32 } from '../passes/rnd-hi32.ts';
import { zext } from '../passes/zext.ts';
import type { Layer, PatchError } from '../patch/algorithm.ts';
import { LINUX_6_18 } from '../patch/profiles.ts';
import { errnoOf } from '../patch/rules.ts';
import { flowProblem } from '../program/check-flow.ts';
import { makeProgram, type Program, type Subprogs, slotCnt } from '../program/program.ts';
import type { Setting } from '../program/setting.ts';
import { dumpedInsns, type MapNumbersByRef, withLinkedCalls, withMapAddresses } from './kernel-dump.ts';
import { runSteps, type Step, type Steps } from './steps.ts';

/** How a program is loaded: as it is; with BPF_F_TEST_RND_HI32; with net.core.bpf_jit_harden = 2. */
export const KERNEL_MODES = ['plain', 'rnd_hi32', 'blind'] as const;
export type KernelMode = (typeof KERNEL_MODES)[number];

export interface KernelJob {
  readonly program: Program;
  readonly setting: Setting;
  /** What somebody knows better than a static look. */
  readonly stated: readonly StatedAux[];
  readonly maps: MapNumbersByRef;
  readonly rnd: () => number;
  readonly mode: KernelMode;
  /** Where the kernel in question keeps functions and variables, as far as it differs from the one known here. */
  readonly functions?: KernelFunctions;
}

function kernelOf({ functions }: KernelJob): Kernel {
  const known = LINUX_6_18_X86_64;
  return {
    ...known,
    functions: {
      calls: { ...known.functions.calls, ...functions?.calls },
      addresses: { ...known.functions.addresses, ...functions?.addresses },
    },
  };
}

export interface KernelMade {
  /** Tables as they are told to who asks the kernel; the insns are `insns`. */
  readonly program: Program;
  readonly insns: Int32Array;
  readonly steps: readonly Step[];
  /** Every way through the program was gone to its end, so that the notes are those of a verifier. */
  readonly isComplete: boolean;
}

/** Errno of the load call as a positive number, and the line of the log that says so. */
export interface KernelRefused {
  readonly errno: number;
  readonly log: string;
}

function refusal(pass: Pass, error: PatchError): KernelRefused {
  // What the compiler returns when blinding was refused and there is no interpreter to fall back on.
  if (pass.layer === 'core') return { errno: ERRNO.ENOTSUPP, log: '' };
  const log =
    error.code === 'ERANGE'
      ? `insn ${error.patched ?? error.at} cannot be patched due to 16-bit range`
      : error.message;
  return { errno: -errnoOf(error, pass.layer, LINUX_6_18.rules), log };
}

/** The passes of the job's mode that see the whole program, by the rules of 6.18. */
function runPasses(
  job: KernelJob,
  source: Program,
  passes: readonly Pass[],
  layer: Layer,
): Result<Steps, KernelRefused> {
  const { rules, algorithm } = LINUX_6_18;
  const { setting, rnd } = job;
  const kernel = kernelOf(job);
  const steps = runSteps({
    ...{ source, setting, passes, algorithm, rules, kernel, rnd, layer },
    // x86-64 clears upper halves by itself.
    ...{ needsZext: false, patchPoints: [] },
  });
  const { refused } = steps;
  return refused === null ? ok(steps) : err(refusal(refused.pass, refused.error));
}

const onlyFunction = (subprogs: Subprogs, k: number): Subprogs => ({
  start: Int32Array.of(0),
  ident: subprogs.ident.slice(k, k + 1),
  name: subprogs.name.slice(k, k + 1),
  linfoIdx: subprogs.linfoIdx.slice(k, k + 1),
  stackDepth: subprogs.stackDepth.slice(k, k + 1),
});

/**
 * Several functions are blinded one by one, in copies that no dump shows; what shows is the line table that they have
 * in common, in which each books its growth at places counted from its own start (jit_subprogs(), bpf_adj_linfo()).
 */
function blindFunctions(job: KernelJob, program: Program): Result<Program, KernelRefused> {
  const { start } = program.subprogs;
  let { lineInfo } = program;
  for (const [k, from] of start.entries()) {
    const to = start[k + 1] ?? slotCnt(program);
    const insns = program.insns.slice(from * SLOT_WORDS, to * SLOT_WORDS);
    const parts = { insns, lineInfo, subprogs: onlyFunction(program.subprogs, k), strings: program.strings };
    const made = runPasses(job, makeProgram(parts), [blind], 'core');
    if (!made.ok) return made;
    lineInfo = made.value.program.lineInfo;
  }
  return ok({ ...program, lineInfo });
}

function blinded(job: KernelJob, program: Program): Result<Program, KernelRefused> {
  const linked = withMapAddresses(program, job.maps);
  if (program.subprogs.start.length > 1) {
    const made = blindFunctions(job, linked);
    return made.ok ? ok({ ...program, lineInfo: made.value.lineInfo }) : made;
  }
  const made = runPasses(job, linked, [blind], 'core');
  return made.ok ? ok(made.value.program) : made;
}

export function kernelMakes(job: KernelJob): Result<KernelMade, KernelRefused> {
  const { mode, maps } = job;
  const wrong = flowProblem(job.program.insns, job.program.subprogs.start);
  if (wrong !== null) return err({ errno: ERRNO.EINVAL, log: wrong });
  const notes = notesOf(job.program, job.setting, job.stated);
  const subprogs = { ...job.program.subprogs, stackDepth: notes.stackDepth };
  const source = makeProgram({ ...job.program, subprogs, aux: notes.columns });
  const named = passesNamed(linuxPasses(job.setting.unprivileged));
  assert(named.ok, 'the passes of Linux have known names');
  const steps = runPasses(job, source, [...named.value, mode === 'rnd_hi32' ? rndHi32 : zext], 'verifier');
  if (!steps.ok) return steps;
  const verified = withLinkedCalls(steps.value.program, job.setting, kernelOf(job));
  const made = mode === 'blind' ? blinded(job, verified) : ok(verified);
  if (!made.ok) return made;
  return ok({
    program: made.value,
    insns: dumpedInsns(made.value, maps),
    steps: steps.value.done,
    isComplete: notes.isComplete,
  });
}
