/** The pins as views show them. */
import { grouped } from '../figures/index.ts';
import type { TableSource } from '../figures/tables.ts';
import type { RunDone } from '../pipeline/index.ts';
import { derive } from './derive.ts';
import { insnNow, insnWords } from './insn-now.ts';
import { tableSource } from './selectors.ts';
import { PIN_LETTERS, type State } from './store.ts';

export interface PinNow {
  readonly letter: string;
  readonly uid: number;
  /** Its index in After, or what became of it. */
  readonly idx: string;
  /** The insn, and where it stands in full words; both empty when it is not in the picture. */
  readonly text: string;
  readonly words: string;
}

export const pinsNow: (s: State) => readonly PinNow[] = derive(
  (s: State) => [s.pins, s.good, tableSource(s), s.op] as const,
  (pins: State['pins'], run: RunDone | null, source: TableSource | null, op: number) =>
    pins.flatMap((uid, k) => {
      if (uid === null) return [];
      const insn = run && source ? insnNow(run, source, op, uid) : null;
      const pin = { letter: PIN_LETTERS[k], uid };
      if (!insn) return [{ ...pin, idx: '', text: '', words: '' }];
      const idx = insn.afterIdx < 0 ? 'deleted' : grouped(insn.afterIdx);
      return [{ ...pin, idx, text: insn.text, words: insnWords(insn) }];
    }),
);
