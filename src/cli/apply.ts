/** `apply`: conformance cases in, one result line each out, in order. */
import { ALGORITHMS } from '../patch/index.ts';
import { answerCase, answerJson } from './answer.ts';
import { readCase } from './case.ts';
import { oneOf, readCommandLine } from './command-line.ts';
import type { Io } from './io.ts';

export const APPLY_HELP = `apply [--algorithm ID] [--work] [FILE]

Reads JSON lines, one case each: {"id", "input": {"insns", "line_info"?, "subprogs"?, "aux"?, "ops" or "pass", ...}}
from FILE or standard input, and writes one result line for each.

  --algorithm ID   ${ALGORITHMS.map((one) => one.id).join(', ')} (default ${ALGORITHMS[0].id})
  --work           add the work units by kind

A refused case is {"id","ok":false,"errno"}. A line that is no case is answered with an "error", and the exit status is 1.
`;

const failure = (id: unknown, errno: number, error: string): string =>
  JSON.stringify(id === undefined ? { ok: false, errno, error } : { id, ok: false, errno, error });

/** Exit status: 0 every line was a case (refused ones included), 1 some was not, 2 the command line is wrong. */
export async function applyCommand(args: readonly string[], io: Io): Promise<number> {
  const options = await readCommandLine('apply', APPLY_HELP, args, io, {
    flags: ['work'],
    values: { algorithm: oneOf(ALGORITHMS.map((one) => one.id)) },
  });
  if (typeof options === 'number') return options;
  const algorithm = ALGORITHMS.find(({ id }) => id === options.values.algorithm) ?? ALGORITHMS[0];
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
    if (answer.ok) await io.out(`${answerJson(one.value, answer.value, options.flags.has('work'))}\n`);
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
