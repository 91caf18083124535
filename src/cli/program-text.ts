/** A program as `run` prints it. */
import { disassemble } from '../asm/disassemble.ts';
import { type Style, styleOf } from '../asm/print.ts';
import { isWide, textAt } from '../asm/print-slot.ts';
import { codeOf } from '../isa/insn.ts';
import { insnsHex } from '../program/hex.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Setting } from '../program/setting.ts';
import { auxRows, insnRows, mapRow, moreAuxRows, placesRows } from './rows.ts';

export const FORMATS = ['asm', 'xlated', 'hex', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** Everything an insn refers to is named, so that the text reads back as the same bytes. */
const styleFor = ({ kfuncs }: Program): Style => styleOf({ dialect: 'kernel', exact: true, kfuncs });

/** In bpftool's words: the opcode in front tells a 64-bit load, and the numbers of maps are ids. */
const xlatedText = (style: Style, insns: Int32Array, i: number): string =>
  textAt(style, insns, i).replace(/ ll$/, '').replace(' map[fd:', ' map[id:');

/** What `bpftool prog dump xlated linum` prints: functions, source lines, insns with their slot and opcode. */
function xlatedLines(program: Program): string[] {
  const { insns, lineInfo, subprogs, strings } = program;
  const n = slotCnt(program);
  const style = styleFor(program);
  const lines: string[] = [];
  let line = 0;
  let subprog = 0;
  for (let i = 0; i < n; i++) {
    if (subprogs.start[subprog] === i) {
      const name = strings[subprogs.name[subprog]];
      if (name !== undefined) lines.push(`${name}:`);
      subprog++;
    }
    for (; lineInfo.insnOff[line] === i; line++) {
      const text = strings[lineInfo.text[line]] ?? '';
      const file = strings[lineInfo.file[line]] ?? '';
      lines.push(`; ${text} [file:${file} line_num:${lineInfo.line[line]} line_col:${lineInfo.col[line]}]`);
    }
    const opcode = codeOf(insns[2 * i])
      .toString(16)
      .padStart(2, '0');
    lines.push(`${String(i).padStart(4)}: (${opcode}) ${xlatedText(style, insns, i)}`);
    if (isWide(insns, i, true)) i++;
  }
  return lines;
}

/**
 * Keys and meanings as in what `apply` answers, and beyond it what only a text states: names and stack depths of the
 * subprograms (-1: not known), tables of insns, the rest of aux, program type and maps.
 */
function jsonOf(program: Program, setting: Setting | undefined): Record<string, unknown> {
  const { lineInfo, subprogs, strings } = program;
  const { insnOff, file, line, col } = lineInfo;
  return {
    insns: insnRows(program),
    line_info: Array.from(insnOff, (at, k) => [at, strings[file[k]] ?? '', line[k], col[k]]),
    subprogs: [...subprogs.start, slotCnt(program)],
    subprog_ident: [...subprogs.ident],
    subprog_name: Array.from(subprogs.name, (name) => strings[name] ?? ''),
    stack_depth: [...subprogs.stackDepth],
    places: placesRows(program),
    aux: auxRows(program),
    aux_more: moreAuxRows(program),
    prog_type: setting?.progType,
    maps: setting?.maps.map(mapRow),
  };
}

/** A function that uses no stack goes without saying. */
const onlyUsedStacks = ({ subprogs, ...program }: Program): Program => ({
  ...program,
  subprogs: { ...subprogs, stackDepth: subprogs.stackDepth.map((depth) => (depth > 0 ? depth : -1)) },
});

/** `setting`: what the program is loaded with; where it is not given, nothing is said about it. */
export function programText(
  program: Program,
  format: Format,
  more: Record<string, unknown>,
  setting?: Setting,
): string {
  if (format === 'asm') return disassemble(onlyUsedStacks(program), setting && { setting });
  if (format === 'json') return `${JSON.stringify({ ok: true, ...more, ...jsonOf(program, setting) })}\n`;
  if (format === 'hex') return program.insns.length > 0 ? `${insnsHex(program.insns, '\n')}\n` : '';
  return xlatedLines(program)
    .map((line) => `${line}\n`)
    .join('');
}
