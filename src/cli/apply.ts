/** `apply`: conformance cases in, one result line each out, in order. */
import type { Algorithm } from '../patch/algorithm.ts';
import { rfc } from '../patch/faithful/rfc.ts';
import { ALGORITHMS } from '../patch/index.ts';
import { PROFILES, type Profile } from '../patch/profiles.ts';
import { answerCase, answerJson } from './answer.ts';
import { readCase } from './case.ts';
import { oneOf, readCommandLine } from './command-line.ts';
import type { Io } from './io.ts';

const idsOf = (list: readonly { readonly id: string }[]): string[] => list.map(({ id }) => id);
const [ENGINE] = PROFILES;

export const APPLY_HELP = `apply [--algorithm ID] [--semantics ID] [--work] [FILE]

Reads JSON lines, one case each: {"id", "input": {"insns", "line_info"?, "subprogs"?, "aux"?, "ops" or "pass", ...}}
from FILE or standard input, and writes one result line for each.

  --algorithm ID   ${idsOf(ALGORITHMS).join(', ')}
                   (default ${ALGORITHMS[0].id}); all give the same result. ${rfc.id}: as --semantics ${PROFILES.find(({ algorithm }) => algorithm === rfc)?.id}
  --semantics ID   ${idsOf(PROFILES).join(', ')} (default ${ENGINE.id}); named in each
                   result. Another one than ${ENGINE.id} behaves as that kernel or the RFC really did, bugs included, has
                   an algorithm of its own, and adds "idx_map", and "overrun" and "oob" where there are any
  --work           add the work units by kind

A refused case is {"id","ok":false,"errno"}. A line that is no case is answered with an "error", and the exit status is 1.
`;

interface Failure {
  readonly errno: number;
  readonly message?: string;
  readonly rndUsed?: number | undefined;
}
/** Our own refusals are bare; what a kernel did before it refused belongs to what it does. */
const failure = (id: unknown, { errno, message, rndUsed }: Failure, semantics?: string): string =>
  JSON.stringify({
    ...{ id, ok: false, errno, error: message },
    ...(semantics !== undefined && { rnd_used: rndUsed, semantics }),
  });

/** Whose rules, and who follows them; or what is wrong with asking for both. */
function chosen(
  algorithmId?: string,
  semanticsId?: string,
): { profile: Profile; algorithm: Algorithm } | string {
  const implied = PROFILES.find(({ algorithm }) => algorithm !== null && algorithm.id === algorithmId);
  const profile = PROFILES.find(({ id }) => id === semanticsId) ?? implied ?? ENGINE;
  const algorithm = ALGORITHMS.find(({ id }) => id === algorithmId);
  if (profile.algorithm === null)
    return algorithmId === undefined || algorithm !== undefined
      ? { profile, algorithm: algorithm ?? ALGORITHMS[0] }
      : `--algorithm ${algorithmId} does not follow the rules of ${profile.id}`;
  if (algorithmId === undefined || algorithmId === profile.algorithm.id)
    return { profile, algorithm: profile.algorithm };
  return `--semantics ${profile.id} has an algorithm of its own; leave --algorithm ${algorithmId} out`;
}

/** Exit status: 0 every line was a case (refused ones included), 1 some was not, 2 the command line is wrong. */
export async function applyCommand(args: readonly string[], io: Io): Promise<number> {
  const options = await readCommandLine('apply', APPLY_HELP, args, io, {
    flags: ['work'],
    values: { algorithm: oneOf([...idsOf(ALGORITHMS), rfc.id]), semantics: oneOf(idsOf(PROFILES)) },
  });
  if (typeof options === 'number') return options;
  const choice = chosen(options.values.algorithm, options.values.semantics);
  if (typeof choice === 'string') {
    await io.err(`apply: ${choice}\n`);
    return 2;
  }
  const { profile, algorithm } = choice;
  const semantics = profile === ENGINE ? undefined : profile.id;
  let status = 0;
  for (const line of (await io.readInput(options.file)).split('\n')) {
    if (line.trim() === '') continue;
    const one = readCase(line);
    if (!one.ok) {
      status = 1;
      const { id, message } = one.error;
      await io.out(`${failure(id, { errno: -22, message }, semantics)}\n`);
      continue;
    }
    const answer = answerCase(one.value, algorithm, profile.rules);
    if (answer.ok) {
      const json = answerJson(one.value, answer.value, options.flags.has('work'), profile.id);
      await io.out(`${json}\n`);
      continue;
    }
    if (answer.error.kind === 'cannot') status = 1;
    await io.out(`${failure(one.value.id, answer.error, semantics)}\n`);
  }
  return status;
}
