/**
 * Several passes over one list, linearized once at the end, as the cover letter of the RFC proposes: which passes may
 * go on with the list that the pass before them left, and why others may not.
 *
 *   div_guard   zext | rnd_hi32          zext reads insns and their marks, which the list has of all nodes;
 *   `- one list -'                       rnd_hi32 asks for records, which the nodes of div_guard have not
 */
import type { Needs, Pass } from '../passes/pass.ts';

/** What there is to say between a pass and the one before it. */
export interface Sharing {
  /** Ids of the two passes. */
  readonly from: string;
  readonly to: string;
  readonly allowed: boolean;
  /** One sentence. */
  readonly why: string;
}

export const needsOf = ({ needs = 'records' }: Pass): Needs => needs;
export const addsInsns = ({ adds = true }: Pass): boolean => adds;

const ALLOWED: Readonly<Record<Needs, string>> = {
  insns: 'it reads the insns and their zext marks, which the list has of old and new ones alike',
  distances: 'it asks where jumps lead, which a walk along the list tells',
  records: 'it asks for the records of insns, and nothing before it on this list puts an insn without one',
};

/** `adder`: a pass before it on the same list that puts insns. */
const refusal = (to: Pass, adder: Pass): string =>
  `${to.id} cannot go on with the list of ${adder.id}: it asks what the verifier noted about each insn, and nobody ` +
  `noted anything about those that ${adder.id} puts (the RFC would read the record before the first for them, R22)`;

/** One entry for each pass but the first. Where sharing is not allowed the program is linearized, and a list begins anew. */
export function sharingOf(passes: readonly Pass[]): readonly Sharing[] {
  let adder: Pass | null = null;
  return passes.slice(1).map((to, k): Sharing => {
    const from = passes[k];
    if (adder === null && addsInsns(from)) adder = from;
    const ids = { from: from.id, to: to.id };
    if (needsOf(to) !== 'records' || adder === null)
      return {
        ...ids,
        allowed: true,
        why: `${to.id} goes on with the list of ${from.id}: ${ALLOWED[needsOf(to)]}`,
      };
    const why = refusal(to, adder);
    adder = null;
    return { ...ids, allowed: false, why };
  });
}

/** The passes in groups, each of which shares one list. */
export function listsOf(passes: readonly Pass[]): readonly (readonly Pass[])[] {
  const sharing = sharingOf(passes);
  const lists: Pass[][] = [];
  for (const [k, pass] of passes.entries()) {
    if (k > 0 && sharing[k - 1].allowed) lists[lists.length - 1].push(pass);
    else lists.push([pass]);
  }
  return lists;
}
