/**
 * What the gallery shows: scenes by name, and for each figure the scenes and moments at which it has something to say.
 * A new figure is a section here.
 */
import { EXAMPLES } from '../../examples/index.ts';
import { chartFigure } from '../../figures/chart.ts';
import { distanceFacts } from '../../figures/distance-facts.ts';
import { GAUGE_H, gaugeFigure } from '../../figures/gauge.ts';
import type { Mark } from '../../figures/index.ts';
import { THUMBNAIL, thumbnail } from '../../figures/thumbnail.ts';
import { OP } from '../../patch/trace.ts';
import { noWork } from '../../patch/work.ts';
import type { SweepSize } from '../../pipeline/index.ts';
import type { SweepView } from '../../store/sweep.ts';
import { AXES, seriesOf } from '../chart/series.ts';
import { type Drawn, runOf, type Scene, stagePiece, timelinePiece } from './draw-piece.ts';

const example = (id: string) => {
  const found = EXAMPLES.find((one) => one.id === id);
  if (!found) throw new Error(`bug: there is no example ${id}`);
  return found;
};

/** Removals, a prepend and a loop on little room. */
const REMOVALS = `r1 = 1
r2 = 2
;@prepend r6 = r1
if r1 == 2 goto out
;@remove
r2 += 1
;@remove
r2 += 2
;@replace r0 = 1 | r0 += 2
r0 = 3
if r0 > 8 goto -4
out:
exit
`;

/** Enough rows that nodes are dots. */
const DENSE = `${Array.from({ length: 40 }, (_, i) =>
  i % 7 === 3
    ? `if r${i % 5} == ${i} goto +${4 + (i % 9)}`
    : i % 6 === 0
      ? `r${i % 3} /= r3`
      : `r${i % 9} += ${i}`,
).join('\n')}\n${'r0 = 0\n'.repeat(14)}exit\n`;

const FIRST: Scene = { source: example('mean').source, pass: 'div_guard' };
const EDITS: Scene = { source: REMOVALS, pass: 'edits' };
const MANY: Scene = { source: DENSE, pass: 'div_guard' };

export interface Piece {
  readonly name: string;
  readonly draw: (width: number) => Promise<Drawn>;
}

export interface Section {
  readonly name: string;
  readonly pieces: readonly Piece[];
}

const stage = (name: string, scene: Scene, op: number, micro = 0): Piece => ({
  name,
  draw: (width) => stagePiece(scene, { op, micro }, width),
});

const timeline = (name: string, scene: Scene, op: number, micro = 0): Piece => ({
  name,
  draw: (width) => timelinePiece(scene, { op, micro }, width),
});

async function firstRetargeted(width: number): Promise<Drawn> {
  const { trace } = runOf(FIRST);
  const jump = trace.opRef[trace.opKind.indexOf(OP.RETARGET)];
  return {
    host: 'gauge',
    marks: gaugeFigure(distanceFacts(trace, jump), Math.min(width, 320)),
    height: GAUGE_H,
  };
}

async function small(): Promise<Drawn> {
  const { trace, before } = runOf(MANY);
  const marks: Mark[] = [
    { tag: 'g', key: 'small', attrs: { class: 'thumbnail' }, children: thumbnail(trace, before.insns) },
  ];
  return { host: '', marks, height: THUMBNAIL.height };
}

/** Measurements as they once came out, because no picture may depend on a clock: n, then touches and ms of each. */
const MEASURED = [
  [100, 2_512, 0.08, 906, 0.06, 509, 0.03],
  [316, 25_203, 0.31, 2_671, 0.11, 1_609, 0.05],
  [1_000, 250_310, 2.1, 8_391, 0.34, 5_080, 0.06],
  [3_162, 2_484_201, 16.3, 26_512, 0.88, 16_060, 0.16],
  [10_000, 24_857_402, 95.1, 83_802, 1.9, 50_798, 0.33],
  [31_623, 340_402_898, 960, 265_003, 8.1, 160_636, 0.91],
  [100_000, 472_935_402, 2_010, 838_001, 25.2, 507_977, 3.4],
  [316_228, 0, 0, 2_649_902, 77, 1_606_400, 10.1],
  [1_000_000, 0, 0, 8_379_765, 262, 5_079_769, 33],
] as const;

const SIZES: readonly SweepSize[] = MEASURED.map(([n, a, aMs, l, lMs, s, sMs]) => {
  const lane = (id: string, touches: number, ms: number) => ({
    ...{ id, touches, ms, work: noWork(), isCut: id === 'array' && n === 100_000 },
  });
  const lanes = [lane('array', a, aMs), lane('list', l, lMs), lane('stream', s, sMs)];
  return { n, patches: n / 10, lanes: lanes.filter(({ touches }) => touches > 0) };
});

const CHART_H = 480;
const chart = (view: SweepView): Piece => ({
  name: `growth of ${view}`,
  draw: async (width) => ({
    host: 'chart',
    marks: chartFigure(
      seriesOf(SIZES, view),
      AXES[view],
      { width, height: CHART_H, isSmall: false },
      {
        series: 'stream',
        n: 10_000,
      },
    ),
    height: CHART_H,
  }),
});

/** Ops of the first scene: create, replace 4, linearize, jump 2, jump 5, aux, subprograms, line info. */
export const SECTIONS: readonly Section[] = [
  {
    name: 'List',
    pieces: [
      stage('before the first op', FIRST, 0),
      stage('the last new node is linked', FIRST, 1, 3),
      stage('replaced', FIRST, 2),
      stage('linearize has numbered the nodes', FIRST, 2, 2),
      stage('the first distance is written', FIRST, 4),
      stage('finished', FIRST, 8),
    ],
  },
  {
    name: 'Edits of all kinds',
    pieces: [
      stage('removed, prepended, replaced', EDITS, 5),
      stage('finished', EDITS, 20),
      stage('many rows', MANY, 30),
    ],
  },
  {
    name: 'Array',
    pieces: [4, 5, 6, 8, 9, 11].map((line) =>
      stage(`line ${line}`, { ...FIRST, algorithm: 'array' }, 0, line),
    ),
  },
  {
    name: 'Other algorithms',
    pieces: [
      stage('batch, an edit is noted', { ...FIRST, algorithm: 'stream' }, 1),
      stage('batch, finished', { ...FIRST, algorithm: 'stream' }, 20),
      stage('target pointers', { ...FIRST, algorithm: 'target-pointers' }, 2),
      stage('patcher map', { ...FIRST, algorithm: 'patcher-map' }, 2),
      stage('pooled list', { ...FIRST, algorithm: 'list-pooled' }, 2),
      stage('the list of the RFC', { ...FIRST, semantics: 'rfc-2019' }, 2),
    ],
  },
  {
    name: 'Time',
    pieces: [
      timeline('few ops', FIRST, 2),
      timeline('in the middle of an op', FIRST, 1, 3),
      timeline('signs only', EDITS, 4),
      timeline('many ops', MANY, 12),
    ],
  },
  { name: 'Chart', pieces: [chart('work'), chart('time')] },
  {
    name: 'Parts',
    pieces: [
      { name: 'distance of a jump', draw: firstRetargeted },
      { name: 'small picture', draw: small },
    ],
  },
];
