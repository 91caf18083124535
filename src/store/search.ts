/**
 * Search in After as it is at a moment: the text of each insn, and the C lines that line info gives them. The work is
 * a generator, so that whoever drives it can stop after a few milliseconds and go on in the next frame.
 */
import { highHalf, insnText } from '../figures/insn-text.ts';
import { lineRowAt } from '../figures/line-rows.ts';
import type { TableSource } from '../figures/tables.ts';
import { FLOW, type Flow, flowOf, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS, withOff } from '../isa/insn.ts';
import { pairWalk } from '../isa/pairs.ts';
import { jumpOfNode } from '../patch/jump-at.ts';
import { wordsOf } from '../patch/trace-facts.ts';
import type { RunDone } from '../pipeline/index.ts';
import { type Pattern, patternOf } from './search-pattern.ts';
import type { Found } from './visit.ts';

/** The rows of After after `op` ops, and what they say as far as anybody searched. */
interface Rows {
  readonly op: number;
  /** Nodes in order, and which of them are the second half of an ld_imm64. */
  readonly nodes: Int32Array;
  readonly second: Uint8Array;
  /** Slot of each position of the final order, its end included. */
  readonly rank: Int32Array;
  readonly texts: string[];
}

/** Of a run: the rows that were searched last, and the text of each insn but for its distance. */
interface Known {
  rows: Rows | null;
  readonly stems: Map<number, Map<number, readonly [head: string, tail: string]>>;
}
const cache = new WeakMap<RunDone, Known>();

function knownOf(run: RunDone): Known {
  let known = cache.get(run);
  if (!known) {
    known = { rows: null, stems: new Map() };
    cache.set(run, known);
  }
  return known;
}

/** Texts, or nodes without their texts, looked at between two looks at the clock. */
const TEXTS = 16;
const NODES = 4096;
const isPause = (i: number, batch: number): boolean => i % batch === batch - 1;

/** The rows of After, without their texts yet. */
function* rowsAt(run: RunDone, op: number): Generator<void, Rows> {
  const known = knownOf(run);
  if (known.rows?.op === op) return known.rows;
  const { trace } = run;
  const nodes = new Int32Array(trace.nodeCnt);
  const second = new Uint8Array(trace.nodeCnt);
  const rank = new Int32Array(trace.nodeCnt + 1);
  let cnt = 0;
  const firstOf = pairWalk();
  for (let node = 0; node < trace.nodeCnt; node++) {
    if (isPause(node, NODES)) yield;
    rank[node] = cnt;
    if (trace.birth[node] > op || op >= trace.death[node]) continue;
    if (firstOf(node, codeOf(wordsOf(trace, node, op)[node * SLOT_WORDS])) >= 0) second[cnt] = 1;
    nodes[cnt++] = node;
  }
  rank[trace.nodeCnt] = cnt;
  known.rows = { op, nodes: nodes.subarray(0, cnt), second, rank, texts: [] };
  return known.rows;
}

/** Text before and behind an insn's distance. The same insns come again and again: printed once, they cost nothing. */
function stemOf(run: RunDone, w0: number, imm: number, flow: Flow): readonly [string, string] {
  const { stems } = knownOf(run);
  const word = flow === FLOW.OFF ? withOff(w0, 0) : w0;
  const rest = flow === FLOW.IMM || flow === FLOW.CALL ? 0 : imm;
  const byImm = stems.get(word) ?? new Map<number, readonly [string, string]>();
  stems.set(word, byImm);
  const known = byImm.get(rest);
  if (known) return known;
  const text = insnText(word, rest, flow === FLOW.NONE ? null : 0, 0, run.before.kfuncs);
  const at = flow === FLOW.NONE ? text.length : text.lastIndexOf('+0');
  const stem = [text.slice(0, at), text.slice(at + 2)] as const;
  byImm.set(rest, stem);
  return stem;
}

