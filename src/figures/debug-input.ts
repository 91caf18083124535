/** What the Debug layout is drawn from: two moments of a trace, a window of items, and nothing of how it looks. */
import { FLOW, type Flow, fitsFlow, flowOf, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS } from '../isa/insn.ts';
import { type Comparison, distanceIn, rankIn, rowOfNode, type Side, slotIn } from '../patch/compare.ts';
import { jumpAt, jumpOfNode } from '../patch/jump-at.ts';
import { wordsOf } from '../patch/trace-facts.ts';
import type { DebugGeometry } from './debug-geometry.ts';
import { type DebugItems, itemOfRow } from './debug-items.ts';
import { highHalf, insnText } from './insn-text.ts';
import type { TableSource } from './tables.ts';

/** Where an aux value comes from. */
export type AuxOrigin = 'unknown' | 'computed' | 'given';

export interface DebugInput {
  readonly source: TableSource;
  readonly comparison: Comparison;
  readonly items: DebugItems;
  readonly geometry: DebugGeometry;
  /** Window of items; it may begin before the first or end behind the last. */
  readonly firstItem: number;
  readonly itemCnt: number;
  /** Heights between which the grid is seen: rails that leave them end there. */
  readonly top: number;
  readonly bottom: number;
  /** Rows of the comparison that are selected and pointed at; -1: none. */
  readonly focusRow: number;
  readonly hoverRow: number;
  /** Where the value of a slot of the input comes from, and what a pointer type is called. */
  readonly auxOrigin: (field: 'seen' | 'zextDst' | 'ptrType', slot: number) => AuxOrigin;
  readonly ptrText: (ptrType: number) => string;
}

export interface SideJump {
  readonly distance: number;
  /** Item that it leads to; the number of items for the end, null outside of the program. */
  readonly target: number | null;
  /** Slot that it leads to, and the insn there; null: the end of the program. */
  readonly to: number;
  readonly targetUid: number | null;
  readonly flow: Flow;
  readonly fits: boolean;
  /** Whether the distance stands in the insn, or will only be written. */
  readonly done: boolean;
}

/** The insn that a node is at one of the two moments. */
export interface SideInsn {
  readonly slot: number;
  readonly w0: number;
  readonly text: string;
  readonly jump: SideJump | null;
}

/** The live node next to a slot on one side; -1: there is none. */
function neighbour({ moments, moment, slotCnt }: Side, slot: number, by: -1 | 1): number {
  const at = slot + by;
  return at < 0 || at >= slotCnt ? -1 : moments.selectAlive(moment, at);
}

function sideJump(input: DebugInput, side: Side, j: number): SideJump {
  const { source, comparison, items } = input;
  const { trace, moments } = source;
  const { moment, slotCnt } = side;
  const to = rankIn(side, trace.jumps.target[j]);
  const distance = distanceIn(side, trace, j);
  const flow = trace.jumps.flow[j] as Flow;
  const isOut = to < 0 || to > slotCnt;
  const target = to < slotCnt && !isOut ? moments.selectAlive(moment, to) : -1;
  return {
    ...{ to, distance, flow },
    target: isOut ? null : target < 0 ? items.cnt : itemOfRow(items, rowOfNode(comparison, target)),
    targetUid: target < 0 ? null : trace.uid[target],
    fits: fitsFlow(distance, flow),
    done: jumpAt(trace, moments, moment, j).done || distance === trace.jumps.written[j],
  };
}

/** null: the node is not there at that moment. */
export function insnIn(input: DebugInput, side: Side, node: number): SideInsn | null {
  const slot = slotIn(side, node);
  if (slot < 0) return null;
  const { trace, before } = input.source;
  const words = wordsOf(trace, node, side.moment);
  const w0 = words[node * SLOT_WORDS];
  const imm = words[node * SLOT_WORDS + 1];
  const previous = codeOf(w0) === 0 ? neighbour(side, slot, -1) : -1;
  if (previous >= 0 && codeOf(wordsOf(trace, previous, side.moment)[previous * SLOT_WORDS]) === OP_LD_IMM64)
    return { slot, w0, text: `\u2514 ${highHalf(imm)}`, jump: null };
  const j = flowOf(w0) === FLOW.NONE ? -1 : jumpOfNode(trace, node, side.moment);
  const jump = j < 0 ? null : sideJump(input, side, j);
  const next = codeOf(w0) === OP_LD_IMM64 ? neighbour(side, slot, 1) : -1;
  const nextImm = next < 0 ? 0 : wordsOf(trace, next, side.moment)[next * SLOT_WORDS + 1];
  return { slot, w0, text: insnText(w0, imm, jump?.distance ?? null, nextImm, before.kfuncs), jump };
}
