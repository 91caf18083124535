/**
 * The frame around an algorithm that does all edits of one list at once: it waits with a list until the next one
 * or `finish` comes, so that the usual case, one list, is written once and in its last form.
 */
import { assert } from '../base/assert.ts';
import { err, ok, type Result } from '../base/result.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { OpenOptions, PatchError, Patched, Patching } from './algorithm.ts';
import { composeRemap } from './compose.ts';
import { type Draft, peekedDraft } from './draft.ts';
import type { Remap } from './remap.ts';
import { type ResolvedEdits, resolveEdits } from './resolve.ts';
import { noWork, type Work } from './work.ts';

/** `last`: distances are checked and written; otherwise they stay wide beside the insns. */
export interface StepContext {
  readonly options: OpenOptions;
  readonly last: boolean;
  readonly work: Work;
}

export interface Stepped {
  readonly draft: Draft;
  readonly remap: Remap;
}

export type Step = (draft: Draft, edits: ResolvedEdits, context: StepContext) => Result<Stepped, PatchError>;

const NO_EDITS = {
  cnt: 0,
  kind: new Uint8Array(0),
  at: new Int32Array(0),
  len: new Int32Array(0),
  first: new Int32Array(0),
  insns: new Int32Array(0),
  exits: new Int32Array(0),
};

/** The core layer knows no aux. */
const enter = (program: Program, options: OpenOptions): Program =>
  options.layer === 'core' && program.aux !== null ? { ...program, aux: null } : program;

export function patchingBy(step: Step, program: Program, options: OpenOptions = {}): Patching {
  let draft: Draft = { program: enter(program, options), dist: null, anchor: null };
  let remap: Remap | null = null;
  let pending: ResolvedEdits | null = null;
  const work = noWork();

  const through = (stepped: Stepped): Remap =>
    remap === null ? stepped.remap : composeRemap(remap, stepped.remap);

  /** Carry out the list that waits, but for its distances, which need not fit yet. */
  function carryOut(): void {
    if (pending === null) return;
    const stepped = step(draft, pending, { options, last: false, work });
    assert(stepped.ok, 'only the last distances are refused');
    remap = through(stepped.value);
    draft = stepped.value.draft;
    pending = null;
  }

  return {
    apply(edits) {
      const resolved = resolveEdits(pending?.newSlotCnt ?? slotCnt(draft.program), edits);
      if (!resolved.ok) return resolved;
      carryOut();
      pending = resolved.value;
      return ok(undefined);
    },
    peek() {
      carryOut();
      return peekedDraft(draft, work);
    },
    finish(): Result<Patched, PatchError> {
      let edits = pending;
      if (edits === null) {
        const none = resolveEdits(slotCnt(draft.program), NO_EDITS);
        assert(none.ok, 'no edits are valid edits');
        edits = none.value;
      }
      const stepped = step(draft, edits, { options, last: true, work });
      if (!stepped.ok) return err(stepped.error);
      return ok({ program: stepped.value.draft.program, remap: through(stepped.value), work });
    },
  };
}
