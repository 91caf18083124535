/**
 * Where the result of a faithful algorithm (a kernel's or the RFC's) parts from the rules of docs/SEMANTICS.md, for
 * people to read. Both did the same edits, so insn for insn and entry for entry stand side by side; the texts say
 * what is so, and what is not so and should be.
 */
import type { Result } from '../base/result.ts';
import { describe } from '../isa/describe.ts';
import { distanceOf, FLOW, flowOf, OP_CALL, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, dstOf, offOf, SLOT_WORDS, srcOf } from '../isa/insn.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { PatchError, Patched } from './algorithm.ts';
import { auxTexts, sameAux } from './deviations-aux.ts';
import { group, slotsText } from './errors.ts';
import { toldOf } from './faithful/faithful.ts';

export const DEVIATION_COLUMNS = ['insns', 'aux', 'line_info', 'subprogs', 'func_info', 'places'] as const;
export type DeviationColumn = (typeof DEVIATION_COLUMNS)[number];

export interface Deviation {
  readonly column: DeviationColumn;
  /** Slot of the result, or number of the entry in its table. */
  readonly idx: number;
  readonly expected: string;
  readonly got: string;
  /** All of it in kernel words, with numbers. */
  readonly sentence: string;
}

export interface Deviations {
  /** All that were found; `rows` may hold fewer. */
  readonly total: number;
  readonly rows: readonly Deviation[];
  /** Where one of the two was refused and the other was not, or another errno came: a sentence but for its subject, and no rows. */
  readonly refusal: string | null;
}

type Outcome = Result<Patched, PatchError>;

/** Rows found so far; counts on when it is full. */
interface Found {
  total: number;
  readonly rows: Deviation[];
  readonly max: number;
}

/** `row` is made only where there is room for it. */
function note(found: Found, row: () => Deviation): void {
  found.total++;
  if (found.rows.length < found.max) found.rows.push(row());
}

const signed = (n: number): string => (n < 0 ? group(n) : `+${group(n)}`);

const verbOf = (w0: number): string => {
  if (codeOf(w0) === OP_CALL) return 'call';
  return codeOf(w0) === OP_LD_IMM64 ? 'the function reference' : 'goto';
};

/** Another insn by its name, else the fields that differ, as "dst 1, off 0". */
function insnTexts(want: Int32Array, got: Int32Array, idx: number): [string, string] {
  const word = idx * SLOT_WORDS;
  const [a, b] = [want, got].map((insns) => ({
    name: describe(insns[word], insns[word + 1]).name,
    fields: {
      ...{ dst: dstOf(insns[word]), src: srcOf(insns[word]) },
      ...{ off: offOf(insns[word]), imm: insns[word + 1] },
    },
  }));
  if (a.name !== b.name) return [a.name, b.name];
  const names = (['dst', 'src', 'off', 'imm'] as const).filter((name) => a.fields[name] !== b.fields[name]);
  const text = ({ fields }: typeof a): string =>
    names.map((name) => `${name} ${group(fields[name])}`).join(', ');
  return [text(a), text(b)];
}

/** Two jumps that differ in nothing but the distance: where they lead; null: it is something else. */
function jumpDeviation(want: Int32Array, got: Int32Array, idx: number): Deviation | null {
  const word = idx * SLOT_WORDS;
  const flow = flowOf(got[word]);
  if (flow === FLOW.NONE || flow !== flowOf(want[word])) return null;
  const sameBut = flow === FLOW.OFF ? 0xffff : -1;
  if (((want[word] ^ got[word]) & sameBut) !== 0) return null;
  if (flow === FLOW.OFF && want[word + 1] !== got[word + 1]) return null;
  const [expected, now] = [want, got].map((insns) => distanceOf(insns[word], insns[word + 1], flow));
  const sentence = `insn ${group(idx)}: ${verbOf(got[word])} ${signed(now)} leads to insn ${group(idx + 1 + now)}, not to insn ${group(idx + 1 + expected)}`;
  return { column: 'insns', idx, expected: signed(expected), got: signed(now), sentence };
}

function insnDeviation(want: Int32Array, got: Int32Array, idx: number): Deviation {
  const jump = jumpDeviation(want, got, idx);
  if (jump !== null) return jump;
  const [expected, now] = insnTexts(want, got, idx);
  const sentence = `insn ${group(idx)}: ${now}, not ${expected}`;
  return { column: 'insns', idx, expected, got: now, sentence };
}

