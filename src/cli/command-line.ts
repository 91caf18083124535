/** What every command does with its command line: help, options, one file at most, and a usage error as status 2. */
import { parseArgs } from 'node:util';
import type { Io } from './io.ts';

/** What an option may be set to, also in words: "--name wants ...". */
export interface Wanted {
  readonly wants: string;
  accepts(text: string): boolean;
}

export const ANY_TEXT: Wanted = { wants: 'a value', accepts: () => true };
export const oneOf = (texts: readonly string[]): Wanted => ({
  wants: `one of ${texts.join(', ')}`,
  accepts: (text) => texts.includes(text),
});

export interface Options<Value extends string, Flag extends string> {
  readonly values: Readonly<Record<Value, Wanted>>;
  readonly flags?: readonly Flag[];
}

export interface CommandLine<Value extends string, Flag extends string> {
  readonly file: string | undefined;
  readonly values: { readonly [K in Value]?: string };
  readonly flags: ReadonlySet<Flag>;
}

/** `--name value` as `--name=value`, so that a value may begin with a dash. */
function withValues(args: readonly string[], names: ReadonlySet<string>): string[] {
  const joined: string[] = [];
  for (let i = 0; i < args.length; i++) {
    if (args[i] === '--') return [...joined, ...args.slice(i)];
    const takesNext = names.has(args[i]) && i + 1 < args.length;
    joined.push(takesNext ? `${args[i]}=${args[++i]}` : args[i]);
  }
  return joined;
}

/** The line, or in one sentence what is wrong with it. */
function parse<Value extends string, Flag extends string>(
  args: readonly string[],
  { values: wanted, flags = [] }: Options<Value, Flag>,
): CommandLine<Value, Flag> | string {
  const names = Object.entries<Wanted>(wanted);
  const options = Object.fromEntries([
    ...names.map(([name]) => [name, { type: 'string' as const }]),
    ...flags.map((name) => [name, { type: 'boolean' as const }]),
  ]);
  const joined = withValues(args, new Set(names.map(([name]) => `--${name}`)));
  const twice = names.find(([name]) => joined.filter((arg) => arg.startsWith(`--${name}=`)).length > 1);
  if (twice !== undefined) return `--${twice[0]} is given twice`;
  let parsed: ReturnType<typeof parseArgs>;
  try {
    parsed = parseArgs({ args: joined, options, allowPositionals: true });
  } catch (error) {
    // The sentences behind the first are advice about `--`.
    return (error as Error).message.split(/\.? *\n|\. /, 1)[0];
  }
  const { values, positionals } = parsed;
  if (positionals.length > 1) return `one file at most: ${positionals[1]}`;
  for (const [name, { wants, accepts }] of names) {
    const value = values[name];
    if (typeof value === 'string' && !accepts(value))
      return `--${name} wants ${wants}, not ${value === '' ? 'an empty text' : value}`;
  }
  return {
    file: positionals[0],
    values: values as CommandLine<Value, Flag>['values'],
    flags: new Set(flags.filter((name) => values[name] === true)),
  };
}

/** `bpf-patch NAME ARGS`, or the exit status when there is nothing left to do. */
export async function readCommandLine<Value extends string, Flag extends string = never>(
  name: string,
  help: string,
  args: readonly string[],
  io: Io,
  options: Options<Value, Flag>,
): Promise<CommandLine<Value, Flag> | number> {
  if (args.includes('--help') || args.includes('-h')) {
    await io.out(help);
    return 0;
  }
  const line = parse(args, options);
  if (typeof line !== 'string') return line;
  await io.err(`${name}: ${line}\n`);
  return 2;
}