function textOf(run: RunDone, { op, nodes, second, rank }: Rows, i: number): string {
  const { trace } = run;
  const node = nodes[i];
  const words = wordsOf(trace, node, op);
  const [w0, imm] = [words[node * SLOT_WORDS], words[node * SLOT_WORDS + 1]];
  if (second[i]) return highHalf(imm);
  const flow = flowOf(w0);
  if (codeOf(w0) === OP_LD_IMM64 && flow === FLOW.NONE) {
    const next = i + 1 < nodes.length ? nodes[i + 1] : -1;
    const nextImm = next < 0 ? 0 : wordsOf(trace, next, op)[next * SLOT_WORDS + 1];
    return insnText(w0, imm, null, nextImm, run.before.kfuncs);
  }
  const [head, tail] = stemOf(run, w0, imm, flow);
  const jump = flow === FLOW.NONE ? -1 : jumpOfNode(trace, node, op);
  if (jump < 0) return flow === FLOW.NONE ? head : insnText(w0, imm, null, 0, run.before.kfuncs);
  const distance = slotOf(rank, trace.jumps.target[jump]) - i - 1;
  return `${head}${distance < 0 ? distance : `+${distance}`}${tail}`;
}

/** Positions outside of the final order count on, as in patch/moments.ts. */
const slotOf = (rank: Int32Array, pos: number): number => {
  const end = rank.length - 1;
  if (pos <= 0) return pos;
  return pos <= end ? rank[pos] : rank[end] + pos - end;
};

/** Nodes of the insns whose C line matches: those at which an entry with that line stands. */
function* nodesByLine(
  run: RunDone,
  source: TableSource,
  rows: Rows,
  matches: Pattern['matches'],
): Generator<void, ReadonlySet<number>> {
  const { lineInfo, strings } = run.before;
  const known = new Uint8Array(strings.length);
  for (let i = 0; i < strings.length; i++) {
    if (isPause(i, TEXTS)) yield;
    if (strings[i] !== '' && matches(strings[i])) known[i] = 1;
  }
  const nodes = new Set<number>();
  for (let entry = 0; entry < lineInfo.text.length; entry++) {
    if (isPause(entry, TEXTS)) yield;
    if (known[lineInfo.text[entry]] !== 1) continue;
    const { idx } = lineRowAt(source, rows.op, entry);
    if (idx >= 0 && idx < rows.nodes.length) nodes.add(rows.nodes[idx]);
  }
  return nodes;
}

/** What the query finds in After after `op` ops. */
export function* search(
  run: RunDone,
  source: TableSource,
  op: number,
  query: string,
): Generator<void, Found> {
  const { matches, note } = patternOf(query);
  const rows = yield* rowsAt(run, op);
  const byLine = yield* nodesByLine(run, source, rows, matches);
  const order: number[] = [];
  for (let i = 0; i < rows.nodes.length; i++) {
    if (isPause(i, TEXTS)) yield;
    rows.texts[i] ??= textOf(run, rows, i);
    if (matches(rows.texts[i]) || byLine.has(rows.nodes[i])) order.push(run.trace.uid[rows.nodes[i]]);
  }
  return { order, uids: new Set(order), note };
}

/** Longest time that a search keeps the page from anything else. */
const SLICE_MS = 8;

/** Carry a search out in slices; what comes back ends it early. */
export function inSlices(work: Generator<void, Found>, onDone: (found: Found) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    let next = work.next();
    while (!next.done && performance.now() < end) next = work.next();
    if (next.done) onDone(next.value);
    else timer = setTimeout(slice);
  };
  slice();
  return () => clearTimeout(timer);
}

/** Of those found, the one behind (1) or before (-1) an insn, round the ends; null when nothing is found. */
export function besideFound(
  { order, uids }: Pick<Found, 'order' | 'uids'>,
  rankOf: (uid: number) => number,
  from: number | null,
  by: 1 | -1,
): number | null {
  if (order.length === 0) return null;
  if (from === null) return by > 0 ? order[0] : order[order.length - 1];
  if (uids.has(from)) return order[(order.indexOf(from) + by + order.length) % order.length];
  const rank = rankOf(from);
  const behind = order.findIndex((uid) => rankOf(uid) > rank);
  if (by > 0) return order[behind < 0 ? 0 : behind];
  return order[(behind < 0 ? 0 : behind) - 1] ?? order[order.length - 1];
}
