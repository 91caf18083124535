/** Options of the commands between text and bytes: flags, options with one of a few values, one file at most. */

export interface TextOptions {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, string>;
  readonly file: string | undefined;
}

/** `values` lists what each option may be set to. A string says what is wrong. */
export function readTextOptions(
  args: readonly string[],
  flags: readonly string[],
  values: Readonly<Record<string, readonly string[]>>,
): TextOptions | string {
  const given = new Set<string>();
  const set = new Map<string, string>();
  let file: string | undefined;
  for (let i = 0; i < args.length; i++) {
    const [name, inline] = args[i].startsWith('--') ? splitOption(args[i]) : [args[i], undefined];
    if (flags.includes(name) && inline === undefined) given.add(name);
    else if (name in values) {
      const value = inline ?? args[++i];
      if (value === undefined || !values[name].includes(value))
        return `${name} wants one of ${values[name].join(', ')}`;
      set.set(name, value);
    } else if (name.startsWith('-') && name !== '-') return `unknown option ${args[i]}`;
    else if (file !== undefined) return `one file at most: ${name}`;
    else file = name;
  }
  return { flags: given, values: set, file };
}

function splitOption(arg: string): [string, string | undefined] {
  const at = arg.indexOf('=');
  return at < 0 ? [arg, undefined] : [arg.slice(0, at), arg.slice(at + 1)];
}

/** Lines of an input; the newline at its end begins no further one. */
export function inputLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}
