/**
 * What stands above the insns of a text: stacks, line information, aux, patch points. It is written while the insns are
 * walked through, so that nothing is made of a million entries beforehand.
 */
import { regTypeText } from '../kernel/reg-types.ts';
import type { Program } from '../program/program.ts';
import type { AuxGiven, PatchPoint } from './assembly.ts';
import { lineInfoWriter } from './line-info-write.ts';
import { labelAt, type Names } from './names.ts';
import type { Style } from './print.ts';
import { isWide, writeAt } from './print-slot.ts';
import { endLine, type Writer, writeLine, writeText } from './writer.ts';

/** What a text is printed from, and where to. */
export interface Printer {
  readonly program: Program;
  readonly style: Style;
  readonly names: Names;
  readonly out: Writer;
}

/** Lines of one kind. Those of one slot stay in their order. */
export interface Above {
  /** Slot of each. */
  readonly slots: ArrayLike<number>;
  /** Their numbers, ascending by slot; null: they are so already. */
  readonly order: Int32Array | null;
  /** How many are behind us. */
  done: number;
  readonly write: (number: number) => void;
}

function isAscending(slots: ArrayLike<number>): boolean {
  for (let i = 1; i < slots.length; i++) if (slots[i] < slots[i - 1]) return false;
  return true;
}

const above = (slots: ArrayLike<number>, write: (number: number) => void): Above => ({
  slots,
  order: isAscending(slots)
    ? null
    : Int32Array.from(slots, (_, i) => i).sort((a, b) => slots[a] - slots[b] || a - b),
  done: 0,
  write,
});

/** Writes those of the slot; to be called for ascending slots. Slots that are left out have theirs left out as well. */
export function writeAbove(lines: Above, slot: number): void {
  const { slots, order } = lines;
  for (; lines.done < slots.length; lines.done++) {
    const number = order === null ? lines.done : order[lines.done];
    if (slots[number] > slot) return;
    if (slots[number] === slot) lines.write(number);
  }
}

/** All kinds, in the order in which they stand above one insn. */
export function linesAbove(
  printer: Printer,
  auxGiven: readonly AuxGiven[],
  patchPoints: readonly PatchPoint[],
): Above[] {
  const { program, out } = printer;
  const { lineInfo, subprogs } = program;
  const auxLines = [...auxTexts(auxGiven)];
  return [
    above(subprogs.start, (k) => {
      if (subprogs.stackDepth[k] >= 0) writeLine(out, `.stack ${subprogs.stackDepth[k]}`);
    }),
    above(lineInfo.insnOff, lineInfoWriter(out, program)),
    above(
      auxLines.map(([slot]) => slot),
      (k) => writeLine(out, auxLines[k][1]),
    ),
    above(
      patchPoints.map(({ at }) => at),
      (k) => writePatch(printer, patchPoints[k]),
    ),
  ];
}

/** All that is said of one slot in one line. */
function auxTexts(auxGiven: readonly AuxGiven[]): Map<number, string> {
  const texts = new Map<number, string>();
  for (const { slot, field, value } of auxGiven) {
    const word = field === 'ptr_type' ? regTypeText(value) : value;
    texts.set(slot, `${texts.get(slot) ?? ';@aux'} ${field}=${word}`);
  }
  return texts;
}

const NO_EXITS: ReadonlyMap<number, string | undefined> = new Map();

function writePatch({ out, style, names }: Printer, { kind, cnt, insns, exits }: PatchPoint): void {
  if (kind === 'remove') {
    writeLine(out, `;@remove ${cnt}`);
    return;
  }
  const exitAt =
    exits.length > 0 ? new Map(exits.map(({ slot, to }) => [slot, labelAt(names, to)])) : NO_EXITS;
  writeText(out, `;@${kind} `);
  for (let i = 0; i < insns.length / 2; i++) {
    if (i > 0) writeText(out, ' | ');
    writeAt(out, style, insns, i, exitAt.get(i));
    if (isWide(insns, i, style.exact)) i++;
  }
  endLine(out);
}
