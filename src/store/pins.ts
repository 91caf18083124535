/**
 * The selected insn and the pins follow their insns through edits of the text: from the uids of one run to those of
 * the next. A source insn is known by where it stands between what is equal before and behind it, one that was born
 * in a patch by the insn it was born for.
 */
import { FLOW, flowOf } from '../isa/flow.ts';
import { SLOT_WORDS, withOff } from '../isa/insn.ts';
import type { RunDone } from '../pipeline/index.ts';
import { nodeOfUid } from './selectors.ts';
import { slotOfNode } from './source-slot.ts';
import { get, type State } from './store.ts';

/** Whether two slots hold the same insn; a distance changes with every line that is put under a jump. */
function sameInsn(a: Int32Array, i: number, b: Int32Array, j: number): boolean {
  const w0 = a[i * SLOT_WORDS];
  const flow = flowOf(w0);
  const other = b[j * SLOT_WORDS];
  const sameWord = flow === FLOW.OFF ? withOff(w0, 0) === withOff(other, 0) : w0 === other;
  const hasImm = flow !== FLOW.IMM && flow !== FLOW.CALL;
  return sameWord && (!hasImm || a[i * SLOT_WORDS + 1] === b[j * SLOT_WORDS + 1]);
}

/** Old slot → new slot, -1 for what is gone. What stands between the equal ends goes by its place behind the first. */
export function slotMap(before: Int32Array, now: Int32Array): (slot: number) => number {
  const [oldCnt, newCnt] = [before.length / SLOT_WORDS, now.length / SLOT_WORDS];
  const most = Math.min(oldCnt, newCnt);
  let head = 0;
  while (head < most && sameInsn(before, head, now, head)) head++;
  let tail = 0;
  while (tail < most - head && sameInsn(before, oldCnt - 1 - tail, now, newCnt - 1 - tail)) tail++;
  return (slot) => {
    if (slot < head) return slot;
    if (slot >= oldCnt - tail) return slot + newCnt - oldCnt;
    return slot < newCnt - tail ? slot : -1;
  };
}

const stepsOf = ({ steps, semantics, layer }: RunDone): string =>
  [...steps.map(({ pass }) => pass), semantics, layer].join();

const sameWords = (a: Int32Array, b: Int32Array): boolean =>
  a.length === b.length && a.every((word, i) => word === b[i]);

/** uid in one run → uid in the next; null for an insn that is gone. */
export function followUids(old: RunDone, now: RunDone): (uid: number) => number | null {
  // The same passes on the same insns give the same identities.
  if (sameWords(old.source.insns, now.source.insns) && stepsOf(old) === stepsOf(now)) return (uid) => uid;
  const slotOf = slotMap(old.source.insns, now.source.insns);
  // The source's own uids are its slots.
  const ofSource = (uid: number): number | null => {
    const slot = uid < old.source.uid.length ? slotOf(uid) : -1;
    return slot < 0 ? null : now.source.uid[slot];
  };
  return (uid) => (uid < old.source.uid.length ? ofSource(uid) : ofBorn(old, now, uid, ofSource));
}

/** The insn that stands as far from the one it was born for as it did, if that was born for it, too. */
function ofBorn(
  old: RunDone,
  now: RunDone,
  uid: number,
  ofSource: (uid: number) => number | null,
): number | null {
  const node = nodeOfUid(old, uid);
  if (node < 0) return null;
  const slot = slotOfNode(old, node);
  const heir = ofSource(old.before.uid[slot]);
  const base = heir === null ? -1 : nodeOfUid(now, heir);
  if (base < 0) return null;
  const { trace } = now;
  const at = base + node - old.trace.nodeOf[slot];
  const isBornForIt =
    at >= 0 &&
    at < trace.nodeCnt &&
    trace.origIdx[at] < 0 &&
    trace.editAt[trace.edit[at]] === trace.origIdx[base];
  return isBornForIt ? trace.uid[at] : null;
}

/** A scene that is opened brings uids of its own: what was selected before has nothing to say in its picture. */
let isOpened = false;

/** To be told each change of the state: pins that change together with the program are those of another scene. */
export function noticeScene(s: State, old: State): void {
  const isAnother = s.text !== old.text || s.recipe !== old.recipe || s.pass !== old.pass;
  if (s.pins !== old.pins && isAnother) isOpened = true;
}

/** What is selected and pinned, in the uids of the run that takes the place of the last good one. */
export function selectionIn(now: RunDone): Partial<Pick<State, 'focusUid' | 'pins'>> {
  const { good, focusUid, pins } = get();
  const wasOpened = isOpened;
  isOpened = false;
  if (!good || wasOpened || (focusUid === null && pins.length === 0)) return {};
  const follow = followUids(good, now);
  const kept = (uid: number | null): number | null => (uid === null ? null : follow(uid));
  return { focusUid: kept(focusUid), pins: pins.map(kept) };
}
