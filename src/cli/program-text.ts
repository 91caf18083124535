/** A program as `run` prints it. */
import { disassemble } from '../asm/disassemble.ts';
import { printInsn } from '../asm/print.ts';
import { OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, dstOf, offOf, srcOf } from '../isa/insn.ts';
import { auxAt, type Program, slotCnt } from '../program/program.ts';

export const FORMATS = ['asm', 'xlated', 'hex', 'json'] as const;
export type Format = (typeof FORMATS)[number];

const hexOf = (word: number): string =>
  [0, 8, 16, 24].map((shift) => ((word >>> shift) & 0xff).toString(16).padStart(2, '0')).join('');

/** 16 digits a slot, in wire order. */
const hexLines = ({ insns }: Program): string[] =>
  Array.from({ length: insns.length / 2 }, (_, i) => hexOf(insns[2 * i]) + hexOf(insns[2 * i + 1]));

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
  const { insns, lineInfo, subprogs, strings, aux } = program;
  const n = slotCnt(program);
  return {
    insns: Array.from({ length: n }, (_, i) => {
      const w0 = insns[2 * i];
      return [codeOf(w0), dstOf(w0), srcOf(w0), offOf(w0), insns[2 * i + 1]];
    }),
    line_info: Array.from(lineInfo.insnOff, (at, k) => [
      at,
      strings[lineInfo.file[k]] ?? '',
      lineInfo.line[k],
      lineInfo.col[k],
    ]),
    subprogs: [...subprogs.start, n],
    subprog_ident: [...subprogs.ident],
    ...(aux && {
      aux: Array.from({ length: n }, (_, i) => {
        const { origIdx, seen, zextDst, ptrType, ctxFieldSize, aluState } = auxAt(aux, i);
        return [origIdx, seen, zextDst, ptrType, ctxFieldSize, aluState];
      }),
    }),
  };
}

export function programText(program: Program, format: Format, more: Record<string, unknown>): string {
  if (format === 'asm') return disassemble(program);
  if (format === 'json') return `${JSON.stringify({ ok: true, ...more, ...jsonOf(program) })}\n`;
  const lines = format === 'hex' ? hexLines(program) : xlatedLines(program);
  return lines.map((line) => `${line}\n`).join('');
}
