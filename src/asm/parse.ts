/**
 * One insn from the tokens of a line: a walk through the grammar that notes the operands, then the row of the
 * table they belong to, then the words. Nothing is allocated unless something is wrong.
 */
import { OP_LD_IMM64 } from '../isa/flow.ts';
import { OP_MOV64_IMM } from '../isa/opcodes.ts';
import { formNamed } from '../isa/table.ts';
import { isCalledAsHelper } from '../kernel/call-symbols.ts';
import { HELPERS } from '../kernel/helpers.ts';
import { encode } from './encode.ts';
import { explainStuck } from './explain.ts';
import { GRAMMAR } from './grammar.ts';
import type { Lexer } from './lexer.ts';
import { CALLEE, REF, type Reader } from './reader.ts';
import { addKeyword, EDGE, FIRST_KEYWORD, isWord, KIND_CNT, TOKEN } from './tokens.ts';

/** Token of the number behind the signs at `at`, or -1. */
function numberBehindSigns(lexer: Lexer, at: number, end: number): number {
  let i = at;
  while (i < end && (lexer.kind[i] === TOKEN.PLUS || lexer.kind[i] === TOKEN.MINUS)) i++;
  return i < end && lexer.kind[i] === TOKEN.NUM ? i : -1;
}

function isNegative(lexer: Lexer, from: number, to: number): boolean {
  let negative = false;
  for (let i = from; i < to; i++) if (lexer.kind[i] === TOKEN.MINUS) negative = !negative;
  return negative;
}

function takeNumber(reader: Reader, signs: number, at: number): void {
  const n = reader.numCnt++;
  reader.numTokens[n] = at;
  reader.numNegative[n] = isNegative(reader.lexer, signs, at) ? 1 : 0;
}

function takeDistance(reader: Reader, signs: number, at: number): void {
  reader.targetToken = at;
  reader.targetNegative = isNegative(reader.lexer, signs, at);
}

const isPc = ({ text, from, to }: Lexer, at: number): boolean =>
  to[at] - from[at] === 2 && text.startsWith('pc', from[at]);

/** A number, or a distance with or without `pc`: the node behind it, and the token behind it in `walkAt`. */
let walkAt = 0;
function stepNumber(reader: Reader, row: number, at: number, end: number): number {
  const { lexer } = reader;
  const { next } = GRAMMAR;
  const num = next[row + EDGE.NUM];
  const signed = next[row + EDGE.SIGNED];
  const target = next[row + EDGE.TARGET];
  const callee = next[row + EDGE.CALLEE];
  if ((num | signed | target | callee) === 0) return 0;
  const digits = numberBehindSigns(lexer, at, end);
  if (digits < 0) return 0;
  walkAt = digits + 1;
  if (num > 0) {
    takeNumber(reader, at, digits);
    return num;
  }
  if (signed > 0) {
    if (digits === at) return 0;
    takeNumber(reader, at, digits);
    return signed;
  }
  takeDistance(reader, at, digits);
  if (target > 0) return target;
  reader.callee = digits === at || lexer.kind[at] === TOKEN.MINUS ? CALLEE.NUMBER : CALLEE.DISTANCE;
  return callee;
}

/** A label, a function, `pc+3`, or `bpf_map_lookup_elem#1`. */
function stepWord(reader: Reader, row: number, at: number, end: number): number {
  const { lexer } = reader;
  const { next } = GRAMMAR;
  const target = next[row + EDGE.TARGET];
  const callee = next[row + EDGE.CALLEE];
  const symbol = next[row + EDGE.SYMBOL];
  const to = target || callee || symbol;
  if (to === 0) return 0;
  walkAt = at + 1;
  if (symbol === 0 && isPc(lexer, at)) {
    const digits = numberBehindSigns(lexer, at + 1, end);
    if (digits > at + 1) {
      takeDistance(reader, at + 1, digits);
      reader.callee = CALLEE.DISTANCE;
      walkAt = digits + 1;
      return to;
    }
  }
  reader.nameToken = at;
  reader.callee = CALLEE.NAME;
  if (callee > 0 && lexer.kind[at + 1] === TOKEN.HASH && at + 1 < end) {
    const digits = lexer.kind[at + 2] === TOKEN.MINUS ? at + 3 : at + 2;
    if (digits < end && lexer.kind[digits] === TOKEN.NUM) {
      takeDistance(reader, at + 2, digits);
      reader.callee = CALLEE.HELPER;
      walkAt = digits + 1;
    }
  }
  return to;
}

/** What a dump appends to an insn: `<sym+0x28>`, or `#bpf_prog_…` behind the distance of a call. */
function isTail(lexer: Lexer, at: number): boolean {
  const kind = lexer.kind[at];
  return (
    (kind === TOKEN.LT && lexer.kind[lexer.cnt - 1] === TOKEN.GT) ||
    (kind === TOKEN.HASH && isWord(lexer.kind[at + 1]))
  );
}

/** `ll`: what stands in front of it is a name, even if it is a word of the language. */
const LL = addKeyword('ll');

const MOV_IMM = formNamed('mov64_imm');
const LD_IMM64 = formNamed('ld_imm64');
const LD_FUNC = formNamed('ld_func');
const CALL_HELPER = formNamed('call_helper');
const CALL_LOCAL = formNamed('call_local');
const CALL_KFUNC = formNamed('call_kfunc');

