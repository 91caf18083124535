/**
 * What `src` says where it is no register: of a call and of an ld_imm64. Numbers: BPF_PSEUDO_* in
 * linux/include/uapi/linux/bpf.h of 6.18.
 */

/** Of a call: a subprogram (bpf2bpf). */
export const PSEUDO_CALL = 1;
/** ... a kernel function by BTF id. */
export const PSEUDO_KFUNC = 2;

/** Of an ld_imm64: the address of a subprogram (callbacks). */
export const PSEUDO_FUNC = 4;
/** ... of a map or of a byte in its value, named by a descriptor or by an index into the loader's list of them. */
export const PSEUDO_MAP = { FD: 1, VALUE: 2, IDX: 5, IDX_VALUE: 6 } as const;
