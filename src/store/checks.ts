/** Checks of the program as it is at a moment. */

import { signed } from '../figures/index.ts';
import { headroom, jumpsAlive, type TableSource } from '../figures/tables.ts';
import { derive } from './derive.ts';
import { tableSource } from './selectors.ts';
import type { State } from './store.ts';

export interface Check {
  readonly ok: boolean;
  readonly text: string;
}

/** Checks read as headroom, not as scores. */
export const checksOf: (s: State) => readonly Check[] = derive(
  (s: State) => [tableSource(s), s.op] as const,
  (source: TableSource | null, op: number) => {
    if (!source) return [];
    const alive = jumpsAlive(source, op);
    const { largest, room } = headroom(source, op, alive);
    return [
      {
        ok: room >= 0,
        text: `Largest distance ${signed(largest)}, limit ${largest < 0 ? '\u221232,768' : '+32,767'}`,
      },
    ];
  },
);
