/**
 * What the tables of context fields are made of: recipes. A recipe puts the insns of one access and returns the bytes of
 * the kernel's own field, by which a narrow load is masked or not (narrow.ts). Tables are built once for a layout, so
 * a recipe holds plain numbers. Drawn as in the headers of the tables, `d` the register loaded and `c` the context:
 *
 *   read         follow            followIfSet            storeThrough, r a third register
 *   d = c.field  d = c.pointer     d = c.pointer          c.temp = r
 *                d = d.field       if d == 0 goto +1      r = c.pointer
 *                                  d = d.field            r.field = value
 *                                                         r = c.temp
 *
 * As the macros around the convert_ctx_access functions of Linux 6.18 (net/core/filter.c) lay them out.
 */

import { ALU_OP, JMP_OP, MODE, sizePartOf } from '../../isa/code-parts.ts';
import { word0 } from '../../isa/insn.ts';
import { R9 } from '../../isa/registers.ts';
import type { Bits, Member } from '../../kernel/struct-layout.ts';
import type { EditBuilder } from '../../patch/edit-builder.ts';
import { putAlu32K, putIfK, putLoad, putStore } from '../put.ts';

/** The access being rewritten. One object serves a whole program. */
export interface Access {
  readonly edits: EditBuilder;
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

/** Bytes that a register holds. */
const REG_SIZE = 8;

export const loadMember = ({ edits }: Access, dst: number, base: number, [off, size]: Member): void =>
  putLoad(edits, sizePartOf(size), dst, base, off);

/** Store a register. */
export const storeMember = ({ edits }: Access, base: number, value: number, [off, size]: Member): void =>
  putStore(edits, sizePartOf(size), base, value, off);

/** Store what the program stores, a register or a constant. */
export const putValue = (a: Access, base: number, [off, size]: Member): void =>
  a.edits.put(word0(a.cls | MODE.MEM | sizePartOf(size), base, a.src, off), a.imm);

/** Loads from member to member, the first in `base`; the register that takes the last takes the pointers as well. */
export function putChain(a: Access, dst: number, base: number, members: readonly Member[]): void {
  let from = base;
  for (const member of members) {
    loadMember(a, dst, from, member);
    from = dst;
  }
}

/** r9, or the next below that is neither operand. The program may use it, so its value is kept in the context. */
export function thirdReg({ dst, src }: Access): number {
  let reg = R9;
  if (dst === reg || src === reg) reg--;
  if (dst === reg || src === reg) reg--;
  return reg;
}

/** A member that is as wide as a register: where one is kept meanwhile. */
export const keepIn = ([off]: Member): Member => [off, REG_SIZE];

/** The part of an array that is accessed. */
export const partOf = (a: Access, [off]: Member): Member => [off + a.inside, a.size];

/** Member of a struct that stands inside of another. */
export const inside = ([outer]: Member, [off, size]: Member): Member => [outer + off, size];

/** The kernel keeps the field, at an offset and a size of its own. */
export const read = (member: Member): FieldRecipes => ({
  load: (a) => {
    loadMember(a, a.dst, a.src, member);
    return member[1];
  },
});

const write = (member: Member): FieldRecipes => ({
  store: (a) => {
    putValue(a, a.dst, member);
    return member[1];
  },
});

export const readWrite = (member: Member): FieldRecipes => ({ ...read(member), ...write(member) });

/** An array, any part of it. */
export const readPart = (member: Member): FieldRecipes => ({
  load: (a) => {
    loadMember(a, a.dst, a.src, partOf(a, member));
    return a.size;
  },
});

/** Bytes for the program's own use, at any size. */
export const scratch = (member: Member): FieldRecipes => ({
  ...readPart(member),
  store: (a) => {
    putValue(a, a.dst, partOf(a, member));
    return a.size;
  },
});

/** Bits of a byte. */
export const readBits = ({ off, mask }: Bits): FieldRecipes => ({
  load: (a) => {
    loadMember(a, a.dst, a.src, [off, 1]);
    putAlu32K(a.edits, ALU_OP.AND, a.dst, mask);
    return 1;
  },
});

/** Follow pointers to the last member. */
export const follow = (...members: readonly Member[]): FieldRecipes => ({
  load: (a) => {
    putChain(a, a.dst, a.src, members);
    return members[members.length - 1][1];
  },
});

/** Follow a pointer to a part of an array. */
export const followToPart = (pointer: Member, member: Member): FieldRecipes => ({
  load: (a) => {
    putChain(a, a.dst, a.src, [pointer, partOf(a, member)]);
    return a.size;
  },
});

/** Follow a pointer unless it is NULL, which then is the value. */
const ifSet = (pointer: Member, memberOf: (a: Access) => Member): FieldRecipes => ({
  load: (a) => {
    const member = memberOf(a);
    loadMember(a, a.dst, a.src, pointer);
    putIfK(a.edits, JMP_OP.JEQ, a.dst, 0, 1);
    loadMember(a, a.dst, a.dst, member);
    return member[1];
  },
});
export const followIfSet = (pointer: Member, member: Member): FieldRecipes => ifSet(pointer, () => member);
export const followToPartIfSet = (pointer: Member, member: Member): FieldRecipes =>
  ifSet(pointer, (a) => partOf(a, member));

/** Store through pointers. `temp` is the context's own room for the value of the third register. */
export const storeThrough = (
  temp: Member,
  pointers: readonly Member[],
  memberOf: (a: Access) => Member,
): FieldRecipes => ({
  store: (a) => {
    const reg = thirdReg(a);
    const member = memberOf(a);
    storeMember(a, a.dst, reg, keepIn(temp));
    putChain(a, reg, a.dst, pointers);
    putValue(a, reg, member);
    loadMember(a, reg, a.dst, keepIn(temp));
    return member[1];
  },
});
