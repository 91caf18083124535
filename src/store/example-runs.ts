/** Runs of the examples for their small pictures, one after the other, beside the run that is on the page. */
import type { Example } from '../examples/index.ts';
import type { RunDone } from '../pipeline/index.ts';
import { createEngine } from '../worker/client.ts';
import { runInput } from './run-input.ts';
import { initialState } from './store.ts';

/** Answers how to stop; an example that cannot be run is passed over. */
export function runExamples(
  examples: readonly Example[],
  onRun: (example: Example, run: RunDone) => void,
): () => void {
  const rest = [...examples];
  const engine = createEngine({ onCrash: () => next() });
  const next = (): void => {
    const example = rest.shift();
    if (!example) {
      engine.dispose();
      return;
    }
    const { source: text, pass, layer = initialState.layer, semantics = initialState.semantics } = example;
    engine.run(runInput({ ...initialState, text, pass, layer, semantics }), {
      onResult: (output) => {
        if (output.ok) onRun(example, output);
        next();
      },
    });
  };
  next();
  return () => engine.dispose();
}
