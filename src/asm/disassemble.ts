/**
 * Program → text that assembles to the same program: its setting, functions with their stacks, labels or distances,
 * line information, aux, patch points and tables of places. `listing` is the insns alone.
 */
import { distanceOf, FLOW, flowOf } from '../isa/flow.ts';
import type { Program } from '../program/program.ts';
import { NO_SETTING, type Setting } from '../program/setting.ts';
import type { AuxGiven, PatchPoint } from './assembly.ts';
import { type Above, linesAbove, type Printer, writeAbove } from './lines-above.ts';
import { labelAt, type Names, namesOf } from './names.ts';
import { type PrintDialect, styleOf } from './print.ts';
import { isWide, textAt, writeAt } from './print-slot.ts';
import { placesLines, settingLines } from './print-tables.ts';
import { endLine, makeWriter, takeText, writeLine } from './writer.ts';

export interface DisassembleOptions {
  readonly dialect?: PrintDialect;
  readonly immBase?: 'hex' | 'dec';
  /** Default true: what is printed reads back as the same bytes. */
  readonly exact?: boolean;
  readonly setting?: Setting;
  readonly auxGiven?: readonly AuxGiven[];
  readonly patchPoints?: readonly PatchPoint[];
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
  const names = namesOf(program, canHold, slotsNamed(program, patchPoints));
  const style = styleOf({ dialect, immBase, exact, kfuncs: program.kfuncs });
  const out = makeWriter();
  const printer: Printer = { program, style, names, out };
  const above = linesAbove(printer, auxGiven, patchPoints);
  const hasAbove = slotsBelow(names, above);
  const isGlobal = new Set(setting.globals?.map((k) => program.subprogs.start[k]));
  for (const line of settingLines(setting)) writeLine(out, line);
  for (let i = 0; i <= n; i++) {
    if (hasAbove[i] === 1 && canHold[i] === 1) {
      writeNames(printer, i, isGlobal.has(i));
      for (const lines of above) writeAbove(lines, i);
    }
    if (i === n || canHold[i] === 0) continue;
    writeAt(out, style, insns, i, targetName(names, insns, i));
    endLine(out);
  }
  for (const line of placesLines(program, names)) writeLine(out, line);
  return takeText(out);
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

/** Slots that a text names besides those that insns jump to. */
function* slotsNamed({ places }: Program, patchPoints: readonly PatchPoint[]): Generator<number> {
  for (const { exits } of patchPoints) for (const { to } of exits) yield to;
  for (const { at } of places) yield* at;
}

/** 1 for slots with something above them: few have it, and asking all kinds for each of a million takes longer than printing. */
function slotsBelow({ funcAt, isLabelled }: Names, above: readonly Above[]): Uint8Array {
  const has = isLabelled.slice();
  for (const slot of funcAt.keys()) has[slot] = 1;
  for (const { slots } of above) for (let k = 0; k < slots.length; k++) has[slots[k]] = 1;
  return has;
}

function writeNames({ out, names }: Printer, slot: number, isGlobal: boolean): void {
  const func = names.funcAt.get(slot);
  const label = labelAt(names, slot);
  if (isGlobal && label !== undefined && func === label) writeLine(out, `.globl ${label}`);
  if (func !== undefined) writeLine(out, func === '' ? '.func' : `.func ${func}`);
  if (label !== undefined && label !== func) writeLine(out, `${label}:`);
}

function targetName(names: Names, insns: Int32Array, i: number): string | undefined {
  const w0 = insns[2 * i];
  const flow = flowOf(w0);
  return flow === FLOW.NONE ? undefined : labelAt(names, i + 1 + distanceOf(w0, insns[2 * i + 1], flow));
}
