/** What static analysis knows about a program, for passes that ask what the verifier would have told them. */
import type { Aux, Program } from '../program/program.ts';
import { reachable } from './reach.ts';
import { upperHalvesWanted } from './upper-halves.ts';

/** One entry a slot. */
export interface Facts {
  /** 1: some path from the start reaches the insn, directly or through calls and callbacks. */
  readonly seen: Uint8Array;
  /** 1: the insn defines 32 bits that are later read as 64. */
  readonly zextDst: Uint8Array;
}

export function factsOf(program: Program): Facts {
  const seen = reachable(program);
  return { seen, zextDst: upperHalvesWanted(program, seen) };
}

/** The same out of records: what a text stated counts, and what earlier passes made of it. */
export function factsOfAux({ home, records, zextDst }: Aux): Facts {
  const seen = new Uint8Array(home.length);
  // An insn born in a patch names, inverted, the record that it has `seen` from.
  for (let i = 0; i < seen.length; i++)
    seen[i] = records.seen[home[i] < 0 ? ~home[i] : home[i]] === 0 ? 0 : 1;
  return { seen, zextDst };
}
