/** What can be said about a program as a whole: where its jumps lead and how its functions end. */
import { distanceOf, FLOW, flowOf, OP_EXIT, OP_GOTOL, OP_GOTOX, OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf } from '../isa/insn.ts';
import { OP_GOTO, OP_TAIL_CALL } from '../isa/opcodes.ts';
import { report, reportError, type State } from './state.ts';

const endsFlow = (code: number): boolean =>
  code === OP_EXIT || code === OP_GOTO || code === OP_GOTOL || code === OP_GOTOX || code === OP_TAIL_CALL;

export function checkProgram(
  state: State,
  insns: Int32Array,
  starts: Int32Array,
  from: Int32Array,
  to: Int32Array,
): void {
  const n = insns.length / 2;
  const isSecond = new Uint8Array(n + 1);
  for (let i = 0; i < n; i++) if (codeOf(insns[2 * i]) === OP_LD_IMM64 && i + 1 < n) isSecond[++i] = 1;
  for (let i = 0; i < n; i++) {
    const w0 = insns[2 * i];
    const flow = flowOf(w0);
    if (flow === FLOW.NONE || isSecond[i] === 1 || state.placeholders.has(i)) continue;
    const target = i + 1 + distanceOf(w0, insns[2 * i + 1], flow);
    const what = flow === FLOW.CALL ? 'call' : 'jump';
    if (target < 0 || target >= n)
      reportError(
        state,
        `${what}-out-of-program`,
        from[i],
        to[i],
        `this ${what} leads to insn ${target}, the program has insns 0..${n - 1}`,
      );
    else if (isSecond[target] === 1) {
      const { text } = state;
      const wide = text.slice(from[target], to[target]);
      reportError(
        state,
        `${what}-into-second-slot`,
        from[i],
        to[i],
        `this ${what} lands inside the second slot of \`${wide.slice(0, 60)}\``,
        'a 64-bit load takes two slots; distances count both',
      );
    }
  }
  checkEnds(state, insns, starts, isSecond, from, to);
}

function checkEnds(
  state: State,
  insns: Int32Array,
  starts: Int32Array,
  isSecond: Uint8Array,
  from: Int32Array,
  to: Int32Array,
): void {
  const n = insns.length / 2;
  for (let f = 0; f < starts.length; f++) {
    const end = f + 1 < starts.length ? starts[f + 1] : n;
    let last = end - 1;
    if (last < 0) continue;
    if (isSecond[last] === 1) last--;
    if (endsFlow(codeOf(insns[2 * last]))) continue;
    report(state, {
      code: end === n ? 'falls-off-end' : 'falls-into-function',
      severity: 'warning',
      from: from[last],
      to: to[last],
      message:
        end === n ? 'the program runs on behind this last insn' : 'this function runs on into the next one',
      hint: 'end it with `exit` or a `goto`',
    });
  }
}
