/** What stands on the track of ops: signs while they can be told apart, then a strip of how many of each kind. */
import { OP, OP_NAMES, type OpKind, type Trace } from '../patch/trace.ts';
import { group, label, type Mark, path } from './mark.ts';
import { grouped } from './number.ts';
import { phaseOf } from './op-words.ts';
import { labelOf, OP_ROLES, type OpState, roleOfKind, signOf } from './timeline-signs.ts';

/** Room at both ends of the track. */
export const PAD = 24;
/** Height from which there is room for words. */
const WORDS_FROM = 60;
/** A slot this wide has words, one this wide a sign; below there is the strip. */
const WORDS_SLOT = 56;
const SIGN_SLOT = 6;
const CHAR_W = 6.3;
const BIN_PITCH = 3;
const STRIP_H = 18;

/** Width that a text of the track takes, about. */
export const textWidth = (text: string): number => text.length * CHAR_W;

/** How many ops of each role fall to each of `binCnt` equal parts of the track: one row a role, as in OP_ROLES. */
export function stripBins(trace: Trace, binCnt: number): readonly Uint32Array[] {
  const bins = OP_ROLES.map(() => new Uint32Array(binCnt));
  // Ops of a kind have one role, but for those that put as many insns as there were, or more.
  const { opCnt, opKind, opRef, growth } = trace;
  const byKind = OP_NAMES.map((_, kind) => bins[OP_ROLES.indexOf(roleOfKind(kind as OpKind))]);
  const rewrites = bins[OP_ROLES.indexOf('rew')];
  let i = 0;
  for (let b = 0; b < binCnt; b++)
    for (const end = Math.ceil(((b + 1) * opCnt) / binCnt); i < end; i++) {
      const isRewrite = opKind[i] === OP.REPLACE && growth[opRef[i]] <= 0;
      (isRewrite ? rewrites : byKind[opKind[i]])[b]++;
    }
  return bins;
}

/** A run of ops of one phase, from 1, both ends included. */
interface Phase {
  readonly name: string;
  readonly first: number;
  readonly last: number;
}

function phasesOf(trace: Trace): Phase[] {
  const phases: Phase[] = [];
  for (let first = 1; first <= trace.opCnt; ) {
    const name = phaseOf(trace, first);
    let last = first;
    while (last < trace.opCnt && phaseOf(trace, last + 1) === name) last++;
    phases.push({ name, first, last });
    first = last + 1;
  }
  return phases;
}

/** The track of one trace at one size: all that does not depend on the moment. */
export interface Track {
  readonly trace: Trace;
  readonly width: number;
  readonly height: number;
  readonly resultCnt: number;
  readonly slotW: number;
  /** y of the line. */
  readonly base: number;
  readonly hasSigns: boolean;
  /** Whether words stand under the signs; elsewhere, `hasCallout`, there are those of the current op only. */
  readonly hasWords: boolean;
  readonly hasCallout: boolean;
  readonly phases: readonly Phase[];
  /** Marks by what they depend on, so that one that stays the same is the same mark. */
  readonly drawn: Map<string, Mark>;
}

const known = new WeakMap<Trace, Track>();

export function trackOf(trace: Trace, width: number, height: number, resultCnt: number): Track {
  const last = known.get(trace);
  if (last && last.width === width && last.height === height && last.resultCnt === resultCnt) return last;
  const slotW = Math.max(0, width - 2 * PAD) / Math.max(1, trace.opCnt);
  const isTall = height >= WORDS_FROM;
  const track: Track = {
    ...{ trace, width, height, resultCnt, slotW },
    base: Math.round(height * 0.55),
    hasSigns: slotW >= SIGN_SLOT,
    hasWords: isTall && slotW >= WORDS_SLOT,
    hasCallout: isTall && slotW < WORDS_SLOT,
    phases: isTall ? phasesOf(trace) : [],
    drawn: new Map(),
  };
  known.set(trace, track);
  return track;
}

/** x at which `op` ops are done. */
export const xOfOp = ({ slotW }: Track, op: number): number => PAD + slotW * op;

function once(track: Track, key: string, draw: () => Mark): Mark {
  const last = track.drawn.get(key);
  if (last) return last;
  const mark = draw();
  track.drawn.set(key, mark);
  return mark;
}

/** Names over the track, each behind its hairline; `now` is in the current phase. */
export function phaseMarks(track: Track, now: number): Mark[] {
  const current = track.phases.findIndex(({ first, last }) => first <= now && now <= last);
  return [once(track, `phases ${current}`, () => group('phases', {}, drawPhases(track, current)))];
}

