/** An insn as spans: what it says, its distance apart so that a change of distance can be seen. */
import { insnText as printed, type Style, styleOf } from '../asm/print.ts';
import { FLOW, flowOf } from '../isa/flow.ts';
import { withOff } from '../isa/insn.ts';
import type { KfuncNames } from '../program/program.ts';
import type { Span } from './mark.ts';
import { MINUS } from './number.ts';

/** References are named (`map[fd:4]`), as in a dump, and not shown as the number they are. */
const KERNEL = { dialect: 'kernel', exact: true } as const;
const PLAIN = styleOf(KERNEL);
const styles = new WeakMap<KfuncNames, Style>();

/** Worked out once for the functions of a program, and not for each of its insns. */
function styleFor(kfuncs: KfuncNames): Style {
  let style = styles.get(kfuncs);
  if (!style) {
    style = styleOf({ ...KERNEL, kfuncs });
    styles.set(kfuncs, style);
  }
  return style;
}

const NO_KFUNCS: KfuncNames = {};
const DISTANCE = /[+-]\d+(?=\]?$)/;

/** The insn's text with another distance put in (null: as it stands). Kernel dialect. */
export function insnText(
  w0: number,
  imm: number,
  distance: number | null,
  nextImm = 0,
  kfuncs: KfuncNames = NO_KFUNCS,
): string {
  const flow = flowOf(w0);
  if (distance === null || flow === FLOW.NONE) return printed(styleFor(kfuncs), w0, imm, nextImm);
  // A distance that fits no field is shown all the same: print with 0 and put the number in.
  const zero =
    flow === FLOW.OFF ? printed(PLAIN, withOff(w0, 0), imm, nextImm) : printed(PLAIN, w0, 0, nextImm);
  return zero.replace(DISTANCE, distance < 0 ? String(distance) : `+${distance}`);
}

/** Of the second slot of an ld_imm64, which is no insn of its own. */
export const highHalf = (imm: number): string => `high half 0x${(imm >>> 0).toString(16)}`;

/** Narrower than this share of its width no text is squeezed. */
export const TIGHTEST = 0.72;

/** Spans of an insn's text; `distanceCls` dresses the distance. Wider than `fit` characters: squeezed to `width`. */
export function insnSpans(
  text: string,
  x: number,
  isJump: boolean,
  fit: number,
  charW: number,
  cls = '',
  distanceCls = 'dist',
): Span[] {
  const at = isJump ? text.search(DISTANCE) : -1;
  const squeeze = text.length > fit ? Math.max(TIGHTEST, fit / text.length) : 1;
  const piece = (part: string): { length?: number } =>
    squeeze < 1 && part.length > 0 ? { length: Math.round(part.length * charW * squeeze * 10) / 10 } : {};
  if (at < 0) return [{ text, x, cls, ...piece(text) }];
  const head = text.slice(0, at);
  const tail = text.slice(at);
  return [
    { text: head, x, cls, ...piece(head) },
    { text: tail.replace('-', MINUS), cls: `${cls} ${distanceCls}`.trim(), ...piece(tail) },
  ];
}
