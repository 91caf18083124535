/**
 * Requests answered in their order, each as soon as the code that it needs is there: enough for a first visit, or
 * everything. So a worker stands at once, and the first picture waits for less than half of the engine.
 */
import { isFirst } from '../pipeline/first.ts';
import { makeAnswerer, type Pipeline, type Post } from './answer.ts';
import type { Request } from './protocol.ts';

/** Where the code is, in the two parts it comes in; asked for again, each gives the same. */
export interface Parts {
  /** What can run all that `isFirst`. */
  first(): Promise<Pick<Pipeline, 'run'>>;
  whole(): Promise<Pipeline>;
}

const notThere = (): never => {
  throw new Error('bug: a request was answered before the code for it was there');
};

export function makeLateAnswerer(
  parts: Parts,
  post: Post,
  now: () => number,
): (request: Request) => Promise<void> {
  const pipeline: Pipeline = { run: notThere, comparison: notThere, race: notThere, sweep: notThere };
  const answer = makeAnswerer(pipeline, post, now);
  let before = Promise.resolve();

  const answerLater = async (request: Request): Promise<void> => {
    const isEnough = request.kind === 'run' && isFirst(request.input);
    try {
      Object.assign(pipeline, await (isEnough ? parts.first() : parts.whole()));
    } catch (error) {
      const message = `a part of the engine could not be loaded: ${String(error)}`;
      post({ id: request.id, kind: 'crash', message }, []);
      return;
    }
    answer(request);
  };

  return (request) => {
    before = before.then(() => answerLater(request));
    return before;
  };
}
