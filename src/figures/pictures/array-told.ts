/** How the kernel's array does it, in words: the loop of the pass with its `i + delta`, and what is done for each patch. */
import { OP } from '../../patch/trace.ts';
import { kindOf, slotOfJump } from '../../patch/trace-facts.ts';
import { brokenJump, distanceFacts } from '../distance-facts.ts';
import { grouped, plural, signed } from '../number.ts';
import type { TableSource } from '../tables.ts';
import { jumpCntAt, type Moved, movedLines, movedSubprogs } from './moved.ts';
import { editAtOf, editNumbers } from './numbers.ts';
import type { Line, StepContext, Telling } from './picture.ts';
import { editWords, type Tellings } from './told.ts';

const words = editWords('the scan of this op writes them');

/** Lines done by which a thing can be seen, for ops that put insns. */
export const PUT = { grown: 4, moved: 5, written: 6, swept: 7, adjusted: 8 } as const;
/** The same for ops that delete. */
export const CUT = { moved: 3, swept: 5, adjusted: 6 } as const;

const n = grouped;
const numbers = ({ source }: Pick<StepContext, 'source'>, op: number) => editNumbers(source, op);

const isAt = (source: TableSource, op: number) => ({ middle: [editNumbers(source, op).node] });

const loop: Line = {
  code: 'for (i = 0; i < len; i++)',
  say: (ctx, op) => {
    const { at, off, delta } = numbers(ctx, op);
    const where = `i = ${n(at)}, delta = ${n(delta)}`;
    return delta === 0
      ? `${where}: nothing before insn ${n(at)} has moved it.`
      : `${where}: edits before have moved insn ${n(at)} by ${signed(delta)}, to i + delta = ${n(off)}.`;
  },
  lit: isAt,
};
const rewriteLine: Line = {
  code: '  cnt = rewrite(insn[i + delta], buf)',
  say: (ctx, op) => {
    const { off, len, at } = numbers(ctx, op);
    return `insn[i + delta] is insn[${n(off)}]. For insn ${n(at)}, buf gets ${plural(len, 'insn')}: cnt = ${n(len)}.`;
  },
  lit: isAt,
};
const call: Line = {
  code: '  prog = patch(i + delta, buf, cnt)',
  say: (ctx, op) => {
    const { off, was, delta, at } = numbers(ctx, op);
    return `patch at off = i + delta = ${n(at)} + ${n(delta)} = ${n(off)}, in an array of ${plural(was, 'slot')}.`;
  },
  lit: isAt,
};
const grow = (code: string): Line => ({
  code,
  say: (ctx, op) => {
    const { was, is, growth } = numbers(ctx, op);
    return `The array grows from ${n(was)} to ${plural(is, 'cell')}: ${n(growth)} empty at the end.`;
  },
});
const move = (code: string): Line => ({
  code,
  say: (ctx, op) => {
    const { tail, growth, off, is, was } = numbers(ctx, op);
    if (tail === 0) return 'Nothing stands behind the patch: 0 insns are moved.';
    const first = was - tail;
    return growth > 0
      ? `The tail moves down by ${n(growth)}, all ${plural(tail, 'slot')} of it: ${n(first)} to ${n(was - 1)} become ${n(first + growth)} to ${n(is - 1)}.`
      : `The tail moves up by ${n(-growth)} and closes the hole at ${n(off)}: ${plural(tail, 'slot')} moved.`;
  },
});
const write: Line = {
  code: '    memcpy(off, buf, cnt)',
  say: (ctx, op) => {
    const { len, off } = numbers(ctx, op);
    return `${plural(len, 'insn')} written at off = ${n(off)}${len > 1 ? ` to ${n(off + len - 1)}` : ''}.`;
  },
  lit: (source, op) => {
    const { node, firstNew, growth } = editNumbers(source, op);
    return { middle: [node, ...Array.from({ length: growth }, (_, k) => firstNew + k)] };
  },
};
const sweep = (indent: string): readonly Line[] => [
  {
    code: `${indent}for (j = 0; j < len; j++)`,
    say: (ctx, op) => {
      const { is } = numbers(ctx, op);
      return `The whole array is looked at for jumps: scanned ${n(is)} of ${n(is)}, for this one patch.`;
    },
  },
  {
    code: `${indent}  if (across(j, off)) adjust(j)`,
    say: (ctx, op) => {
      const cnt = ctx.retargetedBy(op);
      const jumps = plural(jumpCntAt(ctx.source, op), 'jump or call', 'jumps or calls');
      return `${jumps} met; ${n(cnt)} of them ${cnt === 1 ? 'leads' : 'lead'} across off = ${n(numbers(ctx, op).off)} and ${cnt === 1 ? 'is' : 'are'} adjusted.`;
    },
  },
];

