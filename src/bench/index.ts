/** Measuring the engine; clocks and memory are given by who measures. */
export {
  type Bench,
  fitsBudget,
  type Machine,
  type MemoryUse,
  measure,
  median,
  memoryUse,
  type Others,
  patchedOnce,
  ratioOf,
  roundsFor,
  type Timed,
  type Times,
} from './measure.ts';
export { type BenchWork, MIXES, type Mix } from './mixes.ts';
export { resultFile, workFile } from './native.ts';
export { type Speed, speeds } from './speeds.ts';
