/**
 * Search in After as it is at a moment: the text of each insn, and the C lines that line info gives them. The work is
 * a generator, so that whoever drives it can stop after a few milliseconds and go on in the next frame; what it has
 * found so far can be used all the time. Whether an insn matches is kept as long as the query is the same, by node: at
 * the next moment only jumps, whose distances may be others, are looked at again.
 */

import { growI32, pushI32 } from '../base/grow.ts';
import { partitionPoint } from '../base/lower-bound.ts';
import { highHalf, insnText } from '../figures/insn-text.ts';
import { lineSlotAt } from '../figures/line-rows.ts';
import { outerPos, type TableSource } from '../figures/tables.ts';
import { FLOW, type Flow, flowOf, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, SLOT_WORDS, withOff } from '../isa/insn.ts';
import { pairWalk } from '../isa/pairs.ts';
import { distanceNow, jumpOfNode } from '../patch/jump-at.ts';
import { nodeWithUid, wordsOf } from '../patch/trace-facts.ts';
import type { RunDone } from '../pipeline/index.ts';
import { type Pattern, patternOf } from './search-pattern.ts';
import type { Found } from './visit.ts';

/** A search under way: each step gives what tells how far it is. */
export type Searching = Generator<() => Found, Found>;

/** What is known of a run and a query. */
interface Known {
  readonly query: string;
  /** Of each node, for the insn it was born with and for the one it was rewritten to: looked at, and matches. */
  readonly seen: Uint8Array;
  /** Whether insns without a constant match, by their first word: they are few. */
  readonly byWord: Map<number, boolean>;
  /** Text of jumps before and behind their distance. */
  readonly stems: Map<number, Map<number, readonly [head: string, tail: string]>>;
}
const cache = new WeakMap<RunDone, Known>();

const LOOKED = 1;
const MATCHES = 2;
/** So many bits further stands the same of the insn that a node was rewritten to. */
const REWRITTEN = 2;

function knownOf(run: RunDone, query: string): Known {
  const last = cache.get(run);
  if (last?.query === query) return last;
  const stems = last?.stems ?? new Map();
  const seen = new Uint8Array(run.trace.nodeCnt);
  const known: Known = { query, seen, byWord: new Map(), stems };
  cache.set(run, known);
  return known;
}

/** Texts, or nodes without their texts, looked at between two looks at the clock. */
const TEXTS = 16;
const NODES = 2048;

/** Text before and behind a jump's distance. The same jumps come again and again: printed once, they cost nothing. */
function stemOf(
  { stems }: Known,
  run: RunDone,
  w0: number,
  imm: number,
  flow: Flow,
): readonly [string, string] {
  const word = flow === FLOW.OFF ? withOff(w0, 0) : w0;
  const rest = flow === FLOW.OFF ? imm : 0;
  const byImm = stems.get(word) ?? new Map<number, readonly [string, string]>();
  stems.set(word, byImm);
  const known = byImm.get(rest);
  if (known) return known;
  const text = insnText(word, rest, 0, 0, run.before.kfuncs);
  const at = text.lastIndexOf('+0');
  const stem = [text.slice(0, at), text.slice(at + 2)] as const;
  byImm.set(rest, stem);
  return stem;
}

/** Where the search is, and what goes with it through all its parts. */
interface Task {
  readonly run: RunDone;
  readonly source: TableSource;
  readonly op: number;
  readonly known: Known;
  readonly matches: Pattern['matches'];
}

function jumpMatches(
  { run, source, op, known, matches }: Task,
  node: number,
  w0: number,
  imm: number,
): boolean {
  const { trace } = run;
  const jump = jumpOfNode(trace, node, op);
  if (jump < 0) return matches(insnText(w0, imm, null, 0, run.before.kfuncs));
  const [head, tail] = stemOf(known, run, w0, imm, flowOf(w0));
  const distance = distanceNow(trace, source.moments, op, jump);
  return matches(`${head}${distance < 0 ? distance : `+${distance}`}${tail}`);
}

/** The first half of a 64-bit constant, of which the slot behind it holds the rest. */
function pairMatches({ run, source, op, matches }: Task, node: number, w0: number, imm: number): boolean {
  const { moments } = source;
  const idx = moments.rankAlive(op, node) + 1;
  const next = idx < moments.aliveCnt(op) ? moments.selectAlive(op, idx) : -1;
  const nextImm = next < 0 ? 0 : wordsOf(run.trace, next, op)[next * SLOT_WORDS + 1];
  return matches(insnText(w0, imm, null, nextImm, run.before.kfuncs));
}

