/** Target pointers: each jump holds an arrow to the node it leads to, so that no number matters until the end. */
import { FLOW } from '../../isa/flow.ts';
import { OP } from '../../patch/trace.ts';
import { kindOf } from '../../patch/trace-facts.ts';
import { group, type Mark, path } from '../mark.ts';
import { plural, upTo } from '../number.ts';
import { LIST_WORDS } from './list.ts';
import { isSpent, listMiddle } from './list-column.ts';
import { LIST_TELLINGS, linearizeBy, retargetBy } from './list-told.ts';
import { jumpCntAt } from './moved.ts';
import { jumpNumbers } from './numbers.ts';
import type { Line, Middle, Picture, Row, StageInput, Telling } from './picture.ts';
import { jumpName, litJump, nodeName } from './sayings.ts';
import { capital, type Tellings, toldBy } from './told.ts';

const point: Line = {
  code: '  jumps: e.target = node[i + 1 + off]',
  say: ({ source }, op) => {
    const cnt = jumpCntAt(source, op);
    return `${plural(cnt, 'jump or call', 'jumps or calls')} now ${cnt === 1 ? 'points' : 'point'} to the node they lead to. Their distances are nobody\u2019s business until the end.`;
  },
};
const create: Telling = { ...LIST_TELLINGS[OP.CREATE], lines: [...LIST_TELLINGS[OP.CREATE].lines, point] };

/** Jumps that a patch puts get their pointers when they are put: only then it is known what their distance counts. */
const withAim = (telling: Telling): Telling => ({
  ...telling,
  lines: [
    ...telling.lines,
    {
      code: 'jumps of patch: e.target = ...',
      say: ({ source: { trace } }, op) => {
        const edit = trace.opRef[op - 1];
        const cnt = trace.jumps.node.reduce(
          (sum, node, j) => sum + (trace.jumps.from[j] === op && trace.edit[node] === edit ? 1 : 0),
          0,
        );
        return cnt === 0
          ? 'The patch has no jump that would need a pointer.'
          : `${plural(cnt, 'jump')} of the patch ${cnt === 1 ? 'gets its pointer' : 'get their pointers'} now. Pointers to what was there stay as they are.`;
      },
    },
  ],
});

const unlink: Line = {
  code: '  if (e.flag == REMOVED) unlink(e)',
  say: () => 'A removed node leaves the list and keeps a pointer to the next one that lives.',
};
const number: Line = {
  code: '  else e.idx = idx++',
  say: ({ resultCnt }) => `${plural(resultCnt, 'living node')}: numbers ${upTo(resultCnt)}.`,
};

const readTarget: Line = {
  code: 'to = e.target',
  say: ({ source }, op) => {
    const { isCall, target } = jumpNumbers(source, op);
    const where = nodeName(source, target);
    return isCall
      ? `${capital(jumpName(source, op))} points to an entry, which stands at ${where}: it moves when something is put before its node.`
      : `${capital(jumpName(source, op))} points to ${where}: no number was kept.`;
  },
  lit: (source, op) => ({ middle: litJump(source, op).oldEnds }),
};
const TELLINGS: Tellings = {
  ...LIST_TELLINGS,
  [OP.CREATE]: create,
  [OP.REPLACE]: withAim(LIST_TELLINGS[OP.REPLACE]),
  [OP.PREPEND]: withAim(LIST_TELLINGS[OP.PREPEND]),
  [OP.LINEARIZE]: linearizeBy(unlink, number),
  [OP.RETARGET]: retargetBy([readTarget], 2),
};

/** How far a curve reaches towards its control points. */
const BULGE = 0.75;

/** Arrows at the right of the nodes; those of jumps in view whose target is not are cut at the edge. */
function targets(input: StageInput, rows: readonly Row[], y: (row: number) => number): Mark[] {
  const { geometry: g, op, currentJumpNode } = input;
  if (op === 0 || rows.length === 0) return [];
  const byRow = new Map(rows.map((r) => [r.row, r] as const));
  const first = rows[0].row;
  const last = rows[rows.length - 1].row;
  const edge = g.list.x + g.list.w;
  const half = g.boxed ? g.nodeH / 2 - 5 : 3;
  return rows.flatMap((r) => {
    if (r.jump === null || !r.alive) return [];
    const to = r.jump.targetRow;
    const target = byRow.get(to);
    const out = to < first ? first - 1 : to > last ? last + 1 : to;
    const dir = to >= r.row ? 1 : -1;
    const x0 = edge + (r.isNew ? g.list.shift : 0);
    const x1 = edge + (target?.isNew ? g.list.shift : 0);
    const y0 = y(r.row) + dir * half * 0.6;
    const y1 = y(out) - dir * half * 0.6;
    const start = Math.max(x0, x1);
    const bulge = start + Math.min((g.after.washX - 4 - start) / BULGE, 10 + 3 * Math.abs(out - r.row));
    const cls = `target${r.jump.flow === FLOW.CALL ? ' call' : ''}${r.node === currentJumpNode ? ' current' : ''}`;
    return [
      group(`t${r.uid}`, { class: cls }, [
        path('line', `M${x0} ${y0}C${bulge} ${y0} ${bulge} ${y1} ${x1 + 5} ${y1}`, 'line'),
        ...(target
          ? [path('head', 'M0 0l6 -3.4v6.8z', 'head', { transform: `translate(${x1},${y1})` })]
          : []),
      ]),
    ];
  });
}

const nodes = listMiddle();

function middle(input: StageInput, rows: readonly Row[], y: (row: number) => number): Middle {
  const { rows: marks, under, over } = nodes(input, rows, y);
  const { halfDone } = input;
  const isAimed = halfDone === null || kindOf(input.source.trace, halfDone.op) !== OP.CREATE;
  const arrows = isAimed ? targets(input, rows, y) : [];
  return {
    rows: marks,
    under: [...under, group('targets', { class: isSpent(input) ? 'spent' : undefined }, arrows)],
    over,
  };
}

export const targetPointers: Picture = {
  column: 'List',
  ...LIST_WORDS,
  telling: toldBy(TELLINGS),
  middle,
};
