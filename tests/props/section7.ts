/**
 * SEMANTICS section 7 word by word, with an object for each insn and no thought of speed: what the algorithms are
 * compared with. It shares nothing with them but the instruction set.
 */
import { defines32, distanceOf, FLOW, fitsFlow, flowOf } from '../../src/isa/flow.ts';
import { withOff } from '../../src/isa/insn.ts';
import type { PatchOp } from '../../src/patch/ops.ts';
import { type AuxRecord, auxAt, DELETED, type Program, slotCnt } from '../../src/program/program.ts';

interface Insn {
  readonly w0: number;
  readonly imm: number;
  readonly exit?: number | undefined;
}

export interface Plain {
  readonly insns: readonly (readonly [number, number])[];
  readonly uid: readonly number[];
  readonly origIdx: readonly number[];
  readonly aux: readonly AuxRecord[] | null;
  readonly lines: readonly (readonly number[])[];
  readonly subprogs: readonly (readonly number[])[];
  /** Kind, name, entries. */
  readonly places: readonly (readonly [string, number, readonly number[]])[];
}

export type Verdict =
  | { readonly errno: -22 }
  | { readonly errno: -34; readonly at: number; readonly before: number; readonly needed: number }
  | {
      readonly errno: 0;
      readonly plain: Plain;
      readonly outer: number[];
      readonly inner: number[];
      readonly heir: number[];
    };

/** A program in the same plain form. */
export function plainOf(program: Program): Plain {
  const { insns, uid, origIdx, lineInfo: l, subprogs: s, aux } = program;
  const slots = Array.from({ length: slotCnt(program) }, (_, i) => i);
  return {
    insns: slots.map((i) => [insns[2 * i], insns[2 * i + 1]] as const),
    uid: [...uid],
    origIdx: [...origIdx],
    aux: aux && slots.map((i) => auxAt(aux, i)),
    lines: [...l.insnOff].map((off, k) => [off, l.file[k], l.line[k], l.col[k], l.text[k]]),
    subprogs: [...s.start].map((start, k) => [start, s.ident[k], s.name[k], s.linfoIdx[k], s.stackDepth[k]]),
    places: program.places.map(({ kind, name, at }) => [kind, name, [...at]]),
  };
}

const INVALID: Verdict = { errno: -22 };

/** Thrown from deep inside the walk, caught at its end. */
class TooFar extends Error {
  readonly verdict: Verdict;
  constructor(at: number, before: number, needed: number) {
    super('too far');
    this.verdict = { errno: -34, at, before, needed };
  }
}

/** 7.8: which edits may stand together; then what stands before, for and instead of each insn. */
function collect(n: number, ops: readonly PatchOp[]) {
  const prepended: Insn[][] = Array.from({ length: n }, () => []);
  const replaced: (Insn[] | null)[] = Array.from({ length: n }, () => null);
  const dead: boolean[] = Array.from({ length: n }, () => false);
  const touched = (t: number) => dead[t] || replaced[t] !== null || prepended[t].length > 0;
  for (const op of ops) {
    const { at } = op;
    if (at < 0 || at >= n) return null;
    if (op.kind === 'remove') {
      if (op.cnt < 0 || at + op.cnt > n) return null;
      for (let t = at; t < at + op.cnt; t++) {
        if (touched(t)) return null;
        dead[t] = true;
      }
      continue;
    }
    const body: Insn[] = [];
    for (let w = 0; w < op.insns.length; w += 2)
      body.push({ w0: op.insns[w], imm: op.insns[w + 1], exit: op.exits?.find((x) => x.slot === w / 2)?.to });
    for (const { slot, to } of op.exits ?? []) {
      if (slot < 0 || slot >= body.length || to < 0 || to > n) return null;
      if (flowOf(body[slot].w0) === FLOW.NONE) return null;
    }
    if (op.kind === 'replace') {
      if (body.length === 0 || replaced[at] !== null || dead[at]) return null;
      replaced[at] = body;
    } else if (body.length > 0) {
      if (dead[at]) return null;
      prepended[at] = [...body, ...prepended[at]];
    }
  }
  return { prepended, replaced, dead };
}

/** 7.2: the slot of the program that the insn in slot s of a patch at t leaves for; null: it stays inside. */
function leavesFor(insn: Insn, s: number, t: number, m: number, prepend: boolean): number | null {
  const flow = flowOf(insn.w0);
  if (flow === FLOW.NONE) return null;
  if (insn.exit !== undefined) return insn.exit;
  const slot = s + distanceOf(insn.w0, insn.imm, flow) + 1;
  if (slot < 0) return t + slot;
  if (prepend) return slot <= m ? null : t + (slot - m);
  return slot < m ? null : t + 1 + (slot - m);
}

