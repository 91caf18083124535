/** What reading one insn needs and gives: the operands noted on the way, then the words. */
import type { Lexer } from './lexer.ts';

/** Which text a number or a bare `r1 = 0x5` is read as; `auto` accepts both and decides line by line. */
export type Dialect = 'auto' | 'kernel' | 'llvm';

/** What a call names: nothing, a number without a sign, a distance, a name, a helper id, a kernel function. */
export const CALLEE = { NONE: 0, NUMBER: 1, DISTANCE: 2, NAME: 3, HELPER: 4 } as const;

/** What a name stands for: a jump's target, a function to call (or a helper), a function's address, `sym ll`. */
export const REF = { JUMP: 0, CALL: 1, FUNC: 2, SYMBOL: 3 } as const;

export interface Problem {
  code: string;
  severity: 'error' | 'warning';
  from: number;
  to: number;
  message: string;
  hint?: string;
}

/** The insn read last, and scratch space of the walk. */
export interface Reader {
  readonly lexer: Lexer;
  readonly dialect: Dialect;
  w0: number;
  imm: number;
  /** imm of the second slot; only when `wide`. */
  imm2: number;
  wide: boolean;
  /** Token that names the target (a label or a function), -1: the distance is in the insn. */
  nameToken: number;
  /** Token that names the kernel function called, -1: none does. */
  kfuncToken: number;
  callee: number;
  /** What the name stands for, one of REF; only when `nameToken` >= 0. */
  ref: number;
  readonly regTokens: Int32Array;
  regCnt: number;
  readonly numTokens: Int32Array;
  /** 1 where an odd number of minus signs stands before the number. */
  readonly numNegative: Uint8Array;
  numCnt: number;
  targetToken: number;
  targetNegative: boolean;
  /** What is wrong; empty when the insn was read. */
  readonly problems: Problem[];
}

export const makeReader = (lexer: Lexer, dialect: Dialect): Reader => ({
  lexer,
  dialect,
  w0: 0,
  imm: 0,
  imm2: 0,
  wide: false,
  nameToken: -1,
  kfuncToken: -1,
  callee: CALLEE.NONE,
  ref: REF.JUMP,
  regTokens: new Int32Array(8),
  regCnt: 0,
  numTokens: new Int32Array(8),
  numNegative: new Uint8Array(8),
  numCnt: 0,
  targetToken: -1,
  targetNegative: false,
  problems: [],
});
