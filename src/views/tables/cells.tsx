/** How the tables write numbers that may change. */
import type { ReactNode } from 'react';
import { grouped } from '../../figures/index.ts';

export const strong = (value: ReactNode) => <b>{value}</b>;

/** A number that is only worth a place when it is another than before. */
export const was = (before: number, now: number) =>
  before === now ? '' : <span className="dim">{grouped(before)}</span>;

export const moved = (n: number, changed: boolean) => (changed ? strong(grouped(n)) : grouped(n));

/** Stands for what is gone. */
export const GONE = '\u2013';

/** Slots [from, to) by their numbers: "8–11", or "8" for a single one. */
export const slots = (from: number, to: number): string =>
  to - from <= 1 ? grouped(from) : `${grouped(from)}\u2013${grouped(to - 1)}`;
