/** Figures of a scene at a moment, drawn at once and without the page around them. */
import {
  geometryFor,
  halfDoneAt,
  lineCntOf,
  loadPicture,
  type Mark,
  type Place,
  stageColumns,
  stageInput,
  stageSource,
} from '../../figures/index.ts';
import { timelineFigure } from '../../figures/timeline.ts';
import { type RunDone, run } from '../../pipeline/index.ts';
import { slotCnt } from '../../program/program.ts';
import { stageRoot } from '../stage/stage-root.ts';

export interface Scene {
  readonly source: string;
  readonly pass: string;
  readonly algorithm?: string;
  readonly semantics?: string;
}

export interface Drawn {
  /** Class of the element that holds the figure in the page. */
  readonly host: 'stage-scroll' | 'slider' | 'gauge' | 'chart' | '';
  readonly marks: readonly Mark[];
  readonly height: number;
}

const runs = new Map<string, RunDone>();

/** A scene is run once, however many figures show it. */
export function runOf(scene: Scene): RunDone {
  const key = JSON.stringify(scene);
  const known = runs.get(key);
  if (known) return known;
  const output = run({ algorithm: 'list', semantics: 'engine', seed: 1, ...scene });
  if (!output.ok) throw new Error(`bug: a scene of the gallery is wrong: ${output.diagnostics[0]?.message}`);
  runs.set(key, output);
  return output;
}

const inTime = ({ trace }: RunDone, { op, micro }: Place): Place =>
  op >= trace.opCnt ? { op: trace.opCnt, micro: 0 } : { op, micro };

export async function stagePiece(scene: Scene, place: Place, width: number): Promise<Drawn> {
  const done = runOf(scene);
  const { trace, before } = done;
  const picture = await loadPicture(done.algorithm, done.semantics);
  const at = inTime(done, place);
  const geometry = geometryFor(width, trace.nodeCnt, 760);
  const halfDone = halfDoneAt(picture, trace, at);
  const input = stageInput(
    stageSource(trace, before, picture),
    { op: at.op, halfDone },
    { geometry, firstRow: 0, rowCnt: 60, focusUid: null, hoverUid: null },
  );
  // In the middle of an op the middle column may be longer than the program: an array that has been grown.
  const rowCnt = at.micro > 0 ? Math.max(input.frame.rowCnt, trace.nodeCnt) : input.frame.rowCnt;
  const root = stageRoot(stageColumns(input), { column: picture.column, rowCnt, shift: 0 });
  const height = geometry.padTop + Math.min(60, rowCnt) * geometry.pitch + geometry.padBottom;
  return { host: 'stage-scroll', marks: [root], height };
}

export async function timelinePiece(scene: Scene, place: Place, width: number): Promise<Drawn> {
  const done = runOf(scene);
  const { trace, result } = done;
  const picture = await loadPicture(done.algorithm, done.semantics);
  const height = 88;
  const { marks } = timelineFigure({
    ...{ trace, width, height, from: null, touched: new Int32Array(0) },
    ...inTime(done, place),
    resultCnt: result.ok ? slotCnt(result.value.program) : trace.inputCnt,
    linesOf: (op) => lineCntOf(picture, trace, op),
  });
  return { host: 'slider', marks, height };
}
