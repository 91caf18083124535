/** Bits of a map's map_flags that change what becomes of a program: BPF_F_* in linux/include/uapi/linux/bpf.h of 6.18. */

/** No program may write into it. */
export const F_RDONLY_PROG = 1 << 7;
/** Maps with another number of elements may stand in its place (in a map of maps). */
export const F_INNER_MAP = 1 << 12;
/** Addresses in an arena are not turned into those of the user's view. */
export const F_NO_USER_CONV = 1 << 18;
