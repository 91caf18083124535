/**
 * A jump whose distance needs more than 16 bits, mended in the text: `gotol` has 32. A condition cannot stand on it, so
 * the opposite one steps around it:
 *
 *   if w2 == 0x5 goto out        if w2 != 0x5 goto pc+1
 *                                gotol out
 *
 * Where a condition has no opposite (bits in common, may_goto), two short jumps lead to the gotol and past it.
 */
import { distanceOf, FLOW, flowOf, OP_GOTOL } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS, withOff, word0 } from '../isa/insn.ts';
import { OP_GOTO } from '../isa/opcodes.ts';
import { oppositeOf } from '../isa/opposite.ts';
import { secondSlots } from '../isa/pairs.ts';
import { assemble } from './assemble.ts';
import type { Assembly } from './assembly.ts';
import { printInsn } from './print.ts';

export interface GotolFix {
  /** The jump as it stands in the text, and the lines in its place. */
  readonly before: string;
  readonly after: readonly string[];
  /** The whole text, mended. */
  readonly text: string;
}

interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/** The label that a slot's text names, null when it has a number. */
function labelIn({ labelRefs, from, to }: Assembly, text: string, slot: number): string | null {
  for (let k = 0; k < labelRefs.length; k += 3) {
    const [start, end] = [labelRefs[k], labelRefs[k + 1]];
    if (start >= from[slot] && end <= to[slot]) return text.slice(start, end);
  }
  return null;
}

/** Two words a slot, in front of the gotol that leads where the jump led: none, or what steps around it. */
type Steps = readonly (readonly [w0: number, imm: number])[];

function stepsFor(w0: number, imm: number): Steps {
  if (codeOf(w0) === OP_GOTO) return [];
  const opposite = oppositeOf(w0);
  if (opposite !== null) return [[withOff(opposite, 1), imm]];
  return [
    [withOff(w0, 1), imm],
    [word0(OP_GOTO, 0, 0, 1), 0],
  ];
}

const NUMBER_AT_END = /([+-])\s*(?:0x[0-9a-f]+|\d+)(?=\s*(?:<[^>]*>)?\s*$)/i;

/** The text of an insn with another distance; null where its number is not the last thing in it. */
function withDistance(text: string, distance: number): string | null {
  if (!NUMBER_AT_END.test(text)) return null;
  return text.replace(NUMBER_AT_END, `${distance < 0 ? '-' : '+'}${Math.abs(distance)}`);
}

/** Slots that jumps and calls with a number in the text lead to; those with a label follow by themselves. */
function numbered(assembly: Assembly): { readonly slot: number; readonly distance: number }[] {
  const { insns } = assembly.program;
  const second = secondSlots(insns);
  const { labelRefs, from, to } = assembly;
  const named = new Set<number>();
  for (let k = 0, slot = 0; k < labelRefs.length; k += 3) {
    while (slot < from.length && to[slot] < labelRefs[k + 1]) slot++;
    named.add(slot);
  }
  const found = [];
  for (let slot = 0; slot < second.length; slot++) {
    const [w0, imm] = [insns[slot * SLOT_WORDS], insns[slot * SLOT_WORDS + 1]];
    const flow = flowOf(w0);
    if (flow === FLOW.NONE || second[slot] === 1 || named.has(slot)) continue;
    found.push({ slot, distance: distanceOf(w0, imm, flow) });
  }
  return found;
}

/** Where a slot stands once `added` slots are put behind slot `at`. */
const moved = (slot: number, at: number, added: number): number => (slot > at ? slot + added : slot);

/** Distance of a jump in a slot that leads to the same insn once they are put. */
const movedDistance = (slot: number, distance: number, at: number, added: number): number =>
  moved(slot + 1 + distance, at, added) - moved(slot, at, added) - 1;

/** Numbers in the text that count across the new slots; null when one of them cannot be written anew. */
function numberEdits(assembly: Assembly, text: string, at: number, added: number): TextEdit[] | null {
  const edits: TextEdit[] = [];
  for (const { slot, distance } of numbered(assembly)) {
    const now = movedDistance(slot, distance, at, added);
    if (slot === at || now === distance) continue;
    const [from, to] = [assembly.from[slot], assembly.to[slot]];
    const insert = withDistance(text.slice(from, to), now);
    if (insert === null) return null;
    edits.push({ from, to, insert });
  }
  return edits;
}