/** Reads tokens [at, end) as one insn; false: `problems` says why not. */
export function readInsn(reader: Reader, at: number, end: number): boolean {
  const { lexer } = reader;
  const { next, acceptOf, accepts } = GRAMMAR;
  reader.regCnt = reader.numCnt = 0;
  reader.nameToken = reader.targetToken = reader.kfuncToken = -1;
  reader.callee = CALLEE.NONE;
  if (reader.problems.length > 0) reader.problems.length = 0;
  let node = 0;
  for (let i = at; i < end; ) {
    const kind = lexer.kind[i];
    const row = node * KIND_CNT;
    let to = 0;
    if (kind === TOKEN.NUM || kind === TOKEN.PLUS || kind === TOKEN.MINUS)
      to = stepNumber(reader, row, i, end);
    if (to > 0) {
      i = walkAt;
    } else {
      to = next[row + kind];
      if (to > 0 && !(lexer.kind[i + 1] === LL && next[row + EDGE.SYMBOL] > 0)) {
        if (kind <= TOKEN.W) reader.regTokens[reader.regCnt++] = i;
        i++;
      } else if (kind === TOKEN.WORD || kind >= FIRST_KEYWORD) {
        to = stepWord(reader, row, i, end);
        if (to > 0) i = walkAt;
      }
    }
    if (to === 0) {
      if (acceptOf[node] >= 0 && isTail(lexer, i)) break;
      explainStuck(reader, node, i, at, end);
      return false;
    }
    node = to;
  }
  if (acceptOf[node] < 0) {
    explainStuck(reader, node, end, at, end);
    return false;
  }
  const accept = accepts[acceptOf[node]];
  return encode(reader, accept, chooseForm(reader, accept.form), at, end);
}

/** Texts that several rows share: `r1 = 0x5` and calls. */
function chooseForm(reader: Reader, form: number): number {
  if (form === MOV_IMM) return isWideMove(reader) ? LD_IMM64 : MOV_IMM;
  if (form !== CALL_HELPER) {
    reader.ref = form === LD_IMM64 ? REF.SYMBOL : form === LD_FUNC ? REF.FUNC : REF.JUMP;
    return form;
  }
  switch (reader.callee) {
    case CALLEE.DISTANCE:
      return CALL_LOCAL;
    case CALLEE.NAME:
      reader.ref = REF.CALL;
      return CALL_LOCAL;
    case CALLEE.NUMBER:
      return numberedCallee(reader);
    default:
      return namedCallee(reader);
  }
}

/**
 * `r1 = 0x5`: the kernel prints a 64-bit load in hexadecimal and a move in decimal, LLVM a move in either and
 * `ll` behind a load. In front of both stands, in a dump, the opcode. Without it and without a dialect a number
 * that a move can hold is a move.
 */
function isWideMove(reader: Reader): boolean {
  const { lexer, dialect } = reader;
  if (lexer.opcode === OP_LD_IMM64) return true;
  if (lexer.opcode === OP_MOV64_IMM || dialect === 'llvm') return false;
  const token = reader.numTokens[0];
  const negative = reader.numNegative[0] === 1;
  if (dialect === 'kernel') return !negative && isHex(lexer, token);
  const value = lexer.value[token];
  if (negative ? value <= 0x80000000 : value <= 0x7fffffff) return false;
  reader.problems.push({
    code: 'missing-ll',
    severity: 'warning',
    from: lexer.from[token],
    to: lexer.to[token],
    message: 'this number does not fit a move, so it is read as a 64-bit load of two slots',
    hint: 'write `ll` behind it, or the negative number if a sign-extended 32-bit value is meant',
  });
  return true;
}

const isHex = ({ text, from, to }: Lexer, token: number): boolean =>
  to[token] - from[token] > 2 && (text.charCodeAt(from[token] + 1) | 32) === 120;

/** How the kernel prints the name of a function that it cannot name. */
const UNKNOWN = 'unknown';

/**
 * `call name#12`, as a dump has it of a helper and of whatever function a rewritten program calls, and the verifier's log
 * of a kernel function with its BTF id. What is neither a helper nor known to be called by rewritten programs is the last.
 */
function namedCallee(reader: Reader): number {
  const { lexer, nameToken } = reader;
  const [from, to] = [lexer.from[nameToken], lexer.to[nameToken]];
  const name = lexer.text.slice(from, to);
  reader.nameToken = -1;
  if (reader.targetNegative || name === UNKNOWN || isCalledAsHelper(name)) return CALL_HELPER;
  reader.kfuncToken = nameToken;
  return CALL_KFUNC;
}

/** BTF ids of kernel functions lie above this, distances within a program rarely do. */
const FAR_CALL = 0x10000;

/**
 * `call 300`: LLVM writes helper ids, distances and BTF ids alike. Helper ids are known, the list is frozen, and
 * nothing else can be told for certain.
 */
function numberedCallee(reader: Reader): number {
  const { lexer, dialect, targetToken, targetNegative } = reader;
  const value = lexer.value[targetToken];
  if (targetNegative) return CALL_LOCAL;
  if (value < HELPERS.length || dialect === 'kernel') return CALL_HELPER;
  const isKfunc = value >= FAR_CALL;
  reader.problems.push({
    code: 'ambiguous-call',
    severity: 'warning',
    from: lexer.from[targetToken],
    to: lexer.to[targetToken],
    message: `there is no helper ${value}; read as a ${isKfunc ? 'kernel function' : 'distance'}`,
    hint: isKfunc ? `write \`call kernel-function#${value}\`` : `write \`call pc+${value}\` or a name`,
  });
  return isKfunc ? CALL_KFUNC : CALL_LOCAL;
}
