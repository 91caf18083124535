/** Checks of the program as it is at a moment. */
import { signed } from '../figures/index.ts';
import { headroom, type TableSource } from '../figures/tables.ts';

export interface Check {
  readonly ok: boolean;
  readonly text: string;
}

/** Checks read as headroom, not as scores. */
export function checksAt(source: TableSource, op: number): readonly Check[] {
  const { largest, room } = headroom(source, op);
  const limit = largest < 0 ? '\u221232,768' : '+32,767';
  return [{ ok: room >= 0, text: `Largest distance ${signed(largest)}, limit ${limit}` }];
}