const moved = ({ cnt, moved }: Moved, one: string, many: string): string =>
  cnt === 0
    ? `There are no ${many}.`
    : moved === 0
      ? `None of ${plural(cnt, one, many)} stands behind off: all are looked at.`
      : `${n(moved)} of ${plural(cnt, one, many)} ${moved === 1 ? 'moves' : 'move'}: all are looked at.`;

const tables = (indent: string, cut: boolean): readonly Line[] => [
  {
    code: cut ? `${indent}cut line info, shift the rest` : `${indent}shift line info behind off`,
    say: ({ source }, op) => moved(movedLines(source, op), 'line entry', 'line entries'),
  },
  {
    code: cut ? `${indent}cut subprogs, shift the rest` : `${indent}shift subprog starts behind off`,
    say: ({ source }, op) => moved(movedSubprogs(source, op), 'subprogram', 'subprograms'),
  },
  {
    code: cut ? `${indent}move aux` : `${indent}move aux, new records`,
    say: ({ source }, op) => {
      const { tail, len, growth } = editNumbers(source, op);
      if (source.before.aux === null) return 'There is no aux in this layer.';
      return growth < 0
        ? `${plural(tail, 'record')} moved with the tail.`
        : `${plural(tail, 'record')} moved with the tail; ${plural(len, 'slot')} written${kindOf(source.trace, op) === OP.PREPEND ? ', new records all of them' : ', the last of them inherits'}.`;
    },
  },
];
const advance = (code: string): Line => ({
  code,
  say: (ctx, op) => {
    const { delta, growth, at } = numbers(ctx, op);
    return `delta = ${n(delta)} ${growth < 0 ? '\u2212' : '+'} ${n(Math.abs(growth))} = ${n(delta + growth)}: what stands behind insn ${n(at)} is found at i + delta.`;
  },
});

/** The array looks after each patch, so it is another distance that is too far than in the end. */
const refused: Telling['refused'] = ({ source: { trace } }) => {
  const j = trace.refused?.code === 'ERANGE' ? brokenJump(trace) : -1;
  const facts = j < 0 ? null : distanceFacts(trace, j);
  if (facts === null || facts.breaks === null) return null;
  const { breaks, bits, limit, now } = facts;
  const done = plural(breaks.nth - 1, 'patch', 'patches');
  return {
    title: `The patch of insn ${n(breaks.slot)} would give the jump at insn ${n(slotOfJump(trace, j))} a distance of ${signed(breaks.distance)}; ${bits} bits hold ${signed(limit)}.`,
    detail: `The array looks after each patch: ${done} under the jump stand in it, and are thrown away with it. With all patches the distance would be ${signed(now)}.`,
  };
};

const replace: Telling = {
  ...words.replace,
  refused,
  whole: 7,
  born: PUT.moved,
  lines: [
    ...[loop, rewriteLine, call],
    grow('    grow(prog, len + cnt - 1)'),
    move('    memmove(off + cnt, off + 1, tail)'),
    write,
    ...sweep('    '),
    ...tables('    ', false),
    advance('  delta += cnt - 1'),
  ],
};

const prepend: Telling = {
  ...words.prepend,
  refused,
  whole: 7,
  born: PUT.moved,
  lines: [
    ...[loop, rewriteLine, call],
    grow('    grow(prog, len + cnt)'),
    move('    memmove(off + cnt, off, tail)'),
    write,
    ...sweep('    '),
    ...tables('    ', false),
    advance('  delta += cnt'),
  ],
};

const rewrite: Telling = {
  ...words.rewrite,
  whole: 3,
  lines: [
    ...[loop, rewriteLine, call],
    {
      ...write,
      say: ({ source: { trace } }, op) => `Insn ${n(editAtOf(trace, op))} is overwritten: one for one.`,
    },
    advance('  delta += cnt - 1'),
  ],
};

const remove: Telling = {
  ...words.remove,
  refused,
  whole: 5,
  born: CUT.moved,
  lines: [
    {
      code: 'for each hole (i, cnt)',
      say: (ctx, op) => {
        const { at, len, delta } = numbers(ctx, op);
        return `The hole begins at i = ${n(at)} and is ${plural(len, 'insn')} long; delta = ${signed(delta)}.`;
      },
      lit: isAt,
    },
    {
      code: '  off = i + delta',
      say: (ctx, op) => {
        const { at, off, delta } = numbers(ctx, op);
        return `off = ${n(at)} ${delta < 0 ? '\u2212' : '+'} ${n(Math.abs(delta))} = ${n(off)}.`;
      },
      lit: isAt,
    },
    move('  memmove(off, off + cnt, tail)'),
    {
      code: '  len -= cnt',
      say: (ctx, op) => `len = ${n(numbers(ctx, op).is)} now.`,
    },
    ...sweep('  '),
    ...tables('  ', true),
    advance('  delta -= cnt'),
  ],
};

export const ARRAY_TELLINGS: Tellings = {
  [OP.REPLACE]: replace,
  rewrite,
  [OP.PREPEND]: prepend,
  [OP.REMOVE]: remove,
};
