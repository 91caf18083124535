/** What the op at a moment does, in words: one sentence with numbers, a second one for why, and the algorithm's lines. */
import type { PatchError } from '../patch/algorithm.ts';
import { NEVER, type Trace } from '../patch/trace.ts';
import { grouped, plural } from './number.ts';
import type { HalfDone, Lit, Picture, StepContext, Telling } from './pictures/picture.ts';

export type { StepContext } from './pictures/picture.ts';

export interface Step {
  /** Short name, such as "replace 4". */
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  readonly code: readonly string[];
  /** Index of the line that was done last, or stands for the whole op; -1: none. */
  readonly lit: number;
}

/** A place in time: `op` ops are done, and `micro` lines of the next one. */
export interface Place {
  readonly op: number;
  readonly micro: number;
}

export const codeOf = ({ lines }: Telling, trace: Trace, op: number): readonly string[] =>
  lines.map(({ code }) => (typeof code === 'string' ? code : code(trace, op)));

export function stepAt(ctx: StepContext, moment: number): Step {
  const { trace } = ctx.source;
  if (moment === 0)
    return {
      name: 'start',
      title: `${ctx.passLabel}: ${plural(trace.opCnt, 'step')} from this program to the patched one.`,
      detail: ctx.passWhy,
      code: [],
      lit: -1,
    };
  const telling = ctx.picture.telling(trace, moment);
  const code = codeOf(telling, trace, moment);
  if (trace.refused && moment === trace.opCnt)
    return {
      ...refusedWords(trace.refused),
      ...telling.refused?.(ctx, moment),
      ...{ code, lit: telling.check ?? telling.whole },
    };
  const title = telling.title(ctx, moment);
  const isLast = moment === trace.opCnt;
  return {
    name: telling.name(trace, moment),
    // The end says what came of it all; what was done last says so behind it.
    title: isLast ? doneWords(ctx) : title,
    detail: isLast ? `Last: ${title} ${telling.detail(ctx, moment)}` : telling.detail(ctx, moment),
    code,
    lit: telling.whole,
  };
}

/** "Done: 9 slots became 12; 1 patch, 2 distances changed." */
function doneWords({ source: { trace }, resultCnt }: StepContext): string {
  const { jumps, inputCnt, editAt } = trace;
  let changed = 0;
  for (let j = 0; j < jumps.cnt; j++)
    if (jumps.from[j] === 0 && jumps.to[j] === NEVER && jumps.final[j] !== jumps.written[j]) changed++;
  const patches = plural(editAt.length, 'patch', 'patches');
  const became = resultCnt === inputCnt ? 'stayed as many' : `became ${grouped(resultCnt)}`;
  return `Done: ${plural(inputCnt, 'slot')} ${became}; ${patches}, ${plural(changed, 'distance')} changed.`;
}

function refusedWords({ code, message }: PatchError): Pick<Step, 'name' | 'title' | 'detail'> {
  return {
    name: code,
    title: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
    detail:
      code === 'ERANGE'
        ? 'Nothing was changed: -ERANGE is decided on final distances, before anything is written.'
        : 'Nothing was changed.',
  };
}

/** The op behind `moment`, of which `micro` lines are done. */
export function stepWithin(ctx: StepContext, moment: number, micro: number): Step {
  const step = stepAt(ctx, moment + 1);
  const line = ctx.picture.telling(ctx.source.trace, moment + 1).lines[micro - 1];
  return {
    ...step,
    title: line?.say?.(ctx, moment + 1) ?? step.title,
    lit: micro - 1,
    name: `${step.name} \u00b7 step ${grouped(micro)} of ${step.code.length}`,
  };
}

/** Lines that an op (from 1) goes through; 0 when there is no such op. */
export function lineCntOf(picture: Picture, trace: Trace, op: number): number {
  return op >= 1 && op <= trace.opCnt ? picture.telling(trace, op).lines.length : 0;
}

/** What of the op behind `place.op` is done; null when the place is between two ops. */
export function halfDoneAt(picture: Picture, trace: Trace, { op, micro }: Place): HalfDone | null {
  if (micro === 0 || op >= trace.opCnt) return null;
  const { born = Infinity } = picture.telling(trace, op + 1);
  return { op: op + 1, line: micro, grid: micro >= born ? op + 1 : op };
}

/** Rows that the line done last works on. */
export function litAt(
  { picture, source }: Pick<StepContext, 'picture' | 'source'>,
  half: HalfDone | null,
): Lit {
  if (half === null) return {};
  const line = picture.telling(source.trace, half.op).lines[half.line - 1];
  return line?.lit?.(source, half.op) ?? {};
}

/** The place at which a line (from 0) of an op (from 1) has just been done. */
const doneAt = (op: number, line: number, lineCnt: number): Place =>
  line + 1 < lineCnt ? { op: op - 1, micro: line + 1 } : { op, micro: 0 };

/**
 * Where each line that is shown at `place` is done next: later in the same op, or in the next op that goes through the
 * same lines. null: never again. Empty where no lines are shown.
 */
export function nextExecutions(trace: Trace, picture: Picture, place: Place): readonly (Place | null)[] {
  const { op, micro } = place;
  const shown = micro > 0 ? op + 1 : op;
  if (shown < 1 || shown > trace.opCnt) return [];
  const telling = picture.telling(trace, shown);
  const cnt = telling.lines.length;
  let again = shown + 1;
  while (again <= trace.opCnt && picture.telling(trace, again) !== telling) again++;
  return telling.lines.map((_, line) => {
    if (micro > 0 && line >= micro) return doneAt(shown, line, cnt);
    return again <= trace.opCnt ? doneAt(again, line, cnt) : null;
  });
}