export function section7(program: Program, ops: readonly PatchOp[], linfoIdx?: number): Verdict {
  const n = slotCnt(program);
  const edits = collect(n, ops);
  if (edits === null) return INVALID;
  const { prepended, replaced, dead } = edits;

  // One walk gives two maps.
  const outer: number[] = [];
  const inner: number[] = [];
  const heir: number[] = [];
  let length = 0;
  for (let t = 0; t < n; t++) {
    outer[t] = length;
    if (!dead[t]) length += prepended[t].length;
    inner[t] = length;
    if (!dead[t]) length += replaced[t]?.length ?? 1;
    heir[t] = dead[t] ? -1 : length - 1;
  }
  outer[n] = inner[n] = length;

  const out = { insns: [] as [number, number][], uid: [] as number[], origIdx: [] as number[] };
  const auxOut: AuxRecord[] = [];
  const { aux } = program;
  let fresh = program.nextUid;

  /** 7.1 and 7.6: `to` is where the jump leads in slots of the input, null where it stays as written. */
  const put = (insn: Insn, t: number, to: number | null): void => {
    const at = out.insns.length;
    const flow = flowOf(insn.w0);
    if (flow === FLOW.NONE || to === null) {
      out.insns.push([insn.w0, insn.imm]);
      return;
    }
    const map = flow === FLOW.CALL ? outer : inner;
    // A target outside of the program stays as far from its edge as it was.
    const idx = to < 0 ? to : to > n ? length + to - n : map[to];
    const needed = idx - at - 1;
    if (!fitsFlow(needed, flow)) {
      const place = program.origIdx[t] >= 0 ? program.origIdx[t] : t;
      throw new TooFar(place, distanceOf(insn.w0, insn.imm, flow), needed);
    }
    out.insns.push(flow === FLOW.OFF ? [withOff(insn.w0, needed), insn.imm] : [insn.w0, needed]);
  };
  /** 7.3 */
  const record = (t: number, insn: Insn, heir: boolean, touched: boolean): void => {
    out.origIdx.push(heir ? program.origIdx[t] : -1);
    if (aux === null) return;
    const old = auxAt(aux, t);
    const blank = {
      ...{ origIdx: 0, seen: old.seen, zextDst: 0, ptrType: 0, ctxFieldSize: 0, aluState: 0 },
      ...{ aluLimit: 0, mapIdx: 0, callArg: 0 },
    };
    const base = heir ? old : blank;
    auxOut.push(touched ? { ...base, zextDst: defines32(insn.w0, insn.imm) } : base);
  };

  for (let t = 0; t < n; t++) {
    if (dead[t]) continue;
    for (const [patch, prepend] of [[prepended[t], true] as const, [replaced[t] ?? [], false] as const]) {
      for (const [s, insn] of patch.entries()) {
        const to = leavesFor(insn, s, t, patch.length, prepend);
        if (insn.exit === undefined && to !== null && (to < 0 || to > n)) return INVALID;
      }
    }
  }
  try {
    for (let t = 0; t < n; t++) {
      if (dead[t]) continue;
      const before = prepended[t];
      for (const [s, insn] of before.entries()) {
        put(insn, t, leavesFor(insn, s, t, before.length, true));
        out.uid.push(fresh++);
        record(t, insn, false, true);
      }
      const patch = replaced[t];
      if (patch === null) {
        const insn = { w0: program.insns[2 * t], imm: program.insns[2 * t + 1] };
        const flow = flowOf(insn.w0);
        put(insn, t, flow === FLOW.NONE ? null : t + 1 + distanceOf(insn.w0, insn.imm, flow));
        out.uid.push(program.uid[t]);
        record(t, insn, true, before.length > 0);
        continue;
      }
      for (const [s, insn] of patch.entries()) {
        put(insn, t, leavesFor(insn, s, t, patch.length, false));
        out.uid.push(s === 0 ? program.uid[t] : fresh++);
        record(t, insn, s === patch.length - 1, true);
      }
    }
  } catch (error) {
    if (!(error instanceof TooFar)) throw error;
    return error.verdict;
  }
  const { lines, alive } = section74(program, outer, dead, linfoIdx);
  const subprogs = section75(program, outer, dead, alive);
  const places = placesOf(program, outer, heir);
  return { errno: 0, plain: { ...out, aux: aux && auxOut, lines, subprogs, places }, outer, inner, heir };
}

/** 7.4; with `linfoIdx` the table is that of a bigger program and this one begins at that entry. */
function section74(program: Program, outer: number[], dead: boolean[], linfoIdx?: number) {
  const n = dead.length;
  const { lines: table } = plainOf(program);
  const from = linfoIdx ?? 0;
  const base = linfoIdx === undefined ? 0 : (table[linfoIdx]?.[0] ?? 0);
  const spots = table.map(([off]) => off - base);
  const lines: number[][] = [];
  const alive: boolean[] = [];
  for (const [k, row] of table.entries()) {
    const t = spots[k];
    let to: number | null;
    if (k < from) to = t;
    else if (t >= n) to = t + outer[n] - n;
    else if (!dead[t]) to = outer[t];
    else {
      const next = dead.findIndex((gone, i) => i > t && !gone);
      // Another entry between here and the next live insn, or on it.
      const rival = spots.some((other, i) => i > k && other >= t && other <= next);
      to = next < 0 || rival ? null : outer[next];
    }
    alive.push(to !== null);
    if (to !== null) lines.push([to + base, ...row.slice(1)]);
  }
  return { lines, alive };
}

/** 7.5 */
function section75(program: Program, outer: number[], dead: boolean[], alive: boolean[]): number[][] {
  const { subprogs } = plainOf(program);
  return subprogs.flatMap(([start, ident, name, linfoIdx, stackDepth], k) => {
    const end = subprogs[k + 1]?.[0] ?? dead.length;
    if (end > start && dead.slice(start, end).every(Boolean)) return [];
    return [[outer[start], ident, name, alive.slice(0, linfoIdx).filter(Boolean).length, stackDepth]];
  });
}

/** Entries go where calls go, those of loads that may fault with the load; one whose insn is removed is deleted. */
function placesOf(program: Program, outer: number[], heir: number[]): Plain['places'] {
  const move = (kind: string, t: number): number => {
    if (t === DELETED) return DELETED;
    if (t >= heir.length) return t - heir.length + outer[heir.length];
    if (heir[t] < 0) return DELETED;
    return kind === 'extable' ? heir[t] : outer[t];
  };
  return program.places.map(({ kind, name, at }) => [kind, name, [...at].map((t) => move(kind, t))]);
}
