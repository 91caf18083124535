/** Going to an insn: by the jump that leads to it, by number, by letter; and back to where one came from. */
import type { TableSource } from '../figures/tables.ts';
import { inputJump, jumpOfNode } from '../patch/jump-at.ts';
import type { RunDone } from '../pipeline/index.ts';
import { focus, togglePin } from './intents.ts';
import { nodeOfUid, tableSource } from './selectors.ts';
import { get, PIN_LETTERS, type State } from './store.ts';
import { comeBack, leaveFrom, say } from './visit.ts';

/** Select an insn so that one can come back to the one before. */
export function goToInsn(uid: number): void {
  const { focusUid } = get();
  if (focusUid !== uid) leaveFrom(focusUid);
  focus(uid);
}

/** uid of slot `idx` of After at this moment, null when it has none. */
export function uidAfter(
  { trace }: RunDone,
  { moments }: TableSource,
  op: number,
  idx: number,
): number | null {
  return idx >= 0 && idx < moments.aliveCnt(op) ? trace.uid[moments.selectAlive(op, idx)] : null;
}

export const uidBefore = ({ trace }: RunDone, slot: number): number | null =>
  slot >= 0 && slot < trace.inputCnt ? trace.uid[trace.nodeOf[slot]] : null;

/** uid of the first insn on a line of the text (1-based) or behind it. */
export function uidFromLine({ assembly, source }: RunDone, line: number): number | null {
  const slot = assembly.line.findIndex((at) => at >= line);
  return slot < 0 ? null : source.uid[slot];
}

/**
 * Insn that a jump or call leads to after `op` ops: behind a removed target, the next that stays; from a removed
 * jump, where it led. Null: it is no jump, or leads out of the program.
 */
export function targetOf(run: RunDone, source: TableSource, op: number, uid: number): number | null {
  const { trace } = run;
  const node = nodeOfUid(run, uid);
  if (node < 0) return null;
  const isDead = trace.death[node] <= op;
  const own = trace.origIdx[node];
  const jump = isDead && own >= 0 ? inputJump(trace, own) : jumpOfNode(trace, node, op);
  if (jump < 0) return null;
  return uidAfter(run, source, op, source.moments.rankAlive(op, trace.jumps.target[jump]));
}

/** Where the jump that is selected leads. */
export function targetOfFocus(s: State): number | null {
  const source = tableSource(s);
  return s.good && source && s.focusUid !== null ? targetOf(s.good, source, s.op, s.focusUid) : null;
}

export function followJump(): void {
  const uid = targetOfFocus(get());
  if (uid === null) say('This insn leads nowhere else.');
  else goToInsn(uid);
}

/** Back to the insn that one went away from last. */
export function goBack(): void {
  const { good } = get();
  const uid = comeBack((known) => good !== null && nodeOfUid(good, known) >= 0);
  if (uid !== null) focus(uid);
}

/** Pin k, by the order of letters. */
export function goToPin(k: number): void {
  const { pins, good } = get();
  const uid = pins[k] ?? null;
  if (uid === null || !good || nodeOfUid(good, uid) < 0) say(`There is no pin ${PIN_LETTERS[k]} here.`);
  else goToInsn(uid);
}

/** Give the selected insn a letter, or take its letter away, and say which. */
export function togglePinOfFocus(): void {
  const { focusUid } = get();
  say(focusUid === null ? 'Select an insn to pin it.' : togglePinSaid(focusUid));
}

function togglePinSaid(uid: number): string {
  const had = get().pins.indexOf(uid);
  togglePin(uid);
  if (had >= 0) return `Pin ${PIN_LETTERS[had]} is free.`;
  const at = get().pins.indexOf(uid);
  return at < 0 ? 'All six letters are taken.' : `Pinned as ${PIN_LETTERS[at]}.`;
}