function drawPhases(track: Track, current: number): Mark[] {
  const { phases, width, height, trace } = track;
  const marks: Mark[] = [];
  const named = new Map<number, string>();
  let end = -1;
  for (const [k, { name, first, last }] of phases.entries()) {
    const cnt = last - first + 1;
    const x = Math.round(xOfOp(track, first - 1));
    if (first > 1) marks.push(path(`hair-${k}`, `M${x + 0.5} 10V${height - 14}`, 'hair'));
    const text = cnt > 1 ? `${name} \u00d7${grouped(cnt)}` : name;
    const room = (last === trace.opCnt ? width : xOfOp(track, last)) - x - 8;
    if (textWidth(text) > room || x < end) continue;
    named.set(k, text);
    end = x + 8 + textWidth(text);
  }
  // A current phase without room takes that of its neighbours.
  if (current >= 0 && !named.has(current)) {
    const { name, first } = phases[current];
    const x = Math.min(xOfOp(track, first - 1), width - 16 - textWidth(name));
    for (const [k, text] of named) {
      const from = xOfOp(track, phases[k].first - 1);
      if (from < x + textWidth(name) + 16 && x < from + textWidth(text) + 16) named.delete(k);
    }
    marks.push(label(`phase-${current}`, x + 8, 18, name, 'phase current'));
  }
  for (const [k, text] of named) {
    const x = Math.round(xOfOp(track, phases[k].first - 1)) + 8;
    marks.push(label(`phase-${k}`, x, 18, text, k === current ? 'phase current' : 'phase'));
  }
  return marks;
}

/** The ops as signs; the current one leaves its place on the line to its lines where they are drawn there. */
export function signMarks(track: Track, now: number, done: number, isOpen: boolean): Mark[] {
  const { trace } = track;
  return Array.from({ length: trace.opCnt }, (_, i) => {
    const op = i + 1;
    const state = op === now ? 'current' : op <= done ? 'done' : 'todo';
    const open = isOpen && op === now;
    return once(track, `op ${op} ${state} ${open}`, () => drawOp(track, op, state, open));
  });
}

function drawOp(track: Track, op: number, state: OpState, isOpen: boolean): Mark {
  const { trace, base, height, slotW, hasWords, resultCnt } = track;
  const x = xOfOp(track, op - 0.5);
  const words = labelOf(trace, op, resultCnt);
  const fits = hasWords && slotW >= textWidth(words) + (isOpen ? 18 : 4);
  const y = height - 16;
  const left = x - (textWidth(words) + 18) / 2;
  const marks = isOpen
    ? fits
      ? [signOf(trace, op, state, left + 6, y - 4, 0.7), label('words', left + 18, y, words, 'words start')]
      : []
    : [
        signOf(trace, op, state, x, base, Math.min(1, slotW / 16)),
        ...(fits ? [label('words', x, y, words, 'words')] : []),
      ];
  return group(`op-${op}`, { class: `op ${state}` }, marks);
}

/** The ops as a strip: one path a role. */
export const stripMark = (track: Track): Mark => once(track, 'strip', () => drawStrip(track));

function drawStrip(track: Track): Mark {
  const { trace, width, base } = track;
  const binCnt = Math.max(1, Math.min(trace.opCnt, Math.floor((width - 2 * PAD) / BIN_PITCH)));
  const bins = stripBins(trace, binCnt);
  const pitch = (width - 2 * PAD) / binCnt;
  const d = OP_ROLES.map(() => '');
  for (let b = 0; b < binCnt; b++) {
    const x = (PAD + b * pitch).toFixed(1);
    const cnt = bins.reduce((sum, row) => sum + row[b], 0);
    let y = base + STRIP_H / 2;
    for (const [r, row] of bins.entries()) {
      if (row[b] === 0) continue;
      // What is rare is seen, too.
      const h = Math.max(2, Math.round((STRIP_H * row[b]) / cnt));
      y -= h;
      d[r] += `M${x} ${y}h2v${h}h-2z`;
    }
  }
  const marks = OP_ROLES.flatMap((role, r) => (d[r] === '' ? [] : [path(`bin-${r}`, d[r], `bin ${role}`)]));
  return group('strip', {}, marks);
}

const touchedKnown = new WeakMap<Int32Array, { readonly track: Track; readonly mark: Mark }>();

/** Bars under the ops that changed the selected insn: `ops`, ascending. */
export function touchedMark(track: Track, ops: Int32Array): Mark {
  const last = touchedKnown.get(ops);
  if (last?.track === track) return last.mark;
  const w = track.hasSigns ? Math.min(14, track.slotW - 2) : 3;
  const y = track.base + (track.hasSigns ? 9 : STRIP_H / 2 + 2);
  let d = '';
  let end = -1;
  for (const op of ops) {
    const x = Math.round(xOfOp(track, op - 0.5) - w / 2);
    if (x < end) continue;
    d += `M${x} ${y}h${w.toFixed(1)}v3h-${w.toFixed(1)}z`;
    end = x + w;
  }
  const mark = path('touched', d, 'touched');
  touchedKnown.set(ops, { track, mark });
  return mark;
}
