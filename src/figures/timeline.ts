/** The track of ops: one slot each with glyph and words while there is room, then glyphs, then a density strip. */
import { OP, type OpKind, type Trace } from '../patch/trace.ts';
import { group, label, type Mark, path, rect } from './mark.ts';
import { grouped } from './number.ts';
import { opLabel, phaseOf } from './op-words.ts';

export interface TimelineInput {
  readonly trace: Trace;
  readonly moment: number;
  /** Share of the next op that is done, below 1. */
  readonly within: number;
  readonly width: number;
  readonly height: number;
  /** Slots of the result, for the words under linearize. */
  readonly resultCnt: number;
}

export interface TimelineFigure {
  readonly marks: readonly Mark[];
  /** x of a moment, and the moment at an x. */
  readonly xOf: (moment: number) => number;
  readonly momentAt: (x: number) => number;
}

/** Role colour of an op's glyph. */
const ROLE_OF: Record<OpKind, string> = {
  [OP.CREATE]: '',
  [OP.REPLACE]: 'rew',
  [OP.PREPEND]: 'ins',
  [OP.REMOVE]: 'del',
  [OP.LINEARIZE]: '',
  [OP.RETARGET]: 'ret',
  [OP.AUX]: '',
  [OP.SUBPROGS]: '',
  [OP.LINES]: '',
};

const PAD = 24;
/** Height from which there is room for words. */
const WORDS_FROM = 60;

export function timelineFigure(input: TimelineInput): TimelineFigure {
  const { trace, width, moment } = input;
  const cnt = Math.max(1, trace.opCnt);
  const slotW = (width - 2 * PAD) / cnt;
  const xOf = (k: number) => PAD + slotW * k;
  const momentAt = (x: number) => Math.max(0, Math.min(trace.opCnt, Math.round((x - PAD) / slotW)));
  const base = Math.round(input.height * 0.55);
  const marks: Mark[] = [
    path('base', `M${PAD} ${base}H${width - PAD}`, 'track'),
    path('done', `M${PAD} ${base}H${xOf(moment + input.within)}`, 'track done'),
    ...(input.height >= WORDS_FROM ? phases(input, xOf) : []),
    ...(slotW >= 9 ? glyphs(input, slotW, base, xOf) : strip(input, base, xOf)),
    handle(xOf(moment + input.within), base, input.height),
  ];
  return { marks, xOf, momentAt };
}

function phases(input: TimelineInput, xOf: (k: number) => number): Mark[] {
  const { trace, moment } = input;
  const marks: Mark[] = [];
  let lastLabelEnd = -1;
  for (let i = 0; i < trace.opCnt; ) {
    const name = phaseOf(trace, i + 1);
    let end = i + 1;
    while (end < trace.opCnt && phaseOf(trace, end + 1) === name) end++;
    const x = Math.round(xOf(i));
    const current = moment > i && moment <= end;
    const text = end - i > 1 ? `${name} ${grouped(end - i)}` : name;
    if (i > 0) marks.push(path(`tick-${name}`, `M${x + 0.5} 10V${input.height - 14}`, 'hair'));
    const fits = Math.min(xOf(end), input.width) - x >= text.length * 6.2;
    if (fits && x + 6 > lastLabelEnd) {
      marks.push(label(`phase-${name}`, x + 6, 16, text, `phase${current ? ' current' : ''}`));
      lastLabelEnd = x + 6 + text.length * 6.2;
    } else if (current)
      marks.push(label(`phase-${name}`, Math.min(xOf(end), input.width - 8), 16, text, 'phase current end'));
    i = end;
  }
  return marks;
}

