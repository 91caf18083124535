/** The card of the selected insn. Computed only while it is shown. */
import { grouped } from '../figures/index.ts';
import { highHalf, insnText } from '../figures/insn-text.ts';
import { entryAt } from '../figures/line-rows.ts';
import { type Provenance, provenanceOf } from '../figures/provenance.ts';
import {
  type ProvenanceLine,
  placeNow,
  provenanceLines,
  provenanceText,
} from '../figures/provenance-lines.ts';
import type { TableSource } from '../figures/tables.ts';
import { frameAt } from '../patch/frame.ts';
import type { RunDone } from '../pipeline/index.ts';
import { derive } from './derive.ts';
import { lineOfUid, nodeOfUid, tableSource } from './selectors.ts';
import type { State } from './store.ts';

export interface InsnCard {
  /** The insn as it is carried at the moment. */
  readonly insn: string;
  /** "After 14", "before 11". */
  readonly now: string;
  readonly from: string;
  readonly lines: readonly ProvenanceLine[];
  /** All of it, to paste somewhere. */
  readonly copy: string;
  readonly facts: Provenance;
}

/** The insn that a node holds at a moment at which it is born. */
function insnAt({ trace, before }: RunDone, { moments }: TableSource, moment: number, node: number): string {
  const [row] = frameAt(trace, moments, moment, moments.rankBorn(moment, node), 1).rows;
  if (row.isSecondSlot) return `${highHalf(row.imm)} of the 64-bit constant`;
  return insnText(row.w0, row.imm, row.jump?.now ?? null, row.nextImm, before.kfuncs);
}

/** "C 24:21" with its file, where another file is meant than the one of the first entry. */
function cPositionOf({ before }: RunDone, slot: number): string {
  const { lineInfo, strings } = before;
  const entry = entryAt(lineInfo, slot);
  if (entry < 0) return '';
  const { file, line, col, text } = lineInfo;
  const name = file[entry] === file[0] ? '' : `${strings[file[entry]] ?? ''} `;
  const source = strings[text[entry]] ?? '';
  return `${name}C ${grouped(line[entry])}:${col[entry]}${source === '' ? '' : ` ${source}`}`;
}

/** Null: nothing is selected, or it is not in this run at all. */
export const cardOf: (s: State) => InsnCard | null = derive(
  (s: State) => [s.good, tableSource(s), s.focusUid, s.op] as const,
  (run: RunDone | null, source: TableSource | null, uid: number | null, moment: number) => {
    if (!run || !source || uid === null) return null;
    const node = nodeOfUid(run, uid);
    if (node < 0) return null;
    const facts = provenanceOf(source, moment, node);
    // One that is not born yet is as its patch will have it.
    const shown = facts.state === 'unborn' ? run.trace.birth[node] : moment;
    const insn = insnAt(run, source, shown, node);
    const lines = provenanceLines(facts, moment, {
      was: facts.rewritten ? insnAt(run, source, 0, node) : '',
      line: lineOfUid(run, uid),
      cPosition: cPositionOf(run, facts.slot),
      opCnt: run.trace.opCnt,
    });
    return { insn, ...placeNow(facts), lines, copy: provenanceText(facts, insn, lines), facts };
  },
);