function compareInsns(found: Found, want: Program, got: Program): void {
  const [a, b] = [want.insns, got.insns];
  const cnt = Math.min(a.length, b.length);
  for (let word = 0; word < cnt; word += SLOT_WORDS) {
    if (a[word] !== b[word] || a[word + 1] !== b[word + 1])
      note(found, () => insnDeviation(a, b, word / SLOT_WORDS));
  }
  if (a.length === b.length) return;
  note(found, () => {
    const [expected, now] = [want, got].map((program) => slotsText(slotCnt(program)));
    const sentence = `the program has ${now}, not ${expected}`;
    return { column: 'insns', idx: cnt / SLOT_WORDS, expected, got: now, sentence };
  });
}

function compareAux(found: Found, want: Program, got: Program): void {
  const { aux: wanted } = want;
  const { aux: now } = got;
  if (wanted === null || now === null) return;
  const cnt = Math.min(slotCnt(want), slotCnt(got));
  for (let idx = 0; idx < cnt; idx++) {
    if (sameAux(wanted, now, idx)) continue;
    note(found, () => {
      const [expected, there] = auxTexts(wanted, now, idx);
      const sentence = `aux of insn ${group(idx)} has ${there}, not ${expected}`;
      return { column: 'aux', idx, expected, got: there, sentence };
    });
  }
}

const isSameLine = (a: Program, i: number, b: Program, k: number): boolean =>
  a.lineInfo.line[i] === b.lineInfo.line[k] &&
  a.lineInfo.col[i] === b.lineInfo.col[k] &&
  a.lineInfo.file[i] === b.lineInfo.file[k];

function lineText({ lineInfo, strings }: Program, k: number): string {
  const file = strings[lineInfo.file[k]];
  return `line entry ${group(k)} (${file === undefined ? '' : `${file}:`}${lineInfo.line[k]}:${lineInfo.col[k]})`;
}

const placeText = (idx: number, program: Program): string =>
  `insn ${group(idx)}${idx >= slotCnt(program) ? ', behind the end' : ''}`;

/** Both tables are what is left of one, in its order; no faithful algorithm drops an entry that ours keep. */
function compareLines(found: Found, want: Program, got: Program): void {
  const [a, b] = [want.lineInfo.insnOff, got.lineInfo.insnOff];
  let i = 0;
  for (let k = 0; k < b.length; k++) {
    const kept = i < a.length && isSameLine(want, i, got, k);
    const expected = kept ? a[i] : -1;
    if (kept) i++;
    if (b[k] === expected) continue;
    note(found, () => {
      const text = `${lineText(got, k)} stands at ${placeText(b[k], got)}`;
      const sentence = kept ? `${text}, not at insn ${group(expected)}` : `${text}; it should be gone`;
      return {
        column: 'line_info',
        idx: k,
        expected: kept ? group(expected) : 'none',
        got: group(b[k]),
        sentence,
      };
    });
  }
  for (; i < a.length; i++) {
    const [row, at] = [i, a[i]];
    note(found, () => {
      const sentence = `${lineText(want, row)} is gone; it should stand at insn ${group(at)}`;
      return { column: 'line_info', idx: row, expected: group(at), got: 'none', sentence };
    });
  }
}

const funcName = ({ subprogs, strings }: Program, k: number): string => {
  const name = strings[subprogs.name[k]];
  return `func#${subprogs.ident[k]}${name === undefined ? '' : ` (${name})`}`;
};

/** Starts that stand in one table only, and starts that stand in both with the data of different subprograms. */
function compareSubprogs(found: Found, want: Program, got: Program): void {
  const [a, b] = [want.subprogs, got.subprogs];
  const put = (idx: number, expected: string, now: string, sentence: string): void =>
    note(found, () => ({ column: 'subprogs', idx, expected, got: now, sentence }));
  if (a.start.length === b.start.length) {
    for (let k = 0; k < a.start.length; k++) {
      const [from, to] = [group(b.start[k]), group(a.start[k])];
      if (from !== to) put(k, to, from, `subprogs[${k}] begins at insn ${from}, not at insn ${to}`);
    }
  } else {
    const [wanted, there] = [new Set(a.start), new Set(b.start)];
    for (const [k, start] of a.start.entries()) {
      if (!there.has(start))
        put(k, group(start), 'none', `${funcName(want, k)} at insn ${group(start)} is not in the table`);
    }
    for (const [k, start] of b.start.entries()) {
      if (!wanted.has(start))
        put(k, 'none', group(start), `a subprogram begins at insn ${group(start)}; there should be none`);
    }
  }
  for (const [k, start] of b.start.entries()) {
    const row = a.start.length === b.start.length ? k : a.start.indexOf(start);
    if (row < 0) continue;
    if (a.ident[row] !== b.ident[k]) {
      const [owner, data] = [
        funcName(want, row),
        b.ident[k] < 0 ? 'no data' : `the data of ${funcName(got, k)}`,
      ];
      put(k, owner, data, `${owner} at insn ${group(start)} has ${data} (stack depth, line entries)`);
    } else if (a.linfoIdx[row] !== b.linfoIdx[k]) {
      const [now, expected] = [b.linfoIdx[k], a.linfoIdx[row]];
      const sentence = `${funcName(want, row)} has linfo_idx ${now}, not ${expected}`;
      put(k, `linfo_idx ${expected}`, `linfo_idx ${now}`, sentence);
    }
  }
}

