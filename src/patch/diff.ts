/** What has become of an insn; the names are in the same order. */
export const DIFF = { INSERTED: 0, DELETED: 1, REWRITTEN: 2, RETARGETED: 3, UNCHANGED: 4 } as const;
export const DIFF_NAMES = ['inserted', 'deleted', 'rewritten', 'retargeted', 'unchanged'] as const;

/** In a column of DIFF by node: it is there at neither moment, or is the second slot of one that has a row. */
export const NO_ROW = 5;
