/**
 * Values of `off`, `imm` and `src` that make another insn of an opcode. Names as in linux/bpf.h and linux/filter.h of 6.18,
 * where they have one.
 */

/** imm of a 32-bit move of a register to itself: only here to clear the upper half (BPF_ZEXT_REG). */
export const ZEXT_MARK = 1;

/** off of a division or remainder: signed (instruction set v4). */
export const SIGNED = 1;

/** off of a 64-bit move: between address spaces (BPF_ADDR_SPACE_CAST); imm: destination above, source below. */
export const ADDR_SPACE_CAST = 1;
/** ... imm of the cast from the arena (1) to the kernel's own (0). */
export const CAST_TO_KERNEL = 1;
/** ... adds the base of this processor's variables (BPF_ADDR_PERCPU, Linux 6.10). */
export const ADDR_PERCPU = -1;

/** src of a conditional jump without a condition, of which there is one kind (BPF_MAY_GOTO). */
export const MAY_GOTO = 0;
