/** The worker itself: a shell over answer.ts. */
import { CATALOG, comparison, race, run } from '../pipeline/index.ts';
import { makeAnswerer } from './answer.ts';
import type { Reply, Request } from './protocol.ts';

/** What a dedicated worker offers; the compiler knows this file as part of a page. */
interface WorkerScope {
  onmessage: ((event: MessageEvent<Request>) => void) | null;
  postMessage(reply: Reply, moved: readonly ArrayBuffer[]): void;
}
const scope = self as unknown as WorkerScope;

const answer = makeAnswerer(
  { run, comparison, race },
  (reply, moved) => scope.postMessage(reply, moved),
  () => performance.now(),
);
scope.postMessage({ id: 0, kind: 'catalog', catalog: CATALOG }, []);
scope.onmessage = ({ data }) => answer(data);
