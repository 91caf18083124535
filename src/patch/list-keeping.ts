/** The frame around a design that keeps one list through several sets of edits: numbers before each, and at the end. */
import { err, ok } from '../base/result.ts';
import type { Flow } from '../isa/flow.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { OpenOptions, Patching, Peeked } from './algorithm.ts';
import { composeRemap, identityRemap } from './compose.ts';
import {
  type Aim,
  type Chain,
  chainOf,
  columnsOf,
  linkEdits,
  makeRoom,
  remapOf,
  writtenOut,
} from './list-chain.ts';
import type { Remap } from './remap.ts';
import { type ResolvedEdits, resolveEdits } from './resolve.ts';
import { moveTables } from './tables.ts';
import { noWork, type Work } from './work.ts';

/** What a design does with the chain it was made for. */
export interface Design {
  /** There is room for more nodes now. */
  grow(): void;
  /** How the jumps of these edits are aimed; before any of them is linked. */
  aimOf(edits: ResolvedEdits): Aim;
  /** Number the nodes: `chain.idx` of all, also of removed ones, and `chain.order`, which will have `cnt` of them and END. */
  number(cnt: number): void;
  /** After the walk, and before other edits come, which will be numbered otherwise. */
  settle(edits: ResolvedEdits, before: Int32Array): void;
  /** After the walk: distance of the insn at `idx`. */
  distance(node: number, flow: Flow, idx: number): number;
}

export function keepingList(
  designOf: (chain: Chain, work: Work) => Design,
  source: Program,
  options: OpenOptions = {},
): Patching {
  const work = noWork();
  let tables: Program = options.layer === 'core' ? { ...source, aux: null } : source;
  let made: { readonly chain: Chain; readonly design: Design } | null = null;
  let remap: Remap | null = null;
  /** The last edits, and how nodes were numbered when they came, once they are numbered otherwise. */
  let linked: ResolvedEdits | null = null;
  let before: Int32Array | null = null;

  /** The list is made when it is known how many nodes it will have. */
  function listFor(born: number) {
    if (made === null) {
      const chain = chainOf(tables, born, work);
      made = { chain, design: designOf(chain, work) };
    } else {
      makeRoom(made.chain, born, work);
      made.design.grow();
    }
    return made;
  }

  function renumber(chain: Chain, design: Design): void {
    if (before !== null) return;
    before = chain.order;
    if (linked === null) {
      design.number(slotCnt(source));
      return;
    }
    design.number(linked.newSlotCnt);
    const moved = remapOf(before, linked, chain, work);
    remap = remap === null ? moved : composeRemap(remap, moved);
    tables = { ...tables, ...moveTables(tables, moved, linked.removedCnt, options, work) };
  }

  function peek(): Peeked {
    const { chain, design } = listFor(0);
    renumber(chain, design);
    const { insns, refused } = writtenOut(chain, design.distance, work);
    return { program: { ...tables, insns, ...columnsOf(chain, work) }, tooFar: refused };
  }

  return {
    peek,
    apply(edits) {
      const resolved = resolveEdits(linked?.newSlotCnt ?? slotCnt(source), edits);
      if (!resolved.ok) return resolved;
      const { chain, design } = listFor(resolved.value.bornCnt);
      if (linked !== null) {
        renumber(chain, design);
        design.settle(linked, before ?? chain.order);
      }
      linkEdits(chain, resolved.value, design.aimOf(resolved.value), work);
      linked = resolved.value;
      before = null;
      return ok(undefined);
    },
    finish() {
      const { program, tooFar } = peek();
      if (tooFar !== null) return err(tooFar);
      return ok({ program, remap: remap ?? identityRemap(slotCnt(source)), work });
    },
  };
}
