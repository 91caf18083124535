/** A program as `run` prints it. */
import { disassemble } from '../asm/disassemble.ts';
import { printInsn } from '../asm/print.ts';
import { OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { insnsHex } from '../program/hex.ts';
import { type Program, slotCnt } from '../program/program.ts';
import { auxRows, insnRows } from './rows.ts';

export const FORMATS = ['asm', 'xlated', 'hex', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** What `bpftool prog dump xlated linum` prints: functions, source lines, insns with their slot and opcode. */
function xlatedLines(program: Program): string[] {
  const { insns, lineInfo, subprogs, strings } = program;
  const n = slotCnt(program);
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
    const w0 = insns[2 * i];
    const text = printInsn(w0, insns[2 * i + 1], insns[2 * i + 3] ?? 0, { dialect: 'kernel' });
    lines.push(`${String(i).padStart(4)}: (${codeOf(w0).toString(16).padStart(2, '0')}) ${text}`);
    if (codeOf(w0) === OP_LD_IMM64) i++;
  }
  return lines;
}

/** Keys and meanings as in what `apply` answers. */
function jsonOf(program: Program): Record<string, unknown> {
  const { lineInfo, subprogs, strings } = program;
  const { insnOff, file, line, col } = lineInfo;
  return {
    insns: insnRows(program),
    line_info: Array.from(insnOff, (at, k) => [at, strings[file[k]] ?? '', line[k], col[k]]),
    subprogs: [...subprogs.start, slotCnt(program)],
    subprog_ident: [...subprogs.ident],
    aux: auxRows(program),
  };
}

export function programText(program: Program, format: Format, more: Record<string, unknown>): string {
  if (format === 'asm') return disassemble(program);
  if (format === 'json') return `${JSON.stringify({ ok: true, ...more, ...jsonOf(program) })}\n`;
  if (format === 'hex') return program.insns.length > 0 ? `${insnsHex(program.insns, '\n')}\n` : '';
  return xlatedLines(program)
    .map((line) => `${line}\n`)
    .join('');
}
