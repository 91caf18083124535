/** Names for the slots of a program that a text must name: its functions, and made-up labels for jump targets. */
import { distanceOf, FLOW, flowOf } from '../isa/flow.ts';
import type { Program } from '../program/program.ts';
import { isPlainName } from './token-text.ts';

export interface Names {
  /** What stands behind `.func` at the start of a function: its name, or a string where no label can be called so. */
  readonly funcAt: ReadonlyMap<number, string>;
  readonly labelAt: ReadonlyMap<number, string>;
}

/**
 * `canHold[i]`: slot i can carry a label, as it is not the inside of an insn; the end of the program can. `others`:
 * slots that are named by something else than the insns.
 */
export function namesOf(program: Program, canHold: Uint8Array, others: Iterable<number>): Names {
  const funcAt = new Map<number, string>();
  const labelAt = new Map<number, string>();
  nameFunctions(program, canHold, funcAt, labelAt);
  const { insns } = program;
  const n = insns.length / 2;
  const names = [...labelAt.values()];
  const prefix = ['L', '.L', '.LL'].find((p) => !names.some((name) => name.startsWith(p))) ?? '$L';
  const name = (target: number): void => {
    if (target >= 0 && target <= n && canHold[target] === 1 && !labelAt.has(target))
      labelAt.set(target, `${prefix}${target}`);
  };
  for (let i = 0; i < n; i++) {
    const w0 = insns[2 * i];
    const flow = flowOf(w0);
    if (flow !== FLOW.NONE && canHold[i] === 1) name(i + 1 + distanceOf(w0, insns[2 * i + 1], flow));
  }
  for (const to of others) name(to);
  // A function without a name at the very start goes without saying, unless a label there could pass for its name.
  if (funcAt.get(0) === '' && !labelAt.has(0)) funcAt.delete(0);
  return { funcAt, labelAt };
}

function nameFunctions(
  { subprogs, strings }: Program,
  canHold: Uint8Array,
  funcAt: Map<number, string>,
  labelAt: Map<number, string>,
): void {
  const seen = new Set<string>();
  for (const [i, start] of subprogs.start.entries()) {
    if (canHold[start] !== 1 || start >= canHold.length - 1) continue;
    const name = strings[subprogs.name[i]];
    if (name === undefined) funcAt.set(start, '');
    else if (isPlainName(name) && !seen.has(name)) {
      seen.add(name);
      funcAt.set(start, name);
      labelAt.set(start, name);
    } else funcAt.set(start, JSON.stringify(name));
  }
}
