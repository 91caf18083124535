/**
 * The operands a template of table.ts can name, and templates cut into pieces. Printing walks the pieces and
 * asks each operand for its text, reading walks them as a grammar and gives each operand its value.
 */

/** What an operand looks like to the reader. */
export const SHAPE = { R: 0, W: 1, NUM: 2, SIGNED: 3, TARGET: 4, CALLEE: 5, SYMBOL: 6 } as const;
export type Shape = (typeof SHAPE)[keyof typeof SHAPE];

/** Which field an operand fills. `DST0`: must be register 0. `NONE`: must be zero, kept nowhere. */
export const FIELD = {
  DST: 0,
  SRC: 1,
  OFF: 2,
  IMM: 3,
  IMM2: 4,
  IMM64: 5,
  ASHI: 6,
  ASLO: 7,
  ZERO: 8,
  R0: 9,
  CODE: 10,
  WORD64: 11,
  /** Like IMM64, but a negative number stands for 32 bits. */
  LOW64: 12,
} as const;
export type Field = (typeof FIELD)[keyof typeof FIELD];

interface Operand {
  readonly shape: Shape;
  readonly field: Field;
}

export const OPERANDS = {
  d: { shape: SHAPE.R, field: FIELD.DST },
  wd: { shape: SHAPE.W, field: FIELD.DST },
  s: { shape: SHAPE.R, field: FIELD.SRC },
  ws: { shape: SHAPE.W, field: FIELD.SRC },
  r0: { shape: SHAPE.R, field: FIELD.R0 },
  w0: { shape: SHAPE.W, field: FIELD.R0 },
  /** ALU and ST immediate: the kernel prints it signed and decimal. */
  imm: { shape: SHAPE.NUM, field: FIELD.IMM },
  /** Immediate of a comparison: the kernel prints it unsigned and hexadecimal. */
  cmp: { shape: SHAPE.NUM, field: FIELD.IMM },
  skb: { shape: SHAPE.NUM, field: FIELD.IMM },
  btf: { shape: SHAPE.NUM, field: FIELD.IMM },
  ind: { shape: SHAPE.SIGNED, field: FIELD.IMM },
  plusimm: { shape: SHAPE.SIGNED, field: FIELD.IMM },
  plus2: { shape: SHAPE.SIGNED, field: FIELD.IMM2 },
  off: { shape: SHAPE.SIGNED, field: FIELD.OFF },
  imm64: { shape: SHAPE.NUM, field: FIELD.IMM64 },
  immlow: { shape: SHAPE.NUM, field: FIELD.LOW64 },
  ashi: { shape: SHAPE.NUM, field: FIELD.ASHI },
  aslo: { shape: SHAPE.NUM, field: FIELD.ASLO },
  srcnum: { shape: SHAPE.NUM, field: FIELD.SRC },
  zero: { shape: SHAPE.NUM, field: FIELD.ZERO },
  pc: { shape: SHAPE.TARGET, field: FIELD.OFF },
  pcl: { shape: SHAPE.TARGET, field: FIELD.IMM },
  /** A function by name. */
  sym: { shape: SHAPE.SYMBOL, field: FIELD.IMM },
  pccall: { shape: SHAPE.CALLEE, field: FIELD.IMM },
  helper: { shape: SHAPE.CALLEE, field: FIELD.IMM },
  callee: { shape: SHAPE.CALLEE, field: FIELD.IMM },
  code: { shape: SHAPE.NUM, field: FIELD.CODE },
  rawoff: { shape: SHAPE.NUM, field: FIELD.OFF },
  word: { shape: SHAPE.NUM, field: FIELD.WORD64 },
} as const satisfies Record<string, Operand>;

export type OperandName = keyof typeof OPERANDS;

/** A piece of a template: literal text, or the name of an operand. */
export type Piece =
  | { readonly text: string; readonly operand?: undefined }
  | { readonly operand: OperandName; readonly text?: undefined };

export function piecesOf(template: string): Piece[] {
  const pieces: Piece[] = [];
  for (const part of template.split(/(\{\w+\})/)) {
    if (part === '') continue;
    if (part[0] === '{') pieces.push({ operand: part.slice(1, -1) as OperandName });
    else pieces.push({ text: part });
  }
  return pieces;
}
