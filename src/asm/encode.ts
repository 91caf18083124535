/** Operands of a text → the words of the insn, with the range of every field checked. */
import { OP_LD_IMM64 } from '../isa/flow.ts';
import { codeOf, dstOf, word0 } from '../isa/insn.ts';
import { FIELD, type Field } from '../isa/operands.ts';
import { FORMS, formNamed } from '../isa/table.ts';
import type { Accept } from './grammar.ts';
import type { Reader } from './reader.ts';
import { TOKEN } from './tokens.ts';

const LIMITS: Partial<Record<Field, readonly [name: string, min: number, max: number]>> = {
  [FIELD.OFF]: ['offset', -0x8000, 0x7fff],
  [FIELD.IMM]: ['immediate', -0x80000000, 0xffffffff],
  [FIELD.IMM2]: ['offset', -0x80000000, 0xffffffff],
  [FIELD.SRC]: ['source', 0, 15],
  [FIELD.ASHI]: ['address space', 0, 0xffff],
  [FIELD.ASLO]: ['address space', 0, 0xffff],
  [FIELD.CODE]: ['opcode', 0, 0xff],
  [FIELD.ZERO]: ['index', 0, 0],
};

function fail(reader: Reader, code: string, token: number, message: string, hint?: string): false {
  const { lexer, problems } = reader;
  problems.push({
    code,
    severity: 'error',
    from: lexer.from[token],
    to: lexer.to[token],
    message,
    ...(hint ? { hint } : {}),
  });
  return false;
}

const isSafe = (value: number): boolean => value <= Number.MAX_SAFE_INTEGER;
let lo = 0;
let hi = 0;
/** Splits a 64-bit number into `lo` and `hi`; false: it has more bits. */
function split64(reader: Reader, token: number, negative: boolean): boolean {
  const { lexer } = reader;
  const value = lexer.value[token];
  if (isSafe(value) && !negative) {
    lo = value | 0;
    hi = Math.floor(value / 0x100000000) | 0;
    return true;
  }
  if (value > 2 ** 65) return false;
  const big = BigInt(lexer.text.slice(lexer.from[token], lexer.to[token]));
  if (negative ? big > 1n << 63n : big >= 1n << 64n) return false;
  const bits = BigInt.asUintN(64, negative ? -big : big);
  lo = Number(bits & 0xffffffffn) | 0;
  hi = Number(bits >> 32n) | 0;
  return true;
}

interface Words {
  code: number;
  dst: number;
  src: number;
  off: number;
  imm: number;
  imm2: number;
  /** Both words at once, for `.8byte`. */
  raw: boolean;
}
const words: Words = { code: 0, dst: 0, src: 0, off: 0, imm: 0, imm2: 0, raw: false };

function setNumber(reader: Reader, field: Field, token: number, negative: boolean): boolean {
  if (field === FIELD.IMM64 || field === FIELD.LOW64 || field === FIELD.WORD64) {
    if (!split64(reader, token, negative))
      return fail(reader, 'imm-range', token, 'this number has more than 64 bits');
    words.imm = lo;
    words.imm2 = field === FIELD.LOW64 && negative ? 0 : hi;
    words.raw = field === FIELD.WORD64;
    return true;
  }
  const magnitude = reader.lexer.value[token];
  const value = negative ? -magnitude : magnitude;
  const limits = LIMITS[field];
  if (limits && (value < limits[1] || value > limits[2])) {
    const [name, min, max] = limits;
    const isImm = field === FIELD.IMM;
    return fail(
      reader,
      isImm ? 'imm-range' : 'off-range',
      token,
      `the ${name} ${isSafe(magnitude) ? value : 'given'} does not fit: it must be in ${min}..${max}`,
      isImm ? 'a 64-bit constant is loaded with `r1 = 0x123456789 ll`' : undefined,
    );
  }
  if (field === FIELD.OFF) words.off = value;
  else if (field === FIELD.IMM) words.imm = value | 0;
  else if (field === FIELD.IMM2) words.imm2 = value | 0;
  else if (field === FIELD.SRC) words.src = value;
  else if (field === FIELD.ASHI) words.imm = (words.imm & 0xffff) | (value << 16);
  else if (field === FIELD.ASLO) words.imm = (words.imm & ~0xffff) | value;
  else if (field === FIELD.CODE) words.code = value;
  return true;
}

