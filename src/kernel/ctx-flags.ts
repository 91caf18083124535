/**
 * What the verifier says of a pointer beside its type (reg-types.ts), as bits above the lowest eight. Only those that
 * decide how an access is rewritten, and whether a pointer may be NULL. Numbers: enum bpf_type_flag in linux/include/linux/bpf.h of 6.18.
 */
export const POINTER_FLAG = {
  MAYBE_NULL: 1 << 8,
  /** What it points to may not be written. */
  READ_ONLY: 1 << 9,
  /** It may lead anywhere. */
  UNTRUSTED: 1 << 14,
  /** The program has allocated what it points to. */
  ALLOCATED: 1 << 19,
  /** The kernel vouches for what it points to. */
  TRUSTED: 1 << 20,
} as const;
