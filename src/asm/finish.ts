/** After the last line: names become distances, functions are numbered, and the program is looked over. */
import type { Diagnosed, Diagnostic } from '../base/diagnostic.ts';
import { takeI32, viewI32 } from '../base/grow.ts';
import { lowerBound } from '../base/lower-bound.ts';
import { distanceOf, FLOW, flowOf, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { type LineInfo, makeProgram, type Subprogs } from '../program/program.ts';
import type { Setting } from '../program/setting.ts';
import type { Assembly, PatchPoint } from './assembly.ts';
import { checkProgram } from './check.ts';
import { resolvePlaces, stackDepths } from './read-places.ts';
import { resolvePatch, resolveRefs } from './resolve.ts';
import { type State, stringIndex } from './state.ts';
import { USE } from './symbols.ts';

export function finish(state: State, fragment: boolean): Diagnosed<Assembly> {
  const insns = takeI32(state.insns);
  resolveRefs(state, insns);
  const patchPoints: PatchPoint[] = [];
  for (const draft of state.drafts) for (const point of resolvePatch(state, draft)) patchPoints.push(point);
  const places = resolvePlaces(state, insns);
  const lineInfo: LineInfo = {
    insnOff: takeI32(state.linfo.insnOff),
    file: takeI32(state.linfo.file),
    line: takeI32(state.linfo.line),
    col: takeI32(state.linfo.col),
    text: takeI32(state.linfo.text),
  };
  const subprogs = subprogsOf(state, insns, lineInfo);
  const from = takeI32(state.from);
  const to = takeI32(state.to);
  if (!fragment) checkProgram(state, insns, subprogs.start, from, to);
  const value: Assembly = {
    program: makeProgram({ insns, lineInfo, subprogs, places, strings: state.strings, kfuncs: state.kfuncs }),
    setting: settingOf(state, subprogs),
    from,
    to,
    line: takeI32(state.line),
    auxGiven: state.auxGiven,
    patchPoints,
    labels: state.labels.map(({ name, slot, from, to }) => ({ name, slot, from, to })),
    labelRefs: takeI32(state.labelRefs),
  };
  return { value, diagnostics: sorted(state) };
}

/** The insns alone, in the state's own buffer, with everything said that is said of a program. */
export function finishPiece(state: State): Int32Array {
  const insns = viewI32(state.insns);
  resolveRefs(state, insns);
  for (const draft of state.drafts) resolvePatch(state, draft);
  if (state.places.size > 0) resolvePlaces(state, insns);
  if (state.stacks.length > 0) subprogsOf(state, insns, NO_LINES);
  return insns;
}

const NONE = new Int32Array(0);
const NO_LINES: LineInfo = { insnOff: NONE, file: NONE, line: NONE, col: NONE, text: NONE };

/** Insn 0 is looked at anyway. */
function globalsOf({ symbols: { slot, use } }: State, { start }: Subprogs): number[] {
  const globals: number[] = [];
  for (let sym = 0; sym < use.cnt; sym++) {
    if ((use.data[sym] & USE.GLOBAL) === 0) continue;
    const number = lowerBound(start, slot.data[sym]);
    if (number > 0 && start[number] === slot.data[sym]) globals.push(number);
  }
  return globals.toSorted((a, b) => a - b);
}

function settingOf(state: State, subprogs: Subprogs): Setting {
  const { progType, attach, unprivileged, maps } = state.setting;
  const globals = globalsOf(state, subprogs);
  return {
    ...{ progType: Math.max(0, progType), maps },
    ...(attach !== '' && { attach }),
    ...(globals.length > 0 && { globals }),
    ...(unprivileged && { unprivileged }),
  };
}

export function sorted(state: State): Diagnostic[] {
  const { diagnostics, droppedDiagnostics } = state;
  diagnostics.sort((a, b) => a.from - b.from || a.to - b.to);
  if (droppedDiagnostics > 0) {
    const end = state.text.length;
    const message = `${droppedDiagnostics} more problems are not listed`;
    diagnostics.push({ code: 'too-many-problems', severity: 'error', from: end, to: end, message });
  }
  return diagnostics;
}

/** Functions start at slot 0, where a function is declared, and where one is called or its address is taken. */
function subprogsOf(state: State, insns: Int32Array, lineInfo: LineInfo): Subprogs {
  const n = insns.length / 2;
  const { symbols, labels } = state;
  const { funcStarts } = state;
  const starts = new Set<number>([0]);
  for (const slot of funcStarts.keys()) if (slot < n) starts.add(slot);
  for (let i = 0; i < n; i++) {
    const w0 = insns[2 * i];
    const flow = flowOf(w0);
    if (flow === FLOW.CALL) {
      const target = i + 1 + distanceOf(w0, insns[2 * i + 1], flow);
      if (target >= 0 && target < n) starts.add(target);
    }
    if (codeOf(w0) === OP_LD_IMM64) i++;
  }
  const nameAt = new Map<number, { name: string; rank: number }>();
  for (const { name, slot, sym } of labels) {
    const use = symbols.use.data[sym];
    if ((use & USE.FUNC) !== 0 && slot < n) starts.add(slot);
    if (!starts.has(slot)) continue;
    const rank = (use & USE.FUNC) !== 0 ? 3 : (use & USE.CALLED) !== 0 ? 2 : (use & USE.JUMP) !== 0 ? 0 : 1;
    if (rank > (nameAt.get(slot)?.rank ?? 0)) nameAt.set(slot, { name, rank });
  }
  const start = Int32Array.from(starts).sort();
  const linfoIdx = new Int32Array(start.length);
  for (let i = 0, entry = 0; i < start.length; i++) {
    while (entry < lineInfo.insnOff.length && lineInfo.insnOff[entry] < start[i]) entry++;
    linfoIdx[i] = entry;
  }
  return {
    start,
    ident: start.map((_, i) => i),
    name: start.map((slot) => {
      const declared = funcStarts.get(slot);
      const name = declared === undefined ? nameAt.get(slot)?.name : declared;
      return name === undefined || name === null ? -1 : stringIndex(state, name);
    }),
    linfoIdx,
    stackDepth: stackDepths(state, start, n),
  };
}
