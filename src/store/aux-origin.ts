/** Where the values of aux records come from, in the words of the pictures. */
import { AUX_SOURCE } from '../analysis/aux.ts';
import type { AuxOrigin, DebugInput } from '../figures/debug-input.ts';
import type { RunDone } from '../pipeline/index.ts';

const ORIGINS: Readonly<Record<number, AuxOrigin>> = {
  [AUX_SOURCE.UNKNOWN]: 'unknown',
  [AUX_SOURCE.COMPUTED]: 'computed',
  [AUX_SOURCE.GIVEN]: 'given',
};

/** Of a slot before the pass; passes that went before have made records of their own, which know only `seen`. */
export const auxOriginOf =
  ({ before, auxSource }: RunDone): DebugInput['auxOrigin'] =>
  (field, slot) => {
    const record = before.aux?.home[slot] ?? -1;
    if (record >= 0) return ORIGINS[auxSource[field][record]] ?? 'unknown';
    return field === 'seen' ? (ORIGINS[auxSource.seen[~record]] ?? 'unknown') : 'computed';
  };
