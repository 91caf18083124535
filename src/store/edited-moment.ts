/** Where one is when another picture comes of an edit or of another algorithm: at the same op if it is there still. */
import { subjectOf } from '../figures/index.ts';
import type { Trace } from '../patch/trace.ts';
import type { RunDone } from '../pipeline/index.ts';
import { opWords } from './selectors.ts';
import { sourceSlot } from './source-slot.ts';
import { set, useStore } from './store.ts';
import { say } from './visit.ts';

/** Line of the text that an op (from 1) is about; 0: it is about none. */
function lineOfOp(run: RunDone, op: number): number {
  const slot = subjectOf(run.trace, op);
  return slot < 0 ? 0 : (run.assembly.line[sourceSlot(run, slot)] ?? 0);
}

/** How many lines two texts begin with that are the same. */
function sameHead(a: readonly string[], b: readonly string[]): number {
  let head = 0;
  while (head < a.length && head < b.length && a[head] === b[head]) head++;
  return head;
}

/** A picture and the text it is of. */
export interface Edited {
  readonly run: RunDone;
  readonly text: string;
}

export interface MomentAfter {
  readonly op: number;
  readonly how: 'same' | 'earlier' | 'nearest';
}

/** Ops that are the same line of the text and the same kind of thing are one op. */
const isSameKind = (a: Trace, op: number, b: Trace, other: number): boolean =>
  a.opKind[op - 1] === b.opKind[other - 1];

/**
 * The moment in the new picture that op `op` of the old one has become: the same op, else the nearest earlier one on
 * the same line of the text, else the one of the same number, or the last.
 */
export function momentAfterEdit(old: Edited, op: number, next: Edited): MomentAfter {
  const { trace } = next.run;
  const clamped: MomentAfter = { op: Math.min(op, trace.opCnt), how: 'nearest' };
  if (op === 0) return { op: 0, how: 'same' };
  if (op > old.run.trace.opCnt) return clamped;
  const line = lineOfOp(old.run, op);
  if (line === 0) {
    // Linearize and the tables are about no line: there is one op of each kind.
    const at = trace.opKind.indexOf(old.run.trace.opKind[op - 1]);
    return at < 0 ? clamped : { op: at + 1, how: 'same' };
  }
  const [was, is] = [old.text.split('\n'), next.text.split('\n')];
  const lineNow = line <= sameHead(was, is) ? line : line + is.length - was.length;
  let earlier = 0;
  let same = 0;
  for (let k = 1; k <= trace.opCnt; k++) {
    if (lineOfOp(next.run, k) !== lineNow) continue;
    if (isSameKind(old.run.trace, op, trace, k)) same = k;
    else if (same === 0 && k <= clamped.op) earlier = k;
  }
  if (same > 0) return { op: same, how: 'same' };
  return earlier > 0 ? { op: earlier, how: 'earlier' } : clamped;
}

/** What is said of it. */
export function momentWordsAfter({ op, how }: MomentAfter, run: RunDone): string {
  const words = op === 0 ? 'the start' : `op ${op}, ${opWords(run, op)}`;
  if (how === 'same') return `Stopped for your edit, still at ${words}.`;
  return how === 'earlier'
    ? `Stopped for your edit, at the op before on the same line: ${words}.`
    : `Stopped for your edit: that op is gone, now at ${words}.`;
}

/** An edit ends playing; when its answer comes, one is at the op one was at. */
export function keepMomentOfEdit(): void {
  let pending: (Edited & { readonly op: number }) | null = null;
  useStore.subscribe((s, old) => {
    if (s.text !== old.text) {
      // Another text starts anew, and says nothing.
      const isEdit = s.op === old.op && s.op > 0;
      if (isEdit && old.playing && old.good) pending = { run: old.good, text: old.text, op: old.op };
      else if (!isEdit) pending = null;
    } else if (s.op !== old.op) pending = null;
    if (!pending || s.good === old.good || !s.good) return;
    const { op, ...before } = pending;
    pending = null;
    const after = momentAfterEdit(before, op, { run: s.good, text: s.text });
    set({ op: after.op, micro: 0 });
    say(momentWordsAfter(after, s.good));
  });
}

/** Another algorithm numbers its ops otherwise: the moment, and the one it is compared with, are found again. */
export function keepMomentOfAlgorithm(): void {
  let pending: { readonly run: RunDone; readonly op: number; readonly from: number | null } | null = null;
  useStore.subscribe((s, old) => {
    if (s.text !== old.text) pending = null;
    else if (s.algorithm !== old.algorithm && old.good && old.op > 0)
      pending ??= { run: old.good, op: old.op, from: old.fromOp };
    if (!pending || s.good === old.good || !s.good || s.good.algorithm !== s.algorithm) return;
    const { run, op, from } = pending;
    pending = null;
    const [was, is] = [run, s.good].map((picture): Edited => ({ run: picture, text: s.text }));
    const find = (moment: number): number =>
      moment === run.trace.opCnt ? is.run.trace.opCnt : momentAfterEdit(was, moment, is).op;
    set({ op: find(op), micro: 0, ...(from !== null && { fromOp: find(from) }) });
  });
}
