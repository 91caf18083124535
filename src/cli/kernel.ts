/** `kernel`: programs as they are given to the load call, and what Linux 6.18 makes of them. */
import { splitmix32 } from '../base/random.ts';
import type { Result } from '../base/result.ts';
import { KERNEL_MODES, type KernelMode, type KernelRefused, kernelMakes } from '../pipeline/index.ts';
import { ANY_TEXT, oneOf, readCommandLine } from './command-line.ts';
import { type Io, inputLines } from './io.ts';
import { BadInput, type Json, objectOf } from './json-fields.ts';
import { type LoadedProgram, loadedJson, readLoaded } from './loaded-program.ts';

export const KERNEL_HELP = `kernel [FILE] [--mode MODE] [--facts FILE] [--jsonl]

Reads programs as the load call is given them, one a line of JSON, from FILE or standard input:
{"id", "prog_type", "files"?, "before": {"insns": hex, "line_info"?, "func_info"?}, ...}. Finds out what the verifier
of Linux 6.18 would note, runs the passes of that kernel on x86-64 in its order, and writes one line for each:
{"id", "after": {"insns", "line_info", "func_info"}}, or {"id", "error", "log"} where a patch is refused, or where the
program cannot be walked (a jump out of its function, half a 64-bit constant, an end that is none). Everything else that
a verifier refuses is taken for right. "incomplete": true says that there were too many ways to go them all, and the
notes are those of a plain look. A call of a function whose place is not known keeps the number of its helper.

  --mode MODE      ${KERNEL_MODES.join(', ')} (default ${KERNEL_MODES[0]}): as it is, with BPF_F_TEST_RND_HI32, with
                   net.core.bpf_jit_harden = 2
  --facts FILE     what a static look cannot know, by program: {"NAME": {...}}, where NAME is the id up to its colon.
                   The same keys may stand in the line itself:
                     maps       [{"ref", "type", "key_size", "value_size", "max_entries", "flags", "frozen": hex,
                                "inner", "id", "address", "value_address"}]; ref: how insns name the map
                     globals    numbers of the functions that are verified by themselves
                     cpus       processors that the machine can have (default 8192)
                     unprivileged  true: loaded without CAP_PERFMON
                     attach     such as "Qdisc_ops.reset"
                     aux        [[insn, field, value]], a note of the verifier
                     rnd        random numbers in order
                     calls      {symbol: imm}, addresses {symbol: "0x..."}: of another build of the kernel
  --jsonl          one line a program, which is what it does anyway

Exit status: 0 every line was a program, 1 some was not, 2 the command line is wrong.
`;

const firstPart = (id: unknown): string => (typeof id === 'string' ? id.split(':', 1)[0] : '');

function factsFrom(text: string, name: string): (id: unknown) => Json {
  let facts: Json;
  try {
    facts = objectOf(JSON.parse(text), name);
  } catch (error) {
    if (error instanceof BadInput || error instanceof SyntaxError)
      throw Object.assign(error, { code: 'no JSON', path: name });
    throw error;
  }
  return (id) => {
    const of = facts[firstPart(id)];
    return of === undefined ? {} : objectOf(of, `the facts of ${firstPart(id)}`);
  };
}

/** Numbers in their order, and again from the first; without any, a generator's. */
function rndOf(numbers: readonly number[]): () => number {
  if (numbers.length === 0) return splitmix32(1);
  let drawn = 0;
  return () => numbers[drawn++ % numbers.length];
}

function made(loaded: LoadedProgram, mode: KernelMode): Result<Json, KernelRefused> {
  const { program, setting, stated, numbers: maps, functions } = loaded;
  const rnd = rndOf(loaded.rnd);
  const result = kernelMakes({ program, setting, stated, maps, functions, rnd, mode });
  if (!result.ok) return result;
  const { program: after, insns, isComplete } = result.value;
  return {
    ok: true,
    value: { after: loadedJson(after, insns), ...(!isComplete && { incomplete: true }) },
  };
}

export async function kernelCommand(args: readonly string[], io: Io): Promise<number> {
  const options = await readCommandLine('kernel', KERNEL_HELP, args, io, {
    flags: ['jsonl'],
    values: { mode: oneOf(KERNEL_MODES), facts: ANY_TEXT },
  });
  if (typeof options === 'number') return options;
  const { mode = KERNEL_MODES[0], facts } = options.values;
  const factsOf = facts === undefined ? undefined : factsFrom(await io.readInput(facts), facts);
  let status = 0;
  for (const line of inputLines(await io.readInput(options.file))) {
    if (line.trim() === '') continue;
    const loaded = readLoaded(line, factsOf);
    let answer: Json;
    if (!loaded.ok) {
      status = 1;
      const { id, message } = loaded.error;
      answer = { id, error: 22, log: message };
    } else {
      const result = made(loaded.value, mode as KernelMode);
      const { id } = loaded.value;
      answer = result.ok ? { id, ...result.value } : { id, error: result.error.errno, log: result.error.log };
    }
    await io.out(`${JSON.stringify(answer)}\n`);
  }
  return status;
}
