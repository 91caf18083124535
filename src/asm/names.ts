/** Names for the slots of a program that a text must name: its functions, and made-up labels for jump targets. */
import { distanceOf, FLOW, flowOf } from '../isa/flow.ts';
import type { Program } from '../program/program.ts';
import { isPlainName } from './token-text.ts';

export interface Names {
  /** What stands behind `.func` at the start of a function: its name, or a string where no label can be called so. */
  readonly funcAt: ReadonlyMap<number, string>;
  /** 1 for each slot that has a label: the name of its function in `ownLabelAt`, or else the prefix and its number. */
  readonly isLabelled: Uint8Array;
  readonly ownLabelAt: ReadonlyMap<number, string>;
  readonly prefix: string;
}

/** A program may have a label at every other insn, so most are made up when they are asked for. */
export function labelAt({ isLabelled, ownLabelAt, prefix }: Names, slot: number): string | undefined {
  if (isLabelled[slot] !== 1) return undefined;
  return (ownLabelAt.size > 0 ? ownLabelAt.get(slot) : undefined) ?? `${prefix}${slot}`;
}

/**
 * `canHold[i]`: slot i can carry a label, as it is not the inside of an insn; the end of the program can. `others`:
 * slots that are named by something else than the insns.
 */
export function namesOf(program: Program, canHold: Uint8Array, others: Iterable<number>): Names {
  const funcAt = new Map<number, string>();
  const ownLabelAt = new Map<number, string>();
  const isLabelled = new Uint8Array(canHold.length);
  nameFunctions(program, canHold, funcAt, ownLabelAt);
  for (const slot of ownLabelAt.keys()) isLabelled[slot] = 1;
  const { insns } = program;
  const n = insns.length / 2;
  const names = [...ownLabelAt.values()];
  const prefix = ['L', '.L', '.LL'].find((p) => !names.some((name) => name.startsWith(p))) ?? '$L';
  for (let i = 0; i < n; i++) {
    const w0 = insns[2 * i];
    const flow = flowOf(w0);
    if (flow === FLOW.NONE || canHold[i] !== 1) continue;
    const target = i + 1 + distanceOf(w0, insns[2 * i + 1], flow);
    if (canHold[target] === 1) isLabelled[target] = 1;
  }
  for (const to of others) if (canHold[to] === 1) isLabelled[to] = 1;
  // A function without a name at the very start goes without saying, unless a label there could pass for its name.
  if (funcAt.get(0) === '' && isLabelled[0] !== 1) funcAt.delete(0);
  return { funcAt, isLabelled, ownLabelAt, prefix };
}

function nameFunctions(
  { subprogs, strings }: Program,
  canHold: Uint8Array,
  funcAt: Map<number, string>,
  ownLabelAt: Map<number, string>,
): void {
  const seen = new Set<string>();
  for (const [i, start] of subprogs.start.entries()) {
    if (canHold[start] !== 1 || start >= canHold.length - 1) continue;
    const name = strings[subprogs.name[i]];
    if (name === undefined) funcAt.set(start, '');
    else if (isPlainName(name) && !seen.has(name)) {
      seen.add(name);
      funcAt.set(start, name);
      ownLabelAt.set(start, name);
    } else funcAt.set(start, JSON.stringify(name));
  }
}
