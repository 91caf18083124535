/**
 * The worker of bench-browser.mjs: the measuring of `bpf-patch bench` in a browser. Yardsticks in C are asked for a round
 * outside of it; a copy of the result's bytes in here takes its turn as well.
 */
import {
  MIXES,
  measure,
  median,
  patchedOnce,
  ratioOf,
  resultFile,
  roundsFor,
  speeds,
} from '../src/bench/index.ts';
import { ALGORITHMS } from '../src/patch/index.ts';

const BUDGET_MS = 2_000;
const machine = { now: () => performance.now(), memoryUsed: () => null, collect: () => {} };
const bench = { machine, layer: 'verifier', budgetMs: BUDGET_MS };

let answered = () => {};
const nativeRound = () =>
  new Promise((resolve) => {
    answered = resolve;
    postMessage({ kind: 'round' });
  });

/** A copy of as many bytes as a result in the kernel's layout has, into memory that is warm. */
function copyOf(bytes) {
  const into = new Uint8Array(bytes.length);
  return () => {
    const start = performance.now();
    into.set(bytes);
    return performance.now() - start;
  };
}

async function measureMix({ mix: id, n, algorithms, hasNative }) {
  const mix = MIXES.find((one) => one.id === id);
  const work = mix.build(n);
  const chosen = ALGORITHMS.filter((one) => algorithms.includes(one.id));
  const copy = copyOf(resultFile(patchedOnce(work, chosen[0], bench.layer).program));
  const others = async () => ({ 'copy in the worker': copy(), ...(hasNative ? await nativeRound() : {}) });
  const slots = work.program.insns.length / 2;
  const { timed, others: turns } = await measure(work, chosen, bench, roundsFor(slots), others);
  const rows = timed.map(({ algorithm, times }) => ({
    ...{ algorithm: algorithm.id, mix: id, n: slots, ms: median(times.rounds) },
    ratio: Object.fromEntries(Object.entries(turns).map(([name, other]) => [name, ratioOf(times, other)])),
  }));
  postMessage({ kind: 'rows', rows });
}

self.onmessage = ({ data }) => {
  if (data.kind === 'round') answered(data.times);
  else if (data.kind === 'speeds')
    postMessage({ kind: 'rows', rows: speeds(data.n, ALGORITHMS[0], machine) });
  else measureMix(data).catch((error) => postMessage({ kind: 'failed', message: String(error) }));
};
