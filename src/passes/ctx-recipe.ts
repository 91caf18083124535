/**
 * What the tables of context fields are made of: recipes. A recipe puts the insns for one access and says how many bytes
 * the kernel's own field has, which decides whether a narrow load is masked (ctx-narrow.ts). Tables are built once per
 * kernel layout, so that a recipe holds plain numbers.
 */
import { ALU_OP, CLASS, JMP_OP, MODE, REG_AX, SIZE, SRC } from '../isa/code-parts.ts';
import { word0 } from '../isa/insn.ts';
import { OP_GOTO } from '../isa/opcodes.ts';
import type { Member } from '../kernel/ctx-layout.ts';
import type { EditBuilder } from '../patch/edit-list.ts';

/** The access being rewritten. One object serves a whole program. */
export interface Access {
  edits: EditBuilder;
  dst: number;
  src: number;
  imm: number;
  /** LDX, STX or ST. */
  cls: number;
  /** Bytes; of a narrow load those of the whole field. */
  size: number;
  /** Bytes behind the beginning of the context's field; of a narrow load rounded down to the whole. */
  inside: number;
  /** The program reads tstamp_type, so it knows what tstamp may hold. */
  knowsTstampType: boolean;
}

/** Returns the bytes of the kernel's field. */
export type Recipe = (access: Access) => number;

export interface FieldRecipes {
  readonly load?: Recipe;
  readonly store?: Recipe;
}

/** By name of the context's field. */
export type Table = Readonly<Record<string, FieldRecipes>>;

const SIZE_CODES: Readonly<Record<number, number>> = { 1: SIZE.B, 2: SIZE.H, 4: SIZE.W, 8: SIZE.DW };

/** Bytes that a register holds. */
export const REG_SIZE = 8;

export const putLoad = (a: Access, dst: number, base: number, off: number, size: number): void =>
  a.edits.put(word0(CLASS.LDX | MODE.MEM | SIZE_CODES[size], dst, base, off), 0);

/** Store a register. */
export const putStore = (a: Access, base: number, value: number, off: number, size: number): void =>
  a.edits.put(word0(CLASS.STX | MODE.MEM | SIZE_CODES[size], base, value, off), 0);

/** Store what the program stores, a register or a constant. */
export const putValue = (a: Access, base: number, off: number, size: number): void =>
  a.edits.put(word0(a.cls | MODE.MEM | SIZE_CODES[size], base, a.src, off), a.imm);

export const putGoto = (a: Access, off: number): void => a.edits.put(word0(OP_GOTO, 0, 0, off), 0);

export const putSkipIf = (a: Access, op: number, reg: number, imm: number, off: number): void =>
  a.edits.put(word0(CLASS.JMP | SRC.K | op, reg, 0, off), imm);

export const putSkipIf32 = (a: Access, op: number, reg: number, imm: number, off: number): void =>
  a.edits.put(word0(CLASS.JMP32 | SRC.K | op, reg, 0, off), imm);

/** 64-bit move of a constant. */
export const putConst = (a: Access, reg: number, imm: number): void =>
  a.edits.put(word0(CLASS.ALU64 | SRC.K | ALU_OP.MOV, reg, 0, 0), imm);

export const putAlu32 = (a: Access, op: number, reg: number, imm: number): void =>
  a.edits.put(word0(CLASS.ALU | SRC.K | op, reg, 0, 0), imm);

export const putAluX = (a: Access, op: number, dst: number, src: number): void =>
  a.edits.put(word0(CLASS.ALU64 | SRC.X | op, dst, src, 0), 0);

/** A register that the program uses for neither operand: r9, r8 or r7. Its value must be saved and restored. */
export function thirdReg({ dst, src }: Access): number {
  let reg = 9;
  if (dst === reg || src === reg) reg--;
  if (dst === reg || src === reg) reg--;
  return reg;
}

/** Load a field of the struct that the context really is. */
export const read = ([off, size]: Member): FieldRecipes => ({
  load: (a) => {
    putLoad(a, a.dst, a.src, off, size);
    return size;
  },
});

/** The same for an array: the element, of the access's own size. */
export const readPart = ([off, size]: Member): FieldRecipes => ({
  load: (a) => {
    putLoad(a, a.dst, a.src, off + a.inside, a.size);
    return size;
  },
});

export const write = ([off, size]: Member): FieldRecipes => ({
  store: (a) => {
    putValue(a, a.dst, off, size);
    return size;
  },
});

export const readWrite = (member: Member): FieldRecipes => ({ ...read(member), ...write(member) });

/** Bytes for the program's own use, at any size. */
export const scratch = ([off]: Member): FieldRecipes => ({
  load: (a) => {
    putLoad(a, a.dst, a.src, off + a.inside, a.size);
    return a.size;
  },
  store: (a) => {
    putValue(a, a.dst, off + a.inside, a.size);
    return a.size;
  },
});

/** Follow pointers to the last member. */
export const follow = (...members: readonly Member[]): FieldRecipes => ({
  load: (a) => {
    let base = a.src;
    for (const [off, size] of members) {
      putLoad(a, a.dst, base, off, size);
      base = a.dst;
    }
    return members[members.length - 1][1];
  },
});

/** Follow a pointer to an element of 4 bytes (or two at once, where the context allows that). */
export const followToPart = ([off, size]: Member, base: Member): FieldRecipes => ({
  load: (a) => {
    putLoad(a, a.dst, a.src, off, size);
    putLoad(a, a.dst, a.dst, base[0] + a.inside, a.size);
    return 4;
  },
});

/** Follow a pointer unless it is NULL. */
export const followIfSet = ([off, size]: Member, to: Member): FieldRecipes => ({
  load: (a) => {
    putLoad(a, a.dst, a.src, off, size);
    putSkipIf(a, JMP_OP.JEQ, a.dst, 0, 1);
    putLoad(a, a.dst, a.dst, to[0] + a.inside, to[1]);
    return to[1];
  },
});

/** A port of two bytes shown in the upper half of four. Little endian. */
export const followToPort = (pointer: Member, port: Member): FieldRecipes => ({
  load: (a) => {
    follow(pointer, port).load?.(a);
    putAlu32(a, ALU_OP.LSH, a.dst, 16);
    return port[1];
  },
});

/** Store through a pointer: a third register takes the pointer, and `temp`, in the context, its value meanwhile. */
export const storeThrough = (
  temp: Member,
  pointers: readonly Member[],
  last: (a: Access) => Member,
): FieldRecipes => ({
  store: (a) => {
    const reg = thirdReg(a);
    putStore(a, a.dst, reg, temp[0], REG_SIZE);
    let base = a.dst;
    for (const [off, size] of pointers) {
      putLoad(a, reg, base, off, size);
      base = reg;
    }
    const [off, size] = last(a);
    putValue(a, reg, off, size);
    putLoad(a, reg, a.dst, temp[0], REG_SIZE);
    return size;
  },
});

/** Member of a struct that stands inside of another. */
export const inside = ([outer]: Member, [off, size]: Member): Member => [outer + off, size];

export { REG_AX };