function applied(text: string, edits: readonly TextEdit[]): string {
  let out = '';
  let at = 0;
  for (const { from, to, insert } of [...edits].sort((a, b) => a.from - b.from || a.to - b.to)) {
    out += text.slice(at, from) + insert;
    at = to;
  }
  return out + text.slice(at);
}

/** The insns with the jump in slot `at` mended: what the text has to read as, counted without it. */
function mendedInsns(insns: Int32Array, at: number): Int32Array {
  const steps = stepsFor(insns[at * SLOT_WORDS], insns[at * SLOT_WORDS + 1]);
  const added = steps.length;
  const second = secondSlots(insns);
  const mended = new Int32Array(insns.length + added * SLOT_WORDS);
  for (let slot = 0; slot < second.length; slot++) {
    const [w0, imm] = [insns[slot * SLOT_WORDS], insns[slot * SLOT_WORDS + 1]];
    const flow = second[slot] === 1 ? FLOW.NONE : flowOf(w0);
    const to = moved(slot, at, added) * SLOT_WORDS;
    if (slot === at) continue;
    const distance = flow === FLOW.NONE ? 0 : movedDistance(slot, distanceOf(w0, imm, flow), at, added);
    mended[to] = flow === FLOW.OFF ? withOff(w0, distance) : w0;
    mended[to + 1] = flow === FLOW.IMM || flow === FLOW.CALL ? distance : imm;
  }
  steps.forEach((words, k) => {
    mended.set(words, (at + k) * SLOT_WORDS);
  });
  const target = moved(at + 1 + distanceOf(insns[at * SLOT_WORDS], 0, FLOW.OFF), at, added);
  mended.set([word0(OP_GOTOL, 0, 0, 0), target - (at + added) - 1], (at + added) * SLOT_WORDS);
  return mended;
}

/** Whether a text reads as the program with nothing else than the jump in slot `at` mended, word for word. */
export function readsMended({ program }: Assembly, text: string, at: number): boolean {
  const { value, diagnostics } = assemble(text);
  if (diagnostics.some(({ severity }) => severity === 'error')) return false;
  const { insns } = value.program;
  const expected = mendedInsns(program.insns, at);
  return insns.length === expected.length && expected.every((word, k) => word === insns[k]);
}

/** The text with the jump in a slot mended; null when there is no jump, or its numbers cannot be kept right. */
export function gotolFix(text: string, assembly: Assembly, slot: number): GotolFix | null {
  const { program, from, to, line } = assembly;
  const [w0, imm] = [program.insns[slot * SLOT_WORDS], program.insns[slot * SLOT_WORDS + 1]];
  if (slot < 0 || slot >= from.length || flowOf(w0) !== FLOW.OFF || line[slot + 1] === line[slot])
    return null;
  const label = labelIn(assembly, text, slot);
  const distance = distanceOf(w0, imm, FLOW.OFF);
  const steps = stepsFor(w0, imm);
  const added = steps.length;
  const now = distance < 0 ? distance - added : distance;
  const after = [
    ...steps.map((words) => printInsn(...words, 0, { dialect: 'kernel', exact: true })),
    `gotol ${label ?? `pc${now < 0 ? '' : '+'}${now}`}`,
  ];
  const numbers = numberEdits(assembly, text, slot, added);
  if (numbers === null) return null;
  const lineStart = text.lastIndexOf('\n', from[slot] - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart, from[slot]))?.[0] ?? '';
  const lineEnd = text.indexOf('\n', to[slot]);
  const behind = lineEnd < 0 ? text.length : lineEnd;
  const rest = after
    .slice(1)
    .map((words) => `\n${indent}${words}`)
    .join('');
  const mended = applied(text, [
    ...numbers,
    { from: from[slot], to: to[slot], insert: after[0] },
    ...(rest === '' ? [] : [{ from: behind, to: behind, insert: rest }]),
  ]);
  if (!readsMended(assembly, mended, slot)) return null;
  return { before: text.slice(from[slot], to[slot]), after, text: mended };
}
