/** Words for ops that several pictures share, each said once: when a distance is written, where a jump leads, tables that follow. */
import { OP, OP_NAMES, type OpKind, type Trace } from '../../patch/trace.ts';
import { kindOf } from '../../patch/trace-facts.ts';
import { grouped, MINUS, plural, signed } from '../number.ts';
import { jumpLabel } from '../op-words.ts';
import { editAtOf, editLenOf, isRewrite, jumpNumbers } from './numbers.ts';
import type { Line, Picture, StepContext, Telling } from './picture.ts';

/** How each kind of op is told; a replace by one insn may be told apart. */
export type Tellings = { readonly [Kind in OpKind]?: Telling } & { readonly rewrite?: Telling };

export const toldBy =
  (tellings: Tellings): Picture['telling'] =>
  (trace, op) => {
    const kind = kindOf(trace, op);
    const telling = (isRewrite(trace, op) ? tellings.rewrite : undefined) ?? tellings[kind];
    if (telling === undefined) throw new Error(`bug: nothing is told of ${OP_NAMES[kind]}`);
    return telling;
  };

/** "It changes the distance of 2 jumps or calls: ...": `when` says when those are written. */
export function crossing(ctx: StepContext, op: number, when: string): string {
  const cnt = ctx.retargetedBy(op);
  if (cnt === 0) return 'It changes the distance of no jump or call.';
  return `It changes the distance of ${plural(cnt, 'jump or call', 'jumps or calls')}: ${when}.`;
}

/** "insns 4 to 6", "insn 4" */
export const insnsFrom = (at: number, cnt: number): string =>
  cnt === 1 ? `insn ${grouped(at)}` : `insns ${grouped(at)} to ${grouped(at + cnt - 1)}`;

export const capital = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}`;

const wasWords = (ctx: StepContext, op: number): string => {
  const at = editAtOf(ctx.source.trace, op);
  return `Insn ${grouped(at)} was ${ctx.insnAt(at)}.`;
};

type Words = Pick<Telling, 'name' | 'title' | 'detail'>;

/** What edits come to, which is the same by all algorithms; `when` says when distances are written. */
export const editWords = (when: string) =>
  ({
    replace: {
      name: (trace, op) => `replace ${editAtOf(trace, op)}`,
      title: ({ source: { trace } }, op) =>
        `Insn ${grouped(editAtOf(trace, op))} becomes ${editLenOf(trace, op)} insns.`,
      detail: (ctx, op) => `${wasWords(ctx, op)} ${crossing(ctx, op, when)}`,
    },
    rewrite: {
      name: (trace, op) => `replace ${editAtOf(trace, op)}`,
      title: ({ source: { trace } }, op) => `Insn ${grouped(editAtOf(trace, op))} is rewritten in place.`,
      detail: (ctx, op) => `${wasWords(ctx, op)} One for one: nothing moves; zext_dst is computed again.`,
    },
    prepend: {
      name: (trace, op) => `prepend ${editAtOf(trace, op)}`,
      title: ({ source: { trace } }, op) =>
        `${plural(editLenOf(trace, op), 'insn')} put before insn ${grouped(editAtOf(trace, op))}.`,
      detail: (ctx, op) =>
        `Jumps to insn ${grouped(editAtOf(ctx.source.trace, op))} skip them; calls, subprogram starts and line info point to the first of them. ${crossing(ctx, op, when)}`,
    },
    remove: {
      name: (trace, op) => `remove ${editAtOf(trace, op)}`,
      title: ({ source: { trace } }, op) => {
        const cnt = editLenOf(trace, op);
        return `${capital(insnsFrom(editAtOf(trace, op), cnt))} ${cnt === 1 ? 'is' : 'are'} deleted.`;
      },
      detail: (ctx, op) =>
        `Jumps to ${editLenOf(ctx.source.trace, op) === 1 ? 'it' : 'them'} go to the next insn that stays. ${crossing(ctx, op, when)}`,
    },
  }) as const satisfies Record<string, Words>;

/** "8 − 2 − 1 = +5" */
export const difference = (to: number, from: number, off: number): string =>
  `${grouped(to)} ${MINUS} ${grouped(from)} ${MINUS} 1 = ${signed(off)}`;

/** Whether what a jump led to was removed by a moment. */
export const isGone = ({ death, nodeCnt }: Trace, target: number, moment: number): boolean =>
  target < nodeCnt && target >= 0 && death[target] <= moment;

/** Jumps and calls that are re-targeted one by one, counted in After. */
export const retargetWords: Words = {
  name: (trace, op) => jumpLabel(trace, trace.opRef[op - 1]),
  title: ({ source }, op) => {
    const { isCall, from, to, written, final } = jumpNumbers(source, op);
    return `${isCall ? 'Call' : 'Jump'} at ${grouped(from)} goes to ${grouped(to)}: ${signed(written)} becomes ${signed(final)}.`;
  },
  detail: ({ source }, op) => {
    const { from, to, final, target } = jumpNumbers(source, op);
    const why = isGone(source.trace, target, op)
      ? 'The insn it led to was deleted: it goes to the next one that stays.'
      : 'The target is the same insn as before; only the distance is new.';
    return `${difference(to, from, final)}, counted in After. ${why}`;
  },
};

/** Lines of a telling with words and rows of their own, as far as there are any. */
export const withSays = (telling: Telling, says: readonly Omit<Line, 'code'>[]): Telling => ({
  ...telling,
  lines: telling.lines.map((line, k) => ({ ...line, ...says[k] })),
});

/** The tables behind the insns, which follow by the map, whoever made it; `now` is how the new number of a slot is read. */
export const tablesBy = (now: (slot: string) => string) =>
  ({
    [OP.AUX]: {
      name: () => 'aux',
      title: () => 'Each aux record follows its insn.',
      detail: () =>
        'The last slot of a patch inherits the whole record, as in mainline. Others that are new get an empty one, with seen inherited and zext_dst computed.',
      whole: 0,
      lines: [
        { code: 'new_aux[heir[i]] = aux[i]' },
        { code: 'new slots: zero, seen of aux[at]' },
        { code: 'touched: zext_dst = defines32(insn)' },
      ],
    },
    [OP.SUBPROGS]: {
      name: () => 'subprograms',
      title: () => 'Subprogram starts move with their first insn.',
      detail: () =>
        'A start stays in front of what was put before or in place of its first insn. A subprogram dies when all its insns are deleted.',
      whole: 0,
      lines: [{ code: `start = ${now('start')}` }],
    },
    [OP.LINES]: {
      name: () => 'line info',
      title: () => 'Line info follows: no entry is added.',
      detail: () =>
        'An entry of a patched insn stays at the first new insn. Of deleted insns the last entry moves onto the next insn that stays, if that has none.',
      whole: 0,
      lines: [{ code: `e.insn_off = ${now('e.insn_off')}` }],
    },
  }) as const satisfies Tellings;
