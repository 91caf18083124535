/** `asm`: text in, hexadecimal bytes out. */
import { assemble, pieceAssembler } from '../asm/assemble.ts';
import { sniffDialect } from '../asm/dialect.ts';
import type { Dialect } from '../asm/reader.ts';
import { insnsHex } from '../program/hex.ts';
import { oneOf, readCommandLine } from './command-line.ts';
import { diagnosticText } from './diagnostics.ts';
import { eachLine } from './each-line.ts';
import type { Io } from './io.ts';
import { visible } from './visible.ts';

export const ASM_HELP = `asm [FILE] [--lines] [--dialect auto|kernel|llvm]

Assembles FILE or standard input, in the words of the kernel or of clang, and writes hexadecimal bytes, one slot a line.

  --lines      each input line is a program of its own, its insns separated by tabs; each output line is its bytes
               without spaces, or "error: ..."; as many lines out as in, and the exit status is 0
  --dialect D  whose text it is where the two differ: \`r1 = 0x5\` without \`ll\` is a 64-bit load to the kernel and a
               move to LLVM (default auto: told from the rest of the input, else by the number)
`;

/** Each line as its bytes, or as what is wrong with it. */
function assembledLines(input: string, dialect: Dialect): string {
  const assemblePiece = pieceAssembler(dialect);
  return eachLine(input, (line) => {
    const { insns, error } = assemblePiece(line.replaceAll('\t', '\n'));
    return error ? `error: ${visible(error.message)}` : insnsHex(insns);
  });
}

export async function asmCommand(args: readonly string[], io: Io): Promise<number> {
  const options = await readCommandLine('asm', ASM_HELP, args, io, {
    flags: ['lines'],
    values: { dialect: oneOf(['auto', 'kernel', 'llvm']) },
  });
  if (typeof options === 'number') return options;
  const input = await io.readInput(options.file);
  const asked = (options.values.dialect ?? 'auto') as Dialect;
  const dialect = asked === 'auto' ? sniffDialect(input) : asked;
  if (options.flags.has('lines')) {
    await io.out(assembledLines(input, dialect));
    return 0;
  }
  const { value, diagnostics } = assemble(input, { dialect });
  await io.err(diagnosticText(options.file, input, diagnostics));
  if (diagnostics.some(({ severity }) => severity === 'error')) return 1;
  const { insns } = value.program;
  await io.out(insns.length > 0 ? `${insnsHex(insns, '\n')}\n` : '');
  return 0;
}
