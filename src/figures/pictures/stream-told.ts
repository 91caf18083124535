/** How the batch does it, in words: edits are noted, all numbers and distances are known, then one pass writes. */
import { FLOW } from '../../isa/flow.ts';
import { EDIT } from '../../patch/ops.ts';
import { OP, type Trace } from '../../patch/trace.ts';
import { grouped, plural, signed } from '../number.ts';
import type { TableSource } from '../tables.ts';
import { editAtOf, editLenOf, editNumbers, editOf, jumpNumbers, opCntOf } from './numbers.ts';
import type { StepContext, Telling } from './picture.ts';
import { fitting, litJump, oldTarget, saidTables } from './sayings.ts';
import { difference, editWords, retargetWords, type Tellings } from './told.ts';

const words = editWords('the pass will write the new distances');
const n = grouped;

const noted = (what: (ctx: StepContext, op: number) => string) => (ctx: StepContext, op: number) =>
  `Noted: ${what(ctx, op)}. The array of ${plural(ctx.source.trace.inputCnt, 'slot')} is untouched, and no insn is looked at.`;
const isAt = (source: TableSource, op: number) => ({ middle: [editNumbers(source, op).node] });

const putting = (ctx: StepContext, op: number, where: string): string =>
  `${plural(editLenOf(ctx.source.trace, op), 'insn')} ${where} insn ${n(editAtOf(ctx.source.trace, op))}`;

const replace: Telling = {
  ...words.replace,
  whole: 0,
  lines: [
    {
      code: (trace, op) =>
        `edits[${editOf(trace, op)}] = at ${editAtOf(trace, op)}: new[0..${editLenOf(trace, op) - 1}]`,
      say: noted((ctx, op) => putting(ctx, op, 'for')),
      lit: isAt,
    },
  ],
};
const prepend: Telling = {
  ...words.prepend,
  whole: 0,
  lines: [
    {
      code: (trace, op) =>
        `edits[${editOf(trace, op)}] = before ${editAtOf(trace, op)}: new[1..${editLenOf(trace, op)}]`,
      say: noted((ctx, op) => putting(ctx, op, 'before')),
      lit: isAt,
    },
  ],
};
const remove: Telling = {
  ...words.remove,
  whole: 0,
  lines: [
    {
      code: (trace, op) =>
        `edits[${editOf(trace, op)}] = remove ${editAtOf(trace, op)}, cnt ${editLenOf(trace, op)}`,
      say: noted(({ source: { trace } }, op) => `${plural(editLenOf(trace, op), 'insn')} to remove`),
      lit: isAt,
    },
  ],
};

const number: Telling = {
  name: () => 'number',
  title: ({ source: { trace }, resultCnt }) =>
    `One walk over ${plural(trace.inputCnt, 'slot')} and ${plural(trace.editAt.length, 'edit')} says where each comes to stand: ${plural(resultCnt, 'slot')}.`,
  detail: ({ source: { trace } }) =>
    `Calls, subprograms and line info go to outer, jumps to inner. Nothing is written: ${plural(opCntOf(trace, OP.RETARGET), 'distance')} will be worked out first.`,
  whole: 3,
  numbered: 4,
  lines: [
    {
      code: 'for (t = 0; t < len; t++)',
      say: ({ source: { trace } }) => `All ${plural(trace.inputCnt, 'slot')}, once for all edits.`,
    },
    {
      code: '  outer[t] = pos',
      say: () => 'outer: where what stands for slot t begins, with what is put before it.',
    },
    {
      code: '  inner[t] = pos + prepended(t)',
      say: () => 'inner: behind what is put before it. Jumps go there.',
    },
    {
      code: '  pos += size(t)',
      say: ({ resultCnt }) =>
        `A slot takes one place, a patched one as many as it has insns, a removed one none: ${n(resultCnt)} in all.`,
    },
  ],
};

