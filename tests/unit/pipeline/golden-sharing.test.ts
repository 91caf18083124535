/**
 * All passes of Linux over recorded programs (../shared/golden, when it is there), on shared lists and each on its own.
 * Would catch what random programs are too small for: a list that keeps a map, a helper call or a subprogram otherwise.
 */
import { describe, expect, it } from 'vitest';
import { notesOf } from '../../../src/analysis/notes.ts';
import { splitmix32 } from '../../../src/base/random.ts';
import { readLoaded } from '../../../src/cli/loaded-program.ts';
import { linuxPasses, passesNamed } from '../../../src/passes/pipelines.ts';
import { agree } from '../../../src/patch/agree.ts';
import { ALGORITHMS } from '../../../src/patch/index.ts';
import { ENGINE_RULES } from '../../../src/patch/rules.ts';
import { noWork } from '../../../src/patch/work.ts';
import { runShared } from '../../../src/pipeline/shared-steps.ts';
import { listsOf } from '../../../src/pipeline/sharing.ts';
import { runSteps, type StepsInput } from '../../../src/pipeline/steps.ts';
import { makeProgram, slotCnt } from '../../../src/program/program.ts';
import { sharedLines } from '../passes/shared.ts';

const lines = sharedLines<{ readonly id: string }>('golden/golden-plain.jsonl');

function passes() {
  const named = passesNamed([...linuxPasses(), 'zext', 'blind']);
  if (!named.ok) throw new Error(named.error);
  return named.value;
}

/** Big enough to be real, small enough for an algorithm that looks at all of it after each edit. */
const SLOTS_MAX = 2000;

function inputOf(line: object): Omit<StepsInput, 'algorithm' | 'rnd'> {
  const loaded = readLoaded(JSON.stringify(line));
  if (!loaded.ok) throw new Error(loaded.error.message);
  const { program, setting } = loaded.value;
  const { columns, stackDepth } = notesOf(program, setting, []);
  const source = makeProgram({ ...program, subprogs: { ...program.subprogs, stackDepth }, aux: columns });
  return {
    ...{ source, setting, passes: passes(), rules: ENGINE_RULES },
    ...{ needsZext: true, layer: 'verifier', patchPoints: [] },
  };
}

it('the passes of Linux need three lists: those that ask for records do not go on behind those that put insns', () => {
  expect(listsOf(passes()).map((list) => list.map(({ id }) => id))).toEqual([
    ['inline_loop'],
    ['hard_wire', 'dead_code', 'nops', 'ctx_access'],
    ['fixups', 'zext', 'blind'],
  ]);
});

describe('recorded programs', () => {
  if (lines === null) it.skip('not run: there is no ../shared/golden beside the repository', () => {});
  const cases = (lines ?? []).map((line) => [line.id, inputOf(line)] as const);
  const small = cases.filter(([, { source }]) => slotCnt(source) <= SLOTS_MAX);
  it.each(small)('%s', (_, input) => {
    for (const algorithm of ALGORITHMS) {
      const apart = runSteps({ ...input, algorithm, rnd: splitmix32(1) });
      const shared = runShared({ ...input, algorithm, rnd: splitmix32(1) });
      expect([apart.refused, shared.refused]).toEqual([null, null]);
      expect(shared.done.map(({ edits }) => edits)).toEqual(apart.done.map(({ edits }) => edits));
      const results = [apart, shared].map((one) => ({ ...one, work: noWork() }));
      expect(agree(results)).toBeNull();
    }
  });
});
