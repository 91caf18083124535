/** What the op at a moment did, in words: one sentence with numbers, a second one for why, and the algorithm's lines. */
import { FLOW } from '../isa/flow.ts';
import { OP, OP_NAMES, type OpKind, type Trace } from '../patch/trace.ts';
import { grouped, MINUS, plural, signed } from './number.ts';
import { slotOfJump } from './op-words.ts';

export interface StepContext {
  readonly trace: Trace;
  /** Words for the pass: who rewrites this program and why. */
  readonly passLabel: string;
  readonly passWhy: string;
  /** Text of an input slot's insn. */
  readonly insnAt: (slot: number) => string;
  /** Slot a node has if the algorithm finished at a moment (-1: none), and slot of a final-order position. */
  readonly slotOfNode: (moment: number, node: number) => number;
  readonly slotOfPos: (moment: number, pos: number) => number;
  readonly resultCnt: number;
  /** Jumps and calls whose distance an edit op changes. */
  readonly retargetedBy: (op: number) => number;
}

export interface Step {
  /** Short name, such as "replace 4". */
  readonly name: string;
  readonly title: string;
  readonly detail: string;
  readonly code: readonly string[];
  /** Index of the line that stands for the whole op, -1: none. */
  readonly lit: number;
  /** One sentence a line, where a line is worth one. */
  readonly lines?: readonly string[];
}

export function stepAt(ctx: StepContext, moment: number): Step {
  const { trace } = ctx;
  if (moment === 0)
    return {
      name: 'start',
      title: `${ctx.passLabel}: ${plural(trace.opCnt, 'step')} from this program to the patched one.`,
      detail: ctx.passWhy,
      code: [],
      lit: -1,
    };
  const kind = trace.opKind[moment - 1] as OpKind;
  if (trace.refused && moment === trace.opCnt) return refusedStep(ctx, moment);
  return STEPS[kind](ctx, moment);
}

/** The op behind `moment`, of which `micro` lines are done. */
export function stepWithin(ctx: StepContext, moment: number, micro: number): Step {
  const step = stepAt(ctx, moment + 1);
  const title = step.lines?.[micro - 1] ?? step.title;
  return { ...step, title, lit: micro - 1, name: `${step.name} \u00b7 step ${micro} of ${step.code.length}` };
}

type Describe = (ctx: StepContext, moment: number) => Step;

const LINEARIZE_CODE = [
  'for (e = head; e; e = e.next)',
  '    idx_map[e.orig] = idx',
  '    prog[idx++] = e.insn',
  'for each jump in prog',
  '    off = idx_map[target] - idx - 1',
];

const done = (trace: Trace): string =>
  trace.style === 'list'
    ? 'linearize will number the nodes, retarget will write the new distances'
    : 'they are already written';

const STEPS: Record<OpKind, Describe> = {
  [OP.CREATE]: ({ trace, passWhy }) => ({
    name: 'create',
    title: `${plural(trace.inputCnt, 'insn becomes a node', 'insns become nodes')}, each pointing to the next.`,
    detail: passWhy,
    code: [
      'for (i = 0; i < len; i++)',
      '    e = alloc()',
      '    e.insn = prog[i], e.orig = i',
      '    prev.next = e, prev = e',
    ],
    lit: 2,
  }),
  [OP.REPLACE]: (ctx, moment) => replaceStep(ctx, moment),
  [OP.PREPEND]: (ctx, moment) => {
    const { trace } = ctx;
    const edit = trace.opRef[moment - 1];
    const at = trace.editAt[edit];
    return {
      name: `prepend ${at}`,
      title: `${plural(trace.editLen[edit], 'insn')} put before insn ${grouped(at)}.`,
      detail: `Jumps to insn ${grouped(at)} skip them; calls, subprogram starts and line info point to the first of them. ${crossingText(ctx, moment)}`,
      code: ['new[1..m] = alloc(patch)', 'new[m].next = elem', 'prev.next = new[1]'],
      lit: 2,
    };
  },
  [OP.REMOVE]: (ctx, moment) => {
    const { trace } = ctx;
    const edit = trace.opRef[moment - 1];
    const at = trace.editAt[edit];
    const cnt = trace.editLen[edit];
    return {
      name: `remove ${at}`,
      title:
        cnt === 1
          ? `Insn ${grouped(at)} is deleted.`
          : `Insns ${grouped(at)} to ${grouped(at + cnt - 1)} are deleted.`,
      detail: `Jumps to ${cnt === 1 ? 'it' : 'them'} go to the next insn that stays. ${crossingText(ctx, moment)}`,
      code:
        trace.style === 'list'
          ? ['elem.flag = REMOVED']
          : ['memmove(prog + at, prog + at + cnt)', 'for each jump in prog: adjust'],
      lit: 0,
    };
  },
  [OP.LINEARIZE]: ({ trace, resultCnt }) => ({
    name: 'linearize',
    title: `The list becomes an array again: ${plural(resultCnt, 'slot')}, numbered from 0.`,
    detail: `Every jump still carries its old distance. ${plural(retargetCnt(trace), 'distance')} will be written next.`,
    code: LINEARIZE_CODE,
    lit: 2,
  }),
  [OP.RETARGET]: (ctx, moment) => retargetStep(ctx, moment),
  [OP.AUX]: () => ({
    name: 'aux',
    title: 'Each aux record follows its insn.',
    detail:
      'The last slot of a patch inherits the whole record, as in mainline. The other new slots get an empty one: seen is inherited, zext_dst computed from the new insn.',
    code: [
      'new_aux[heir[i]] = aux[i]',
      'new slots: zero, seen = aux[at].seen',
      'touched slots: zext_dst = defines32(insn)',
    ],
    lit: 0,
  }),
  [OP.SUBPROGS]: () => ({
    name: 'subprograms',
    title: 'Subprogram starts move with their first insn.',
    detail:
      'A start stays in front of what was put before or in place of its first insn. A subprogram dies when all its insns are deleted.',
    code: ['start = idx_map[start]'],
    lit: 0,
  }),
  [OP.LINES]: () => ({
    name: 'line info',
    title: 'Line info follows: no entry is added.',
    detail:
      'An entry of a patched insn stays at the first new insn. Of deleted insns the last entry moves onto the next insn that stays, if that has none.',
    code: ['e.insn_off = idx_map[e.insn_off]'],
    lit: 0,
  }),
};

