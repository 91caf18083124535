/**
 * What the imm of an atomic insn says, RFC 9669 section 5.3; the last two are the kernel's own (linux/filter.h and
 * linux/bpf.h of 6.18).
 */
export const ATOMIC = {
  /** Bit: the old value comes back. */
  FETCH: 0x01,
  /** Exchange, which always fetches. */
  XCHG: 0xe1,
  /** Compare with r0 and exchange: the old value goes there. */
  CMPXCHG: 0xf1,
  LOAD_ACQ: 0x100,
  STORE_REL: 0x110,
} as const;
