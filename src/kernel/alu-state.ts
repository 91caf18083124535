/**
 * What the verifier notes of pointer arithmetic without privileges, in alu_state: BPF_ALU_* in
 * linux/include/linux/bpf_verifier.h of 6.18.
 */
export const ALU_STATE = {
  /** The source, or the destination, is the offset. */
  SANITIZE_SRC: 1 << 0,
  SANITIZE_DST: 1 << 1,
  /** The offset is below 0. */
  NEG_VALUE: 1 << 2,
  NON_POINTER: 1 << 3,
  /** The offset is a constant. */
  IMMEDIATE: 1 << 4,
} as const;