function compareFuncInfo(found: Found, want: Patched, got: Patched): void {
  const a = want.program.subprogs.ident;
  const b = toldOf(got)?.funcInfo ?? got.program.subprogs.ident;
  for (let k = 0; k < Math.max(a.length, b.length); k++) {
    const [expected, now] = [a, b].map((idents) => (k < idents.length ? `func#${idents[k]}` : 'none'));
    if (expected === now) continue;
    const sentence =
      now === 'none'
        ? `func_info has no entry ${k}; it should be that of ${expected}`
        : `func_info entry ${k} is that of ${now}${expected === 'none' ? '; it should be gone' : `, not of ${expected}`}`;
    note(found, () => ({ column: 'func_info', idx: k, expected, got: now, sentence }));
  }
}

function comparePlaces(found: Found, want: Program, got: Program): void {
  for (const [t, table] of got.places.entries()) {
    const expected = want.places[t].at;
    for (const [idx, at] of table.at.entries()) {
      if (at === expected[idx]) continue;
      note(found, () => {
        const [now, then] = [at, expected[idx]].map((slot) => (slot < 0 ? 'no insn' : `insn ${group(slot)}`));
        const sentence = `${table.kind} entry ${group(idx)} names ${now}, not ${then}`;
        return { column: 'places', idx, expected: then, got: now, sentence };
      });
    }
  }
}

/** What goes wrong outside of the program. */
function compareMemory(found: Found, got: Patched): void {
  const told = toldOf(got);
  if (told === null) return;
  const idx = slotCnt(got.program);
  const { overrun, oob } = told;
  if (overrun > 0)
    note(found, () => {
      const now = slotsText(overrun);
      const sentence = `${now} ${overrun === 1 ? 'is' : 'are'} written behind the end of the program's buffer`;
      return { column: 'insns', idx, expected: 'none', got: now, sentence };
    });
  if (oob > 0)
    note(found, () => {
      const now = `${group(oob)} ${oob === 1 ? 'read' : 'reads'}`;
      const sentence = `${now} outside of the map from old to new idx`;
      return { column: 'insns', idx, expected: 'none', got: now, sentence };
    });
}

const refusedText = ({ code, at }: PatchError): string => `-${code} at insn ${group(at)}`;

/**
 * Where one of two is refused and the other is not, or is with another errno; null: they agree. What is said of the
 * kernel or the RFC, whose name goes before it.
 */
export function refusalOf(
  reference: Result<unknown, PatchError>,
  faithful: Result<unknown, PatchError>,
): string | null {
  if (reference.ok && faithful.ok) return null;
  if (reference.ok)
    return `refuses the program with ${refusedText((faithful as { error: PatchError }).error)}; this project does not`;
  if (faithful.ok)
    return `does not refuse the program; this project refuses it with ${refusedText(reference.error)}`;
  const [want, got] = [refusedText(reference.error), refusedText(faithful.error)];
  return want === got ? null : `refuses the program with ${got}; this project refuses it with ${want}`;
}

/** How `faithful` parts from `reference`; both are outcomes of the same edits. `max` rows at most, all counted. */
export function deviationsOf(reference: Outcome, faithful: Outcome, max = 100): Deviations {
  const refusal = refusalOf(reference, faithful);
  const found: Found = { total: refusal === null ? 0 : 1, rows: [], max };
  if (reference.ok && faithful.ok) {
    const [want, got] = [reference.value.program, faithful.value.program];
    compareMemory(found, faithful.value);
    compareInsns(found, want, got);
    compareSubprogs(found, want, got);
    compareLines(found, want, got);
    compareFuncInfo(found, reference.value, faithful.value);
    compareAux(found, want, got);
    comparePlaces(found, want, got);
  }
  return { total: found.total, rows: found.rows, refusal };
}
