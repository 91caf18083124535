/** The worker itself: a shell over late-answer.ts, which stands before the engine is loaded. */
import { CATALOG } from '../pipeline/catalog.ts';
import { makeLateAnswerer } from './late-answer.ts';
import type { Reply, Request } from './protocol.ts';

/** What a dedicated worker offers; the compiler knows this file as part of a page. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply, moved: readonly ArrayBuffer[]): void;
}
const scope = self as unknown as WorkerScope;

const loadFirst = () => import('../pipeline/known-first.ts').then(({ runFirst: run }) => ({ run }));
// Nobody opens a worker but for a run. Should this fail, the request that waits for it says so.
loadFirst().catch(() => {});

const loadWhole = () =>
  import('../pipeline/index.ts').then(({ run, comparison, race, sweep }) => ({
    run,
    comparison,
    race,
    sweep,
  }));

const answer = makeLateAnswerer(
  { first: loadFirst, whole: loadWhole },
  (reply, moved) => scope.postMessage(reply, moved),
  () => performance.now(),
);
scope.postMessage({ id: 0, kind: 'catalog', catalog: CATALOG }, []);
scope.onmessage = ({ data }) => void answer(data);