const retarget: Telling = {
  ...retargetWords,
  detail: (ctx, op) => `${retargetWords.detail(ctx, op)} It is noted, and written by the pass.`,
  whole: 4,
  check: 3,
  lines: [
    {
      code: 't = i + 1 + insn[i].off',
      say: ({ source }, op) => oldTarget(source, op),
      lit: (source, op) => ({ before: litJump(source, op).oldEnds, middle: litJump(source, op).oldEnds }),
    },
    {
      code: (trace, op) => `to = ${mapFor(trace, op)}[t]`,
      say: ({ source }, op) =>
        `One read of the map: the target comes to stand at ${n(jumpNumbers(source, op).to)}.`,
      lit: (source, op) => ({ middle: litJump(source, op).living }),
    },
    {
      code: 'off = to - inner[i] - 1',
      say: ({ source }, op) => {
        const { to, from, final } = jumpNumbers(source, op);
        return `The new distance is ${difference(to, from, final)}.`;
      },
      lit: (source, op) => ({ middle: litJump(source, op).ends, after: litJump(source, op).ends }),
    },
    {
      code: 'if (!fits(off)) return -ERANGE',
      say: ({ source }, op) => fitting(source, op),
      lit: (source, op) => ({ middle: litJump(source, op).jump }),
    },
    {
      code: 'needed[k++] = off',
      say: ({ source }, op) =>
        `${signed(jumpNumbers(source, op).final)} is noted: the insn itself is written by the pass.`,
      lit: (source, op) => ({ middle: litJump(source, op).jump }),
    },
  ],
};
const mapFor = (trace: Trace, op: number): string =>
  trace.jumps.flow[trace.opRef[op - 1]] === FLOW.CALL ? 'outer' : 'inner';

interface Runs {
  readonly runs: number;
  readonly kept: number;
  readonly patches: number;
  readonly put: number;
}

/** Runs of insns without edits, and what patches put. */
function runsOf({ editAt, editKind, editLen, inputCnt }: Trace): Runs {
  let runs = 0;
  let kept = 0;
  let patches = 0;
  let put = 0;
  let t = 0;
  for (let e = 0; e <= editAt.length; e++) {
    const at = e < editAt.length ? editAt[e] : inputCnt;
    if (at > t) {
      runs++;
      kept += at - t;
    }
    if (e === editAt.length) break;
    t = editKind[e] === EDIT.PREPEND ? at : at + (editKind[e] === EDIT.REPLACE ? 1 : editLen[e]);
    if (editKind[e] === EDIT.REMOVE) continue;
    patches++;
    put += editLen[e];
  }
  return { runs, kept, patches, put };
}

const copy: Telling = {
  name: () => 'copy',
  title: ({ resultCnt, source: { trace } }) => {
    const { runs, patches } = runsOf(trace);
    return `One pass writes ${plural(resultCnt, 'slot')}: ${plural(runs, 'run')} in bulk, ${plural(patches, 'patch', 'patches')} between.`;
  },
  detail: ({ source: { trace } }) =>
    `The read head goes over the old array, the write head over the new one; neither turns back. ${plural(opCntOf(trace, OP.RETARGET), 'noted distance')} written with it.`,
  whole: 2,
  hollow: 1,
  writes: true,
  lines: [
    {
      code: 'dst = alloc(pos)',
      say: ({ resultCnt }) => `One array for ${plural(resultCnt, 'slot')}: its cells are empty.`,
    },
    {
      code: 'for each run up to the next edit',
      say: ({ source: { trace } }) => {
        const { runs, kept } = runsOf(trace);
        return `${plural(runs, 'run')} without edits, ${plural(kept, 'slot')} together. Both heads stand at 0.`;
      },
    },
    {
      code: '  memcpy(dst + w, prog + r, run)',
      say: ({ source: { trace } }) => {
        const first = trace.editAt.length > 0 ? trace.editAt[0] : trace.inputCnt;
        return `A run moves in bulk, whatever is in it: the first has ${plural(first, 'slot')}.`;
      },
    },
    {
      code: '  memcpy(dst + w, new, e.len)',
      say: ({ source: { trace } }) => {
        const { patches, put } = runsOf(trace);
        return `Then the insns of the edit: ${n(put)} in ${plural(patches, 'patch', 'patches')}.`;
      },
    },
    {
      code: 'dst[...].off = needed[...]',
      say: ({ source: { trace } }) =>
        `${plural(opCntOf(trace, OP.RETARGET), 'noted distance')} written: the old array has served.`,
    },
  ],
};

export const STREAM_TELLINGS: Tellings = {
  ...saidTables((slot) => `outer[${slot}]`),
  [OP.REPLACE]: replace,
  [OP.PREPEND]: prepend,
  [OP.REMOVE]: remove,
  [OP.NUMBER]: number,
  [OP.RETARGET]: retarget,
  [OP.COPY]: copy,
};
