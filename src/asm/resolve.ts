/** Names → distances: of the program's own insns, and of the insns in patches, where a name is an exit. */

import { pushI32, takeI32 } from '../base/grow.ts';
import { FLOW, fitsFlow, flowOf, OP_CALL } from '../isa/flow.ts';
import { codeOf, withOff, word0 } from '../isa/insn.ts';
import { OP_GOTO } from '../isa/opcodes.ts';
import { PSEUDO_FUNC } from '../isa/pseudo.ts';
import { FUNCTIONS_6_18_X86_64 } from '../kernel/functions-6.18-x86-64.ts';
import { HELPERS, helperId } from '../kernel/helpers.ts';
import type { PatchPoint } from './assembly.ts';
import { REF } from './reader.ts';
import { type Draft, REF_WORDS, report, reportError, type State } from './state.ts';
import { nearest } from './suggest.ts';
import { labelNames, symbolName, USE } from './symbols.ts';

/** Suggestions cost a walk over all names; a text full of errors gets this many. */
const MAX_SUGGESTIONS = 50;
const MAX_CANDIDATES = 2000;

export function resolveRefs(state: State, insns: Int32Array): void {
  const { data, cnt } = state.refs;
  const n = insns.length / 2;
  for (let at = 0; at < cnt; at += REF_WORDS) {
    const [slot, sym, ref, from, to] = [data[at], data[at + 1], data[at + 2], data[at + 3], data[at + 4]];
    if (slot >= n) continue;
    const target = state.symbols.slot.data[sym];
    if (target < 0) {
      unresolved(state, sym, ref, from, to, insns, slot);
      state.placeholders.add(slot);
      continue;
    }
    noteUse(state, sym, ref, from, to, target);
    setDistance(state, insns, slot, target - slot - 1, ref, from, to);
  }
}

function setDistance(
  state: State,
  insns: Int32Array,
  slot: number,
  distance: number,
  ref: number,
  from: number,
  to: number,
): void {
  if (ref === REF.SYMBOL) insns[2 * slot] |= word0(0, 0, PSEUDO_FUNC, 0);
  const w0 = insns[2 * slot];
  if (flowOf(w0) !== FLOW.OFF) insns[2 * slot + 1] = distance;
  else if (fitsFlow(distance, FLOW.OFF)) insns[2 * slot] = withOff(w0, distance);
  else
    reportError(
      state,
      'jump-too-far',
      from,
      to,
      `the label is ${distance} insns away, a jump reaches -32768..32767`,
      codeOf(w0) === OP_GOTO ? 'use `gotol`, whose distance has 32 bits' : 'jump to a `gotol` nearby',
    );
}

function suggestion(state: State, name: string, candidates: Iterable<string>): string | undefined {
  if (state.suggestions++ >= MAX_SUGGESTIONS) return undefined;
  const near = nearest(name, candidates);
  return near === undefined ? undefined : `did you mean \`${near}\`?`;
}

function* functionNames(state: State): Generator<string> {
  yield* labelNames(state.symbols, MAX_CANDIDATES);
  yield* HELPERS;
}

/** A helper's id, or where a function stands that rewritten programs call. */
function calleeImm(name: string): number | undefined {
  const id = helperId(name);
  if (id >= 0) return id;
  const { calls } = FUNCTIONS_6_18_X86_64;
  return Object.hasOwn(calls, name) ? calls[name] : undefined;
}

/** A name without a label: a helper, the symbol of a map, or a mistake. */
function unresolved(
  state: State,
  sym: number,
  ref: number,
  from: number,
  to: number,
  insns: Int32Array,
  slot: number,
): void {
  const name = symbolName(state.symbols, sym);
  if (ref === REF.CALL) {
    const imm = calleeImm(name);
    if (imm !== undefined) {
      insns[2 * slot] = OP_CALL;
      insns[2 * slot + 1] = imm;
      return;
    }
    const hint =
      suggestion(state, name, functionNames(state)) ??
      'a kernel function is called by its BTF id: `call kernel-function#123`';
    reportError(state, 'unknown-function', from, to, `there is no function and no helper \`${name}\``, hint);
  } else if (ref === REF.SYMBOL) {
    const hint = 'a map is written `r1 = map[fd:3]`, a number `r1 = 5 ll`';
    report(state, {
      code: 'unresolved-symbol',
      severity: 'warning',
      from,
      to,
      message: `\`${name}\` is not defined here, 0 is loaded`,
      hint,
    });
  } else undefinedLabel(state, name, from, to);
}

function undefinedLabel(state: State, name: string, from: number, to: number): void {
  const hint =
    suggestion(state, name, labelNames(state.symbols, MAX_CANDIDATES)) ??
    `define it with a line \`${name}:\``;
  reportError(state, 'undefined-label', from, to, `there is no label \`${name}\``, hint);
}

/** Slot of a label that is named by something else than an insn; -1 and a message when there is none. */
export function resolveLabel(state: State, sym: number, from: number, to: number): number {
  const target = state.symbols.slot.data[sym];
  if (target < 0) {
    undefinedLabel(state, symbolName(state.symbols, sym), from, to);
    return -1;
  }
  noteUse(state, sym, REF.JUMP, from, to, target);
  return target;
}

/** A name that leads somewhere: how it is used, and where it is mentioned. */
function noteUse(state: State, sym: number, ref: number, from: number, to: number, target: number): void {
  state.symbols.use.data[sym] |= ref === REF.JUMP ? USE.JUMP : USE.CALLED;
  pushI32(state.labelRefs, from);
  pushI32(state.labelRefs, to);
  pushI32(state.labelRefs, target);
}

/** Replacing an ld_imm64 replaces its first slot and removes its second one. */
export function resolvePatch(state: State, draft: Draft): PatchPoint[] {
  const { kind, at, from, to } = draft;
  const insns = takeI32(draft.insns);
  if (kind === 'remove')
    return draft.cnt > 0 ? [{ kind, at, cnt: draft.cnt, insns, exits: [], from, to }] : [];
  if (insns.length === 0) {
    const hint =
      kind === 'replace'
        ? 'to delete the insn, write `;@remove`'
        : 'write the insns behind it, separated by `|`';
    reportError(state, 'empty-patch', from, to, `this \`;@${kind}\` has no insns`, hint);
    return [];
  }
  const exits = patchExits(state, draft, insns);
  const points: PatchPoint[] = [{ kind, at, cnt: 1, insns, exits, from, to }];
  if (kind === 'replace' && draft.cnt === 2)
    points.push({ kind: 'remove', at: at + 1, cnt: 1, insns: new Int32Array(0), exits: [], from, to });
  return points;
}

function patchExits(state: State, draft: Draft, insns: Int32Array): { slot: number; to: number }[] {
  const { data, cnt } = draft.refs;
  const exits: { slot: number; to: number }[] = [];
  for (let i = 0; i < cnt; i += REF_WORDS) {
    const [slot, sym, ref, from, to] = [data[i], data[i + 1], data[i + 2], data[i + 3], data[i + 4]];
    const target = state.symbols.slot.data[sym];
    if (target < 0) {
      unresolved(state, sym, ref, from, to, insns, slot);
      continue;
    }
    noteUse(state, sym, ref, from, to, target);
    if (ref === REF.SYMBOL) insns[2 * slot] |= word0(0, 0, PSEUDO_FUNC, 0);
    exits.push({ slot, to: target });
  }
  return exits;
}
