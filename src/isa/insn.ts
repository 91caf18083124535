/**
 * One insn is two 32-bit words in wire layout (little endian), RFC 9669 section 3:
 *
 *   word 0   31 ............. 16  15 .. 12  11 .. 8  7 ....... 0
 *            off (signed 16 bit)   src_reg   dst_reg   opcode
 *   word 1   imm (signed 32 bit)
 *
 * Programs hold them interleaved in an Int32Array: slot i is words 2i and 2i+1.
 */
export const SLOT_WORDS = 2;

export const word0 = (code: number, dst: number, src: number, off: number): number =>
  (code & 0xff) | ((dst & 0xf) << 8) | ((src & 0xf) << 12) | (off << 16);

export const codeOf = (w0: number): number => w0 & 0xff;
export const dstOf = (w0: number): number => (w0 >>> 8) & 0xf;
export const srcOf = (w0: number): number => (w0 >>> 12) & 0xf;
export const offOf = (w0: number): number => w0 >> 16;
export const withOff = (w0: number, off: number): number => (w0 & 0xffff) | (off << 16);