/** Shape of an op's glyph around (0, 0). The same sign as in the stage: triangle grows, fold one for one, diamond re-targets. */
function glyphPath(kind: OpKind, grows: boolean): string {
  switch (kind) {
    case OP.REPLACE:
      return grows ? 'M0 -7l7 12h-14z' : 'M-6 -6h8l4 4v8h-12z';
    case OP.PREPEND:
      return 'M0 7l7 -12h-14z';
    case OP.REMOVE:
      return 'M-7 -2h14v4h-14z';
    case OP.LINEARIZE:
      return 'M-6 -6h12v12h-12z';
    case OP.RETARGET:
      return 'M0 -7l7 7 -7 7 -7 -7z';
    default:
      return 'M-5 0a5 5 0 1 1 10 0a5 5 0 1 1 -10 0z';
  }
}

function glyphs(input: TimelineInput, slotW: number, base: number, xOf: (k: number) => number): Mark[] {
  const { trace, moment } = input;
  return Array.from({ length: trace.opCnt }, (_, i) => {
    const op = i + 1;
    const kind = trace.opKind[i] as OpKind;
    const x = xOf(i + 0.5);
    const refused = trace.refused !== null && op === trace.opCnt;
    const cls = `op ${refused ? 'err' : ROLE_OF[kind]}${op <= moment ? ' done' : ''}${op === moment ? ' current' : ''}`;
    const words = refused ? `-${trace.refused?.code}` : opLabel(trace, op, input.resultCnt);
    const grows = kind === OP.REPLACE && growsAt(trace, op);
    const scale = slotW < 16 ? 0.6 : 1;
    return group(`op-${op}`, { class: `${cls}${grows ? ' grows' : ''}` }, [
      path('glyph', refused ? 'M-7 -7h14M0 -7v14' : glyphPath(kind, grows), 'glyph', {
        transform: `translate(${x},${base}) scale(${scale})`,
      }),
      ...(input.height >= WORDS_FROM && slotW >= words.length * 6.4
        ? [label('words', x, input.height - 16, words, 'words')]
        : []),
    ]);
  });
}

/** Whether a replace puts more than one insn: some node was born by it. */
function growsAt(trace: Trace, op: number): boolean {
  const edit = trace.opRef[op - 1];
  return trace.growth[edit] > 0;
}

/** Density of ops where single glyphs would not be told apart: one bar a pixel pair, by kind. */
function strip(input: TimelineInput, base: number, xOf: (k: number) => number): Mark[] {
  const { trace, moment } = input;
  const binCnt = Math.max(1, Math.floor((input.width - 2 * PAD) / 3));
  const roles = ['', 'rew', 'ins', 'del', 'ret'] as const;
  const bins = roles.map(() => new Uint32Array(binCnt));
  for (let i = 0; i < trace.opCnt; i++) {
    const kind = trace.opKind[i] as OpKind;
    const role = kind === OP.REPLACE && growsAt(trace, i + 1) ? 'ins' : ROLE_OF[kind];
    bins[roles.indexOf(role as (typeof roles)[number])][Math.floor((i * binCnt) / trace.opCnt)]++;
  }
  const per = trace.opCnt / binCnt;
  const marks: Mark[] = [];
  for (let b = 0; b < binCnt; b++) {
    let y = base + 9;
    roles.forEach((role, r) => {
      const share = bins[r][b] / Math.max(1, per);
      if (share === 0) return;
      const h = Math.max(1, Math.min(18, 18 * share));
      y -= h;
      const done = ((b + 0.5) * trace.opCnt) / binCnt <= moment ? ' done' : '';
      marks.push(rect(`bin-${b}-${r}`, xOf((b * trace.opCnt) / binCnt), y, 2, h, `bin ${role}${done}`));
    });
  }
  if (trace.refused)
    marks.push(path('refused', `M${xOf(trace.opCnt) - 7} ${base - 12}h14m-7 0v24`, 'op err done glyph'));
  return marks;
}

const handle = (x: number, base: number, height: number): Mark =>
  group('handle', { class: 'handle', transform: `translate(${x},0)` }, [
    path('line', `M0 ${base - 22}V${Math.min(height, base + 14)}`, 'line'),
    path('shield', `M-5 ${base - 24}h10v5l-5 5-5-5z`, 'shield'),
  ]);
