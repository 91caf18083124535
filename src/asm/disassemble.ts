/**
 * Program → text that assembles to the same program: its setting, functions with their stacks, labels or distances,
 * line information, aux, patch points and tables of places. `listing` is the insns alone.
 */
import { distanceOf, FLOW, flowOf, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { regTypeText } from '../kernel/reg-types.ts';
import type { Program } from '../program/program.ts';
import { NO_SETTING, type Setting } from '../program/setting.ts';
import type { AuxGiven, PatchPoint } from './assembly.ts';
import { type LineRef, readLineRef } from './line-info-text.ts';
import { type Names, namesOf } from './names.ts';
import { insnText, type PrintDialect, rawText, type Style, styleOf } from './print.ts';
import { placesLines, settingLines } from './print-tables.ts';

export interface DisassembleOptions {
  readonly dialect?: PrintDialect;
  readonly immBase?: 'hex' | 'dec';
  /** Default true: what is printed reads back as the same bytes. */
  readonly exact?: boolean;
  readonly setting?: Setting;
  readonly auxGiven?: readonly AuxGiven[];
  readonly patchPoints?: readonly PatchPoint[];
}

interface Printer {
  readonly program: Program;
  readonly style: Style;
  readonly names: Names;
}

/** Whether the ld_imm64 in slot i is printed together with its second slot. */
export function isWide(insns: Int32Array, i: number, exact: boolean): boolean {
  if (codeOf(insns[2 * i]) !== OP_LD_IMM64 || 2 * i + 2 >= insns.length) return false;
  return !exact || (insns[2 * i + 2] === 0 && insns[2 * i] >> 16 === 0);
}

/**
 * One line per insn; a second line of an ld_imm64 there is none. Tables of places of one kind must have different
 * names, or they read back as one table.
 */
export function disassemble(program: Program, options: DisassembleOptions = {}): string {
  const { dialect = 'kernel', immBase = 'hex', exact = true } = options;
  const { auxGiven = [], patchPoints = [], setting = NO_SETTING } = options;
  const { insns } = program;
  const n = insns.length / 2;
  const canHold = new Uint8Array(n + 1).fill(1);
  for (let i = 0; i < n; i++) if (isWide(insns, i, exact)) canHold[++i] = 0;
  const exits = patchPoints.flatMap((point) => point.exits.map(({ to }) => to));
  const names = namesOf(program, canHold, [...exits, ...program.places.flatMap(({ at }) => [...at])]);
  const printer: Printer = {
    program,
    style: styleOf({ dialect, immBase, exact, kfuncs: program.kfuncs }),
    names,
  };
  const above = linesAbove(printer, canHold, auxGiven, patchPoints);
  // Few slots have lines above them; asking three maps for each of a million takes longer than printing it.
  const hasLines = new Uint8Array(n + 1);
  for (const slots of [names.funcAt, names.labelAt, above])
    for (const slot of slots.keys()) hasLines[slot] = 1;
  const isGlobal = new Set(setting.globals?.map((k) => program.subprogs.start[k]));
  const lines = settingLines(setting);
  for (let i = 0; i <= n; i++) {
    if (hasLines[i] === 1) {
      if (isGlobal.has(i) && names.funcAt.get(i) === names.labelAt.get(i))
        lines.push(`.globl ${names.labelAt.get(i)}`);
      nameLines(names, i, lines);
      for (const line of above.get(i) ?? []) lines.push(line);
    }
    if (i === n) break;
    lines.push(textAt(printer.style, insns, i, targetName(printer, insns, i)));
    if (isWide(insns, i, exact)) i++;
  }
  for (const line of placesLines(program, names)) lines.push(line);
  return lines.join('\n') + (lines.length > 0 ? '\n' : '');
}

/** The insns alone, one a line, with distances instead of labels: what the dialect's own disassembler prints. */
export function listing(
  insns: Int32Array,
  { dialect = 'kernel', immBase = 'hex', exact = true }: DisassembleOptions = {},
): string[] {
  const style = styleOf({ dialect, immBase, exact });
  const lines: string[] = [];
  for (let i = 0; i < insns.length / 2; i++) {
    lines.push(textAt(style, insns, i));
    if (isWide(insns, i, exact)) i++;
  }
  return lines;
}

function nameLines({ funcAt, labelAt }: Names, slot: number, lines: string[]): void {
  const func = funcAt.get(slot);
  const label = labelAt.get(slot);
  if (func !== undefined) lines.push(func === '' ? '.func' : `.func ${func}`);
  if (label !== undefined && label !== func) lines.push(`${label}:`);
}

/** The insn in slot i; `target` names where it jumps. */
export function textAt(style: Style, insns: Int32Array, i: number, target?: string): string {
  const w0 = insns[2 * i];
  const imm = insns[2 * i + 1];
  if (codeOf(w0) !== OP_LD_IMM64) return insnText(style, w0, imm, 0, target);
  if (isWide(insns, i, style.exact)) return insnText(style, w0, imm, insns[2 * i + 3], target);
  return style.exact ? rawText(w0, imm) : insnText(style, w0, imm, 0, target);
}

function targetName({ names }: Printer, insns: Int32Array, i: number): string | undefined {
  const w0 = insns[2 * i];
  const flow = flowOf(w0);
  return flow === FLOW.NONE ? undefined : names.labelAt.get(i + 1 + distanceOf(w0, insns[2 * i + 1], flow));
}

/** Comment lines above insns, by slot. */
function linesAbove(
  printer: Printer,
  canHold: Uint8Array,
  auxGiven: readonly AuxGiven[],
  patchPoints: readonly PatchPoint[],
): Map<number, string[]> {
  const above = new Map<number, string[]>();
  const add = (slot: number, line: string): void => {
    const lines = above.get(slot);
    if (lines) lines.push(line);
    else above.set(slot, [line]);
  };
  const { lineInfo, subprogs } = printer.program;
  for (const [i, depth] of subprogs.stackDepth.entries())
    if (depth >= 0 && canHold[subprogs.start[i]] === 1) add(subprogs.start[i], `.stack ${depth}`);
  for (let i = 0; i < lineInfo.insnOff.length; i++)
    add(lineInfo.insnOff[i], lineInfoText(printer.program, i));
  const aux = new Map<number, string>();
  for (const { slot, field, value } of auxGiven)
    aux.set(
      slot,
      `${aux.get(slot) ?? ';@aux'} ${field}=${field === 'ptr_type' ? regTypeText(value) : value}`,
    );
  for (const [slot, line] of aux) add(slot, line);
  for (const point of patchPoints) add(point.at, patchText(printer, point));
  return above;
}

const scratch: LineRef = { fileFrom: 0, fileTo: 0, line: 0, col: 0, textFrom: 0, textTo: 0 };

/** `; file.c:12:3 text`, or `.loc` with strings where that would be read as something else. */
function lineInfoText({ lineInfo, strings }: Program, i: number): string {
  const file = strings[lineInfo.file[i]] ?? '';
  const text = strings[lineInfo.text[i]];
  const line = lineInfo.line[i];
  const col = lineInfo.col[i];
  const plain = ` ${file}:${line}:${col}${text === undefined ? '' : ` ${text}`}`;
  const isPlain =
    !/[\n\r]/.test(plain) &&
    readLineRef(plain, 0, plain.length, scratch) &&
    plain.slice(scratch.fileFrom, scratch.fileTo) === file &&
    file !== '' &&
    plain.slice(scratch.textFrom, scratch.textTo) === (text ?? '') &&
    text !== '' &&
    scratch.line === line &&
    scratch.col === col;
  if (isPlain) return `;${plain}`;
  return `.loc ${JSON.stringify(file)} ${line} ${col}${text === undefined ? '' : ` ${JSON.stringify(text)}`}`;
}

function patchText(printer: Printer, point: PatchPoint): string {
  if (point.kind === 'remove') return `;@remove ${point.cnt}`;
  const { insns } = point;
  const exits = new Map(point.exits.map(({ slot, to }) => [slot, printer.names.labelAt.get(to)]));
  const texts: string[] = [];
  for (let i = 0; i < insns.length / 2; i++) {
    texts.push(textAt(printer.style, insns, i, exits.get(i)));
    if (isWide(insns, i, printer.style.exact)) i++;
  }
  return `;@${point.kind} ${texts.join(' | ')}`;
}
