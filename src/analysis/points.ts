/**
 * Places where the verifier looks whether it has been there before, found before it walks: behind and before jumps
 * and calls (check_cfg() in kernel/bpf/verifier.c of Linux 6.18), and the loops of the program.
 */
import { CLASS, CLASS_MASK, JMP_OP, OP_MASK, SRC } from '../isa/code-parts.ts';
import { distanceOf, FLOW, flowOf, OP_CALL, OP_EXIT, OP_GOTOX, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, srcOf } from '../isa/insn.ts';
import { HELPER } from '../kernel/helper-types.ts';

/** Bits of `Points.of`. */
export const POINT = {
  /** Look for an equal state, and perhaps keep this one. */
  PRUNE: 1,
  /** Note how the way came here. */
  JUMP: 2,
  /** Keep the state in any case. */
  FORCE: 4,
  CALLS_BACK: 8,
  MAY_GOTO: 16,
} as const;

const CALLS_BACK: ReadonlySet<number> = new Set([
  ...[HELPER.FOR_EACH_MAP_ELEM, HELPER.FIND_VMA, HELPER.LOOP, HELPER.USER_RINGBUF_DRAIN],
]);

function pointsOfCall(w0: number, imm: number): number {
  if (srcOf(w0) !== 0) return 0;
  if (CALLS_BACK.has(imm)) return POINT.CALLS_BACK | POINT.FORCE | POINT.PRUNE | POINT.JUMP;
  return imm === HELPER.TIMER_SET_CALLBACK ? POINT.PRUNE : 0;
}

/** POINT bits of each slot. */
export function pointsOf(insns: Int32Array, second: Uint8Array): Uint8Array {
  const n = insns.length / 2;
  const points = new Uint8Array(n);
  const mark = (idx: number, bits: number): void => {
    if (idx >= 0 && idx < n) points[idx] |= bits;
  };
  for (let idx = 0; idx < n; idx++) {
    if (second[idx] === 1) continue;
    const w0 = insns[2 * idx];
    const imm = insns[2 * idx + 1];
    const code = codeOf(w0);
    const cls = code & CLASS_MASK;
    const flow = flowOf(w0);
    if (code === OP_LD_IMM64 && flow !== FLOW.NONE) {
      mark(idx, POINT.PRUNE);
      mark(idx + 2, POINT.PRUNE | POINT.JUMP);
      mark(idx + 1 + imm, POINT.PRUNE | POINT.JUMP);
      continue;
    }
    if ((cls !== CLASS.JMP && cls !== CLASS.JMP32) || code === OP_EXIT) continue;
    if (code === OP_CALL) {
      mark(idx, pointsOfCall(w0, imm));
      mark(idx + 1, POINT.PRUNE | POINT.JUMP);
      if (flow === FLOW.NONE) continue;
      mark(idx, POINT.PRUNE);
      mark(idx + 1 + imm, POINT.PRUNE | POINT.JUMP);
    } else if (code === OP_GOTOX) {
      mark(idx, POINT.PRUNE);
    } else {
      if ((code & OP_MASK) !== JMP_OP.JA) mark(idx, POINT.PRUNE);
      if (code === (CLASS.JMP | JMP_OP.JCOND | SRC.K)) mark(idx, POINT.FORCE | POINT.MAY_GOTO);
      if (flow !== FLOW.NONE) mark(idx + 1 + distanceOf(w0, imm, flow), POINT.PRUNE | POINT.JUMP);
    }
  }
  return points;
}

/** Where an insn leads inside of its function: not into what it calls. -1: nowhere. */
function successor(insns: Int32Array, second: Uint8Array, idx: number, which: 0 | 1): number {
  const n = insns.length / 2;
  const w0 = insns[2 * idx];
  const code = codeOf(w0);
  const cls = code & CLASS_MASK;
  const isJump = cls === CLASS.JMP || cls === CLASS.JMP32;
  let to = idx + (second[idx + 1] === 1 ? 2 : 1);
  if (which === 0) {
    if (isJump && (code === OP_EXIT || (code & OP_MASK) === JMP_OP.JA)) return -1;
  } else {
    const flow = flowOf(w0);
    if (flow !== FLOW.OFF && flow !== FLOW.IMM) return -1;
    to = idx + 1 + distanceOf(w0, insns[2 * idx + 1], flow);
  }
  return to >= 0 && to < n ? to : -1;
}

const hasBackJump = (insns: Int32Array, second: Uint8Array): boolean => {
  for (let idx = 0; 2 * idx < insns.length; idx++)
    if (second[idx] === 0 && (backward(insns, second, idx, 0) || backward(insns, second, idx, 1)))
      return true;
  return false;
};
const backward = (insns: Int32Array, second: Uint8Array, idx: number, which: 0 | 1): boolean => {
  const to = successor(insns, second, idx, which);
  return to >= 0 && to <= idx;
};

/**
 * Number of the loop (strongly connected component) that each slot is part of, 0: of none. A call that is made again
 * and again by its callback counts as a loop of its own. Iterative Tarjan, linear.
 */
export function loopsOf(insns: Int32Array, second: Uint8Array, points: Uint8Array): Int32Array {
  const n = insns.length / 2;
  const loops = new Int32Array(n);
  let loopCnt = 0;
  if (hasBackJump(insns, second)) {
    const pre = new Int32Array(n);
    const low = new Int32Array(n);
    const open: number[] = [];
    let clock = 0;
    for (let root = 0; root < n; root++) {
      if (pre[root] !== 0 || second[root] === 1) continue;
      // Each entry: slot * 4 + number of the successor to look at next.
      const stack = [root * 4];
      while (stack.length > 0) {
        const top = stack[stack.length - 1];
        const [idx, which] = [top >> 2, top & 3];
        if (which === 0) {
          pre[idx] = low[idx] = ++clock;
          open.push(idx);
        }
        if (which < 2) {
          stack[stack.length - 1]++;
          const to = successor(insns, second, idx, which as 0 | 1);
          if (to < 0) continue;
          if (pre[to] === 0) stack.push(to * 4);
          else if (loops[to] >= 0 && pre[to] > 0) low[idx] = Math.min(low[idx], pre[to]);
          continue;
        }
        stack.pop();
        if (stack.length > 0) {
          const from = stack[stack.length - 1] >> 2;
          low[from] = Math.min(low[from], low[idx]);
        }
        if (low[idx] !== pre[idx]) continue;
        // Closed: a single insn is a loop only when it leads to itself.
        const isLoop = open[open.length - 1] !== idx || leadsToItself(insns, second, idx);
        if (isLoop) loopCnt++;
        for (;;) {
          const member = open.pop() as number;
          loops[member] = isLoop ? loopCnt : 0;
          // Closed members must not lower anybody any more.
          pre[member] = n + 1;
          if (member === idx) break;
        }
      }
    }
  }
  for (let idx = 0; idx < n; idx++)
    if (points[idx] & POINT.CALLS_BACK && loops[idx] === 0) loops[idx] = ++loopCnt;
  return loops;
}

const leadsToItself = (insns: Int32Array, second: Uint8Array, idx: number): boolean =>
  successor(insns, second, idx, 0) === idx || successor(insns, second, idx, 1) === idx;
