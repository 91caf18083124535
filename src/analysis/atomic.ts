/** What the imm of an atomic insn says (linux/bpf.h and linux/filter.h of 6.18), as far as registers are concerned. */
export const ATOMIC = {
  /** Bit: the old value comes back. */
  FETCH: 0x01,
  CMPXCHG: 0xf1,
  LOAD_ACQ: 0x100,
  STORE_REL: 0x110,
} as const;
