/** What memory may be taken from: linux/include/linux/gfp_types.h of 6.18. */

/** Without sleeping. */
export const GFP_ATOMIC = 0x820;
/** Until 6.3 one bit more said that nobody may sleep. */
export const GFP_ATOMIC_OLD = 0xa20;
/** The caller may sleep. */
export const GFP_KERNEL = 0xcc0;