const retargetCnt = (trace: Trace): number => {
  let cnt = 0;
  for (let i = 0; i < trace.opCnt; i++) if (trace.opKind[i] === OP.RETARGET) cnt++;
  return cnt;
};

function crossingText(ctx: StepContext, moment: number): string {
  const cnt = ctx.retargetedBy(moment);
  if (cnt === 0) return 'It changes the distance of no jump or call.';
  return `It changes the distance of ${plural(cnt, 'jump or call', 'jumps or calls')}: ${done(ctx.trace)}.`;
}

const ARRAY_CODE = [
  'grow(prog, m - 1)',
  'memmove(prog + i + m, prog + i + 1)',
  'memcpy(prog + i, patch)',
  'for each insn in prog',
  '    if it jumps across i: adjust off',
  'shift aux, line info, subprograms',
];

function replaceStep(ctx: StepContext, moment: number): Step {
  const { trace } = ctx;
  const edit = trace.opRef[moment - 1];
  const at = trace.editAt[edit];
  const m = trace.editLen[edit];
  const was = ctx.insnAt(at);
  if (m === 1)
    return {
      name: `replace ${at}`,
      title: `Insn ${grouped(at)} is rewritten in place.`,
      detail: `It was ${was}. One for one: nothing moves; zext_dst is computed again.`,
      code: ['elem.insn = patch[0]'],
      lit: 0,
    };
  const last = m - 1;
  return {
    name: `replace ${at}`,
    title: `Insn ${grouped(at)} becomes ${m} insns.`,
    detail: `It was ${was}. ${crossingText(ctx, moment)}`,
    code:
      trace.style === 'array'
        ? ARRAY_CODE
        : [
            'elem.insn = patch[0]',
            `new[1..${last}] = alloc(patch[1..${last}])`,
            `new[${last}].next = elem.next`,
            'elem.next = new[1]',
            'elem.flag = PATCHED',
          ],
    lit: trace.style === 'array' ? 4 : 3,
    ...(trace.style === 'array' ? {} : { lines: replaceLines(at, last) }),
  };
}

const replaceLines = (at: number, last: number): string[] => [
  `Node ${grouped(at)} gets the first insn of the patch.`,
  `${plural(last, 'node')} for the rest: nothing points to ${last === 1 ? 'it' : 'them'} yet.`,
  `The last new node points to what came behind node ${grouped(at)}.`,
  `Node ${grouped(at)} now points to the first new node.`,
  `Node ${grouped(at)} is marked: it was patched.`,
];

function retargetStep(ctx: StepContext, moment: number): Step {
  const { trace } = ctx;
  const { jumps } = trace;
  const j = trace.opRef[moment - 1];
  const from = ctx.slotOfNode(moment, jumps.node[j]);
  const to = ctx.slotOfPos(moment, jumps.target[j]);
  const verb = jumps.flow[j] === FLOW.CALL ? 'Call' : 'Jump';
  const slot = slotOfJump(trace, j);
  return {
    name: `${verb.toLowerCase()} ${slot}`,
    title: `${verb} at ${grouped(from)} goes to ${grouped(to)}: ${signed(jumps.written[j])} becomes ${signed(jumps.final[j])}.`,
    detail: `${grouped(to)} ${MINUS} ${grouped(from)} ${MINUS} 1 = ${signed(jumps.final[j])}, counted in After. ${targetWords(ctx, moment, j)}`,
    code: LINEARIZE_CODE,
    lit: 4,
  };
}

function targetWords({ trace }: StepContext, moment: number, jump: number): string {
  const target = trace.jumps.target[jump];
  const isGone = target < trace.nodeCnt && trace.death[target] <= moment;
  return isGone
    ? 'The insn it led to was deleted: it goes to the next one that stays.'
    : 'The target is the same insn as before; only the distance is new.';
}

function refusedStep({ trace }: StepContext, moment: number): Step {
  const refused = trace.refused;
  const name = OP_NAMES[trace.opKind[moment - 1] as OpKind];
  if (!refused) return { name, title: '', detail: '', code: [], lit: -1 };
  return {
    name: refused.code,
    title: `${refused.message.charAt(0).toUpperCase()}${refused.message.slice(1)}.`,
    detail:
      refused.code === 'ERANGE'
        ? `Nothing was changed: -ERANGE is decided on final distances before anything is written. (Linux names the insn being patched, "cannot be patched due to 16-bit range", and the system call returns -ENOMEM.) clang -mcpu=v4 emits gotol, whose distance has 32 bits.`
        : 'Nothing was changed.',
    code: LINEARIZE_CODE,
    lit: 4,
  };
}
