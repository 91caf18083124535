/**
 * Deterministic work units: what an algorithm touched, by kind, the same on every machine. A *touch* is one
 * element (insn, record, entry, node) read or written in a loop over elements.
 */
export const WORK_KINDS = [
  'alloc', // allocations (not touches)
  'bytes', // bytes moved by copies and shifts (not touches)
  'node', // list nodes created, linked or walked
  'map', // slots whose new numbers are written down
  'insn', // insns written, copied or moved
  'scan', // insns looked at in search of jumps
  'jump', // jumps and calls adjusted or checked
  'aux', // aux records written or moved
  'line', // line entries visited
  'subprog', // subprogram starts visited
] as const;
export type WorkKind = (typeof WORK_KINDS)[number];
export type Work = Record<WorkKind, number>;

export const noWork = (): Work => ({
  alloc: 0,
  bytes: 0,
  node: 0,
  map: 0,
  insn: 0,
  scan: 0,
  jump: 0,
  aux: 0,
  line: 0,
  subprog: 0,
});

/** The kinds counted in elements, so neither allocations nor bytes. */
export type TouchKind = Exclude<WorkKind, 'alloc' | 'bytes'>;
export const TOUCH_KINDS: readonly TouchKind[] = WORK_KINDS.filter(
  (kind) => kind !== 'alloc' && kind !== 'bytes',
);

export const touchesOf = (work: Work): number => TOUCH_KINDS.reduce((sum, kind) => sum + work[kind], 0);

export const sumOfWork = (a: Work, b: Work): Work => {
  const sum = noWork();
  for (const kind of WORK_KINDS) sum[kind] = a[kind] + b[kind];
  return sum;
};
