/** How much Linux 6.18 allows, by the names that it has for it. */

/** Turns of bpf_loop(), and of a may_goto that looks at no clock (BPF_MAX_LOOPS in linux/bpf.h). */
export const MAX_LOOPS = 8 * 1024 * 1024;
/** Turns of a may_goto between two looks at the clock (BPF_MAX_TIMED_LOOPS in linux/bpf.h). */
export const MAX_TIMED_LOOPS = 0xffff;

/** Functions that may be in one another (MAX_CALL_FRAMES in linux/bpf_verifier.h). */
export const MAX_CALL_FRAMES = 8;
/** Insns that the verifier walks over, in all ways together (BPF_COMPLEXITY_LIMIT_INSNS in linux/bpf.h). */
export const COMPLEXITY_LIMIT_INSNS = 1_000_000;
/** Ways that may wait (BPF_COMPLEXITY_LIMIT_JMP_SEQ in kernel/bpf/verifier.c). */
export const COMPLEXITY_LIMIT_JMP_SEQ = 8192;

/** CPUs that a kernel may be built for, at most (CONFIG_NR_CPUS with CONFIG_MAXSMP, arch/x86/Kconfig). */
export const NR_CPUS_MAX = 8192;

/** The greatest error number: results from its negative up to -1 are errors (linux/err.h). */
export const MAX_ERRNO = 4095;
