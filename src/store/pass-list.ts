/** The passes that were chosen, as a list that can be changed, and what came of each. */
import type { Catalog, Choice, RunDone } from '../pipeline/index.ts';
import { derive } from './derive.ts';
import { choosePass } from './intents.ts';
import { withChosen } from './selectors.ts';
import { get, type State } from './store.ts';

/** As many as a link holds by a wide margin. */
export const PASSES_MAX = 24;

/** Id of the pass that carries out the patch points of the text. */
export const EDITS = 'edits';

/** Ids of the passes that run, in order: a pipeline is what it stands for. */
export const passIds: (s: State) => readonly string[] = derive(
  (s: State) => [s.catalog, s.pass] as const,
  ({ pipelines }: Catalog, pass: string) =>
    pass.split(',').flatMap((id) => pipelines.find((pipeline) => pipeline.id === id)?.passes ?? [id]),
);

/** Run these; a pipeline of just these goes by its name. */
export function choosePasses(ids: readonly string[]): void {
  if (ids.length === 0 || ids.length > PASSES_MAX) return;
  const list = ids.join(',');
  const named = get().catalog.pipelines.find(({ passes }) => passes.join(',') === list);
  choosePass(named?.id ?? list);
}

/** In the order in which a kernel runs them. */
export function inKernelOrder(ids: readonly string[], { passes }: Catalog): readonly string[] {
  const rank = (id: string): number => passes.findIndex((pass) => pass.id === id);
  return ids.toSorted((a, b) => rank(a) - rank(b));
}

/** What can be chosen by name; before the worker has said so, and where the list is a person's own, what is chosen. */
export const passChoices: (s: State) => readonly Choice[] = derive(
  (s: State) => [s.catalog, s.pass] as const,
  ({ passes, pipelines }: Catalog, chosen: string) => {
    if (pipelines.some(({ id }) => id === chosen)) return passes;
    const cnt = chosen.split(',').length;
    return cnt > 1
      ? [...passes, { id: chosen, label: `${cnt} passes`, why: '' }]
      : withChosen(passes, chosen);
  },
);

/** The passes that run, when there are several. */
export const pipelineSteps = derive(
  (s: State) => [s.good] as const,
  (run: RunDone | null) => (run !== null && run.steps.length > 1 ? run.steps : null),
);
