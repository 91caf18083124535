/** A distance into the field that its insn keeps it in. */
import { FLOW, type Flow } from '../isa/flow.ts';
import { SLOT_WORDS, withOff } from '../isa/insn.ts';

/** Write a distance that is known to fit. */
export function putDistance(insns: Int32Array, idx: number, flow: Flow, distance: number): void {
  const word = idx * SLOT_WORDS;
  if (flow === FLOW.OFF) insns[word] = withOff(insns[word], distance);
  else insns[word + 1] = distance;
}
