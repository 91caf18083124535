/** `disasm`: hexadecimal bytes in, text out. */
import { type DisassembleOptions, listing } from '../asm/disassemble.ts';
import type { PrintDialect } from '../asm/print.ts';
import { lineColAt } from '../base/diagnostic.ts';
import { insnsFromHex } from '../program/hex.ts';
import { oneOf, readCommandLine } from './command-line.ts';
import { nameOf } from './diagnostics.ts';
import { eachLine } from './each-line.ts';
import type { Io } from './io.ts';
import { visible } from './visible.ts';

export const DISASM_HELP = `disasm [FILE] [--dialect kernel|llvm] [--lines] [--imm hex|dec] [--exact]

Reads hexadecimal bytes from FILE or standard input and writes one insn a line.

  --dialect D  kernel (default): as the kernel's disassembler, without the opcode in front; llvm: as llvm-objdump
  --lines      each input line is a program of its own; each output line is its insns separated by tabs, or
               "error: ..."; as many lines out as in, and the exit status is 0
  --imm dec    decimal immediates in LLVM's text
  --exact      where the text of the dialect would not read back as the same bytes, write one that does
`;

function disassembleLine(line: string, options: DisassembleOptions): string {
  const insns = insnsFromHex(line);
  return insns.ok ? listing(insns.value, options).join('\t') : `error: ${visible(insns.error.message)}`;
}

/**
 * Where to look when digits are missing: behind the only line that is no whole number of insns, else behind the last
 * digit. `at` is the end of the text then.
 */
function faultAt(input: string, at: number): number {
  if (at < input.length) return at;
  const short = [...input.matchAll(/[^\n]+/g)].filter(([line]) => line.replace(/\s/g, '').length % 16 !== 0);
  if (short.length !== 1) return input.trimEnd().length;
  return short[0].index + short[0][0].trimEnd().length;
}

export async function disasmCommand(args: readonly string[], io: Io): Promise<number> {
  const options = await readCommandLine('disasm', DISASM_HELP, args, io, {
    flags: ['lines', 'exact'],
    values: { dialect: oneOf(['kernel', 'llvm']), imm: oneOf(['hex', 'dec']) },
  });
  if (typeof options === 'number') return options;
  const print: DisassembleOptions = {
    dialect: (options.values.dialect ?? 'kernel') as PrintDialect,
    immBase: (options.values.imm ?? 'hex') as 'hex' | 'dec',
    exact: options.flags.has('exact'),
  };
  const input = await io.readInput(options.file);
  if (options.flags.has('lines')) {
    await io.out(eachLine(input, (line) => disassembleLine(line, print)));
    return 0;
  }
  const insns = insnsFromHex(input);
  if (!insns.ok) {
    const { line, col } = lineColAt(input, faultAt(input, insns.error.at));
    await io.err(`${nameOf(options.file)}:${line}:${col}: error: ${insns.error.message}\n`);
    return 1;
  }
  await io.out(
    listing(insns.value, print)
      .map((line) => `${line}\n`)
      .join(''),
  );
  return 0;
}
