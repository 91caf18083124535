/** One text with patch points (or a pass), done by the rules of docs/SEMANTICS.md and by a profile's algorithm. */

import type { Result } from '../../../src/base/result.ts';
import { passContext } from '../../../src/passes/pass.ts';
import { passesNamed } from '../../../src/passes/pipelines.ts';
import type { Layer, PatchError, Patched } from '../../../src/patch/algorithm.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { type Deviations, deviationsOf } from '../../../src/patch/deviations.ts';
import { profileById } from '../../../src/patch/profiles.ts';
import { stream } from '../../../src/patch/stream.ts';
import { factsNow, prepare } from '../../../src/pipeline/prepare.ts';
import { runSteps } from '../../../src/pipeline/steps.ts';
import type { Program } from '../../../src/program/program.ts';

export interface Asked {
  readonly pass?: string;
  readonly layer?: Layer;
  readonly semantics?: string;
}

export interface Both {
  readonly source: Program;
  readonly ours: Result<Patched, PatchError>;
  readonly theirs: Result<Patched, PatchError>;
  readonly deviations: Deviations;
}

function readyFor(text: string, semantics: string, pass: string) {
  const ready = prepare(text);
  if (!ready.ok) throw new Error(ready.diagnostics.map(({ message }) => message).join('; '));
  const profile = profileById(semantics);
  const passes = passesNamed([pass], profile?.rules);
  if (!profile?.algorithm || !passes.ok) throw new Error(`no ${semantics} or no ${pass}`);
  const { source, assembly } = ready;
  const { patchPoints, setting } = assembly;
  const { algorithm, rules } = profile;
  return { source, passes: passes.value, algorithm, ...{ rules, patchPoints, setting, rnd: () => 7 } };
}

/** What both make of the edits that the pass asks for under the profile's rules. */
export function both(text: string, asked: Asked = {}): Both {
  const { pass = 'edits', layer = 'verifier', semantics = 'rfc-2019' } = asked;
  const { source, passes, algorithm, ...known } = readyFor(text, semantics, pass);
  const edits = passes[0].run(source, passContext({ facts: factsNow(source), ...known }));
  const ours = applyEdits(stream, source, edits, layer);
  const theirs = applyEdits(algorithm, source, edits, layer);
  return { source, ours, theirs, deviations: deviationsOf(ours, theirs) };
}

/** What is left of a program when the profile has run all passes of a pipeline. */
export const chained = (text: string, semantics: string, pipeline: string): Program =>
  runSteps({ ...readyFor(text, semantics, pipeline), needsZext: true, layer: 'verifier' }).program;

export const sentences = ({ deviations }: Both): string[] => deviations.rows.map(({ sentence }) => sentence);
