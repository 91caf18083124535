/** How fast the rest of the engine is: reading and printing a text, making a trace, and going to any moment of it. */
import { assemble } from '../asm/assemble.ts';
import { disassemble } from '../asm/disassemble.ts';
import { lexLine, makeLexer } from '../asm/lexer.ts';
import type { Algorithm } from '../patch/algorithm.ts';
import { applyEdits } from '../patch/apply-edits.ts';
import { frameAt } from '../patch/frame.ts';
import { momentsOf } from '../patch/moments.ts';
import { traceOf } from '../patch/trace-build.ts';
import { slotCnt } from '../program/program.ts';
import { benchProgram } from '../recipes/bench-mix.ts';
import type { Machine } from './run.ts';

/** Milliseconds of one go, and what was done in it. */
export interface Speed {
  readonly what: 'lexer' | 'assemble' | 'disassemble' | 'trace' | 'seek';
  readonly n: number;
  readonly ms: number;
  /** The slowest one. */
  readonly worstMs: number;
  /** UTF-16 units of the text; 0 where there is none. */
  readonly chars: number;
  /** Lines, ops, or frames. */
  readonly cnt: number;
}

const ROUNDS = 7;
const TRACE_ROUNDS = 3;
const SEEKS = 400;
/** Rows of a frame: a tall window. */
const FRAME_ROWS = 60;

function spread(
  machine: Machine,
  rounds: number,
  work: (round: number) => unknown,
): { ms: number; worstMs: number } {
  work(0);
  const times: number[] = [];
  for (let round = 1; round <= rounds; round++) {
    const start = machine.now();
    work(round);
    times.push(machine.now() - start);
  }
  times.sort((a, b) => a - b);
  return { ms: times[times.length >> 1], worstMs: times[times.length - 1] };
}

function lexAll(text: string): number {
  const lexer = makeLexer(text);
  let tokens = 0;
  while (lexer.pos < text.length) {
    lexLine(lexer);
    tokens += lexer.cnt;
  }
  return tokens;
}

/** Like the moment itself, where nobody can guess what comes next. */
const anyOf = (cnt: number, round: number): number =>
  (Math.imul(round, 2_654_435_761) >>> 0) % Math.max(1, cnt);

/** A program of `n` insns in which each is patched, so that there are `n` ops. */
export function speeds(n: number, algorithm: Algorithm, machine: Machine): Speed[] {
  const { program, edits } = benchProgram(n, 'every');
  const text = disassemble(program);
  const lines = text.split('\n').length - 1;
  const patched = applyEdits(algorithm, program, edits, 'verifier');
  if (!patched.ok) throw new Error(patched.error.message);
  const trace = traceOf(program, edits, algorithm.style, patched.value);
  const moments = momentsOf(trace);
  const words = { n: slotCnt(program), chars: text.length, cnt: lines };
  const ops = { n: slotCnt(program), chars: 0, cnt: trace.opCnt };
  const seek = (round: number) => {
    const moment = anyOf(trace.opCnt + 1, round);
    const rows = moments.bornCnt(moment);
    return frameAt(trace, moments, moment, anyOf(rows - FRAME_ROWS, round + 1), FRAME_ROWS);
  };
  const measured: Speed[] = [
    { what: 'lexer', ...words, ...spread(machine, ROUNDS, () => lexAll(text)) },
    { what: 'assemble', ...words, ...spread(machine, ROUNDS, () => assemble(text)) },
    { what: 'disassemble', ...words, ...spread(machine, ROUNDS, () => disassemble(program)) },
    {
      ...{ what: 'trace', ...ops },
      ...spread(machine, TRACE_ROUNDS, () => traceOf(program, edits, algorithm.style, patched.value)),
    },
  ];
  // The slowest frame counts, and it is not to be the one in which the traces above are swept away.
  machine.collect();
  return [...measured, { what: 'seek', ...ops, cnt: SEEKS, ...spread(machine, SEEKS, seek) }];
}