/** A register that a text names twice is one field. */
function setRegisters(reader: Reader, fields: readonly Field[]): boolean {
  const { lexer } = reader;
  let dst = -1;
  let src = -1;
  for (let i = 0; i < fields.length; i++) {
    const token = reader.regTokens[i];
    const reg = lexer.value[token];
    const field = fields[i];
    const known = field === FIELD.R0 ? 0 : field === FIELD.DST ? dst : src;
    if (known >= 0 && known !== reg) {
      const letter = lexer.text[lexer.from[token]];
      return fail(
        reader,
        'register-mismatch',
        token,
        `this must be ${letter}${known}`,
        field === FIELD.R0
          ? 'this insn has r0 built in'
          : 'the insn has one field for both of these registers',
      );
    }
    if (field === FIELD.DST) dst = reg;
    else if (field === FIELD.SRC) src = reg;
  }
  if (dst >= 0) words.dst = dst;
  if (src >= 0) words.src = src;
  return true;
}

/**
 * What the rows fix, as columns: the rows have different shapes, and reading their fields took some 6 % of the time of
 * assembling. The last entry is that of the raw forms, which fix nothing.
 */
const column = (field: 'code' | 'src' | 'off' | 'imm'): Int32Array =>
  Int32Array.from([...FORMS.map((form) => form[field] ?? 0), 0]);
const FIXED = { code: column('code'), src: column('src'), off: column('off'), imm: column('imm') };
const rowOf = (form: number): number => (form < 0 ? FORMS.length : form);

/** Fills the words of `reader`; false: a problem was added. */
export function encode(reader: Reader, accept: Accept, formAt: number, at: number, end: number): boolean {
  const row = rowOf(formAt);
  const code = FIXED.code[row];
  words.code = code;
  words.dst = 0;
  words.src = FIXED.src[row];
  words.off = FIXED.off[row];
  words.imm = FIXED.imm[row];
  words.imm2 = 0;
  words.raw = false;
  if (!setRegisters(reader, accept.regFields)) return false;
  const isWide = code === OP_LD_IMM64;
  const widened = isWide && FIXED.code[rowOf(accept.form)] !== OP_LD_IMM64;
  for (let i = 0; i < reader.numCnt; i++) {
    const field = widened ? FIELD.IMM64 : accept.numFields[i];
    if (!setNumber(reader, field, reader.numTokens[i], reader.numNegative[i] === 1)) return false;
  }
  if (
    reader.targetToken >= 0 &&
    !setNumber(reader, accept.targetField, reader.targetToken, reader.targetNegative)
  )
    return false;
  if (words.raw) {
    reader.w0 = words.imm;
    reader.imm = words.imm2;
  } else {
    reader.w0 = word0(words.code, words.dst, words.src, words.off);
    reader.imm = words.imm;
  }
  reader.imm2 = words.imm2;
  reader.wide = isWide;
  if (formAt === MOV32_REG && reader.lexer.kind[reader.regTokens[0]] === TOKEN.R) warnAboutWidths(reader);
  warnAboutInsn(reader, formAt >= 0, at, end);
  return true;
}

const MOV32_REG = formNamed('mov32_reg');

function warnAboutWidths({ lexer, problems, regTokens }: Reader): void {
  const [dst, src] = [lexer.value[regTokens[0]], lexer.value[regTokens[1]]];
  problems.push({
    code: 'mixed-width',
    severity: 'warning',
    from: lexer.from[regTokens[0]],
    to: lexer.to[regTokens[1]],
    message: `mixed widths: read as \`w${dst} = w${src}\`, which clears the upper half of r${dst}`,
    hint: `write \`w${dst} = w${src}\`, or \`r${dst} = r${src}\` to copy all 64 bits`,
  });
}

function warnAboutInsn(reader: Reader, isPretty: boolean, at: number, end: number): void {
  const { lexer, problems } = reader;
  if (lexer.opcode >= 0 && lexer.opcode !== codeOf(reader.w0))
    problems.push({
      code: 'opcode-mismatch',
      severity: 'warning',
      from: lexer.prefixFrom,
      to: lexer.prefixTo,
      message: `the opcode in front is 0x${lexer.opcode.toString(16)}, the text assembles to 0x${codeOf(reader.w0).toString(16)}`,
    });
  if (isPretty && lexer.opcode < 0 && (dstOf(reader.w0) > 10 || ((reader.w0 >>> 12) & 0xf) > 10))
    problems.push({
      code: 'internal-register',
      severity: 'warning',
      from: lexer.from[at],
      to: lexer.to[end - 1],
      message: 'programs have r0–r10; r11 and above exist only inside the kernel',
    });
}
