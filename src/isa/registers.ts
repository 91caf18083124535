/** Registers by number, where code has to name one: r0 takes results, r1 to r5 are the arguments of a call. */
export const R0 = 0;
export const R1 = 1;
export const R2 = 2;
export const R3 = 3;
export const R5 = 5;
export const R6 = 6;
export const R9 = 9;
/** r10, which points behind the stack of a function and cannot be written. */
export const FP = 10;
/** r11: the kernel's own scratch register, which programs cannot name. */
export const REG_AX = 11;

/** r1 to r5, by bit. */
export const ARG_REGS = 0b111110;
/** r0 to r5 lose their values in a call: registers below this one. */
export const CALLER_SAVED_CNT = 6;
