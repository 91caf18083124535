/** Dumps by tools that are older than the insn they came upon: what they print then cannot be read by anyone. */
import { FORMS } from '../isa/table.ts';
import type { Lexer } from './lexer.ts';

/** bpftool and llvm-objdump that print less than this know are not around. */
const OLDEST_TOOL = 6;

const BUG = /^BUG_(?:[a-z\d]+_)?([\da-f]{2})$/;
const UNKNOWN = '<unknown>';
/** First of the eight bytes that llvm-objdump puts behind the number of the insn. */
const FIRST_BYTE = /:\s*([\da-f]{2}) /i;

const isYoung = (code: number): boolean => {
  const forms = FORMS.filter((form) => form.code === code);
  return forms.every(({ since = '0' }) => Number.parseInt(since, 10) >= OLDEST_TOOL);
};

/** Opcode of a line that its tool did not know, -1 when that is not known either; undefined: it is no such line. */
function unknownOpcode({ text, opcode, from, to, cnt, prefixFrom, prefixTo }: Lexer): number | undefined {
  const line = text.slice(from[0], to[cnt - 1]);
  const bug = BUG.exec(line);
  if (bug) return Number.parseInt(bug[1], 16);
  if (line === UNKNOWN) {
    const byte = FIRST_BYTE.exec(text.slice(prefixFrom, prefixTo));
    return byte ? Number.parseInt(byte[1], 16) : opcode;
  }
  return opcode >= 0 && isYoung(opcode) ? opcode : undefined;
}

/** Name of the opcode where it is that of one insn, or of one in several widths. */
function nameOf(code: number): string | undefined {
  const names = FORMS.filter((form) => form.code === code).map(({ name }) => name);
  const [name, ...others] = new Set(names.length > 1 ? names.map((one) => one.replace(/\d+$/, '')) : names);
  return others.length > 0 ? undefined : name;
}

/** What to say of a line that could not be read because its tool did not know the insn; undefined: it is no such line. */
export function oldDump(lexer: Lexer): { message: string; hint: string } | undefined {
  const code = unknownOpcode(lexer);
  if (code === undefined) return undefined;
  const name = nameOf(code);
  const opcode = `opcode 0x${code.toString(16).padStart(2, '0')}${name ? ` (${name})` : ''}`;
  return {
    message: `the tool that printed this did not know ${code < 0 ? 'this insn' : opcode}`,
    hint:
      code < 0
        ? 'dump it again with a newer llvm-objdump'
        : 'dump it again with a newer bpftool, or with `opcodes`',
  };
}
