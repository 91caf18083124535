/**
 * The same engine without a page. Exit status: 0 done, 1 the input is wrong, 2 the command line is wrong.
 * A command is one line here and one file beside; files are loaded when they are asked for, so each starts fast.
 */
import { type Io, nodeIo } from './io.ts';
import { visible } from './visible.ts';

type Command = (args: readonly string[], io: Io) => Promise<number>;

interface Entry {
  readonly does: string;
  load(): Promise<Command>;
}

const COMMANDS: Readonly<Record<string, Entry>> = {
  asm: {
    does: 'text to hex',
    load: async () => (await import('./asm.ts')).asmCommand,
  },
  disasm: {
    does: 'hex to text, as the kernel or as LLVM prints it',
    load: async () => (await import('./disasm.ts')).disasmCommand,
  },
  apply: {
    does: 'edits or a pass, case by case (JSON lines)',
    load: async () => (await import('./apply.ts')).applyCommand,
  },
  run: {
    does: 'passes on a program, and what becomes of it',
    load: async () => (await import('./run.ts')).runCommand,
  },
  kernel: {
    does: 'what Linux 6.18 makes of programs as they are loaded (JSON lines)',
    load: async () => (await import('./kernel.ts')).kernelCommand,
  },
  bench: {
    does: 'what patching costs, and beside yardsticks in C',
    load: async () => (await import('./bench.ts')).benchCommand,
  },
};

const HELP = `bpf-patch COMMAND [OPTIONS]

${Object.entries(COMMANDS)
  .map(([name, { does }]) => `  ${name.padEnd(8)} ${does}`)
  .join('\n')}

bpf-patch COMMAND --help says more. Exit status: 0 done, 1 the input is wrong, 2 the command line is wrong.
`;

/** Whatever the system or Node says of an input has a code; our own faults have none. */
const isUnreadable = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error && 'code' in error && typeof error.code === 'string';

export async function main(args: readonly string[], outside: Io = nodeIo): Promise<number> {
  const io: Io = { ...outside, err: (text) => outside.err(visible(text)) };
  const [name, ...rest] = args;
  if (name === '--help' || name === '-h' || name === 'help') {
    await io.out(HELP);
    return 0;
  }
  if (name === undefined || !Object.hasOwn(COMMANDS, name)) {
    await io.err(name === undefined ? HELP : `bpf-patch: there is no command ${name}\n\n${HELP}`);
    return 2;
  }
  try {
    return await (await COMMANDS[name].load())(rest, io);
  } catch (error) {
    if (!isUnreadable(error)) throw error;
    await io.err(`${error.path ?? name}: error: cannot be read (${error.code})\n`);
    return 1;
  }
}
