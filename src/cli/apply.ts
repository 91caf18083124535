/** `apply`: conformance cases in, one result line each out, in order. */
import { ALGORITHMS, algorithmById } from '../patch/index.ts';
import { answerCase, answerJson } from './answer.ts';
import { readCase } from './case.ts';
import type { Io } from './io.ts';

export const APPLY_HELP = `apply [--algorithm ID] [--work] [FILE]

Reads JSON lines, one case each: {"id", "input": {"insns", "line_info"?, "subprogs"?, "aux"?, "ops" or "pass", ...}}
from FILE or standard input, and writes one result line for each.

  --algorithm ID   ${ALGORITHMS.map((one) => one.id).join(', ')} (default ${ALGORITHMS[0].id})
  --work           add the work units by kind

A refused case is {"id","ok":false,"errno"}. A line that is no case is answered with an "error", and the exit status is 1.
`;

interface Options {
  readonly algorithm: string;
  readonly work: boolean;
  readonly file: string | undefined;
}

function readOptions(args: readonly string[]): Options | string {
  let algorithm = ALGORITHMS[0].id;
  let work = false;
  let file: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    if (arg === '--work') work = true;
    else if (arg.startsWith('--algorithm=')) algorithm = arg.slice('--algorithm='.length);
    else if (arg === '--algorithm') {
      if (i + 1 === args.length) return '--algorithm wants an id';
      algorithm = args[++i];
    } else if (arg.startsWith('-') && arg !== '-') return `unknown option ${arg}`;
    else if (file !== undefined) return `one file at most: ${arg}`;
    else file = arg;
  }
  return { algorithm, work, file };
}

const failure = (id: unknown, errno: number, error: string): string =>
  JSON.stringify(id === undefined ? { ok: false, errno, error } : { id, ok: false, errno, error });

/** Exit status: 0 every line was a case (refused ones included), 1 some was not, 2 the command line is wrong. */
export async function applyCommand(args: readonly string[], io: Io): Promise<number> {
  if (args.includes('--help')) {
    await io.out(APPLY_HELP);
    return 0;
  }
  const options = readOptions(args);
  const usage = typeof options === 'string' ? options : null;
  const algorithm = typeof options === 'string' ? undefined : algorithmById(options.algorithm);
  if (typeof options === 'string' || algorithm === undefined) {
    await io.err(`apply: ${usage ?? `no algorithm ${(options as Options).algorithm}`}\n`);
    return 2;
  }
  let status = 0;
  for (const line of (await io.readInput(options.file)).split('\n')) {
    if (line.trim() === '') continue;
    const one = readCase(line);
    if (!one.ok) {
      status = 1;
      await io.out(`${failure(one.error.id, -22, one.error.message)}\n`);
      continue;
    }
    const answer = answerCase(one.value, algorithm);
    if (answer.ok) await io.out(`${answerJson(one.value, answer.value, options.work)}\n`);
    else if (answer.error.kind === 'refused') {
      const { errno } = answer.error.error;
      await io.out(`${JSON.stringify({ id: one.value.id, ok: false, errno })}\n`);
    } else {
      status = 1;
      await io.out(`${failure(one.value.id, answer.error.errno, answer.error.message)}\n`);
    }
  }
  return status;
}