function plainMatches({ run, known, matches }: Task, w0: number, imm: number): boolean {
  const last = imm === 0 ? known.byWord.get(w0) : undefined;
  if (last !== undefined) return last;
  const is = matches(insnText(w0, imm, null, 0, run.before.kfuncs));
  if (imm === 0) known.byWord.set(w0, is);
  return is;
}

/** 1 for each node at which a line entry with a C line that matches stands; null: none matches. */
function* nodesByLine(
  { run, source, op, matches }: Task,
  soFar: () => Found,
): Generator<() => Found, Uint8Array | null> {
  const { lineInfo, strings } = run.before;
  const { moments } = source;
  const fits = new Uint8Array(strings.length);
  let cnt = 0;
  for (let i = 0; i < strings.length; i++) {
    if (i % TEXTS === TEXTS - 1) yield soFar;
    if (strings[i] === '' || !matches(strings[i])) continue;
    fits[i] = 1;
    cnt++;
  }
  if (cnt === 0) return null;
  const nodes = new Uint8Array(run.trace.nodeCnt + 1);
  for (let entry = 0; entry < lineInfo.text.length; entry++) {
    if (entry % TEXTS === TEXTS - 1) yield soFar;
    if (fits[lineInfo.text[entry]] !== 1) continue;
    const slot = lineSlotAt(source, op, entry);
    if (slot < 0) continue;
    nodes[moments.selectAlive(op, moments.rankAlive(op, outerPos(run.trace, slot)))] = 1;
  }
  return nodes;
}

/** What the query finds in After after `op` ops. */
export function* search(run: RunDone, source: TableSource, op: number, query: string): Searching {
  const { matches, note } = patternOf(query);
  const known = knownOf(run, query);
  const task: Task = { run, source, op, known, matches };
  const { trace } = run;
  const { nodeCnt, uid, birth, death, rewriteOp } = trace;
  const order = growI32(64);
  const isFound = new Uint8Array(nodeCnt);
  const nodeOf = (one: number): number => nodeWithUid(trace, one);
  let node = 0;
  const soFar = (): Found => ({
    order: order.data.subarray(0, order.cnt),
    uids: { size: order.cnt, has: (one) => isFound[nodeOf(one)] === 1 },
    note,
    searched: nodeCnt === 0 ? 1 : node / nodeCnt,
  });
  const byLine = yield* nodesByLine(task, soFar);
  const firstOf = pairWalk();
  let printed = 0;
  for (; node < nodeCnt; node++) {
    if (printed >= TEXTS || node % NODES === NODES - 1) {
      printed = 0;
      yield soFar;
    }
    if (birth[node] > op || op >= death[node]) continue;
    const words = wordsOf(trace, node, op);
    const w0 = words[node * SLOT_WORDS];
    const imm = words[node * SLOT_WORDS + 1];
    const isSecond = firstOf(node, codeOf(w0)) >= 0;
    let is = byLine !== null && byLine[node] === 1;
    if (isSecond || flowOf(w0) !== FLOW.NONE || codeOf(w0) === OP_LD_IMM64) {
      // What these say depends on others.
      printed++;
      is ||= isSecond
        ? matches(highHalf(imm))
        : flowOf(w0) !== FLOW.NONE
          ? jumpMatches(task, node, w0, imm)
          : pairMatches(task, node, w0, imm);
    } else {
      const shift = rewriteOp[node] <= op ? REWRITTEN : 0;
      if (((known.seen[node] >> shift) & LOOKED) === 0) {
        printed++;
        known.seen[node] |= (LOOKED | (plainMatches(task, w0, imm) ? MATCHES : 0)) << shift;
      }
      is ||= ((known.seen[node] >> shift) & MATCHES) !== 0;
    }
    if (!is) continue;
    pushI32(order, uid[node]);
    isFound[node] = 1;
  }
  return soFar();
}

/** Longest time that a search keeps the page from anything else. */
const SLICE_MS = 8;
/** What is found so far is told no oftener: rows are drawn anew each time. */
const TOLD_MS = 200;

/** Carry a search out in slices, and tell what it found so far; what comes back ends it early. */
export function inSlices(work: Searching, onFound: (found: Found) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = performance.now();
  const slice = () => {
    const end = performance.now() + SLICE_MS;
    let next = work.next();
    while (!next.done && performance.now() < end) next = work.next();
    if (next.done) return onFound(next.value);
    if (end - told >= TOLD_MS) {
      told = end;
      onFound(next.value());
    }
    timer = setTimeout(slice);
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
  const last = order[order.length - 1];
  if (from === null) return by > 0 ? order[0] : last;
  const rank = rankOf(from);
  const at = partitionPoint(0, order.length, (i) => rankOf(order[i]) >= rank);
  const to = by < 0 ? at - 1 : uids.has(from) ? at + 1 : at;
  return to < 0 ? last : (order[to] ?? order[0]);
}
