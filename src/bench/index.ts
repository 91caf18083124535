/** Measuring the engine; clocks and memory are given by who measures. */
export { measure, median, type Others, ratioOf, roundsFor, type Timed, type Times } from './measure.ts';
export { type MemoryUse, memoryUse } from './memory-use.ts';
export { type BenchWork, MIXES, type Mix } from './mixes.ts';
export { resultFile, workFile } from './native.ts';
export { type Bench, fitsBudget, type Machine, patchedOnce, refusalOf } from './run.ts';
export { type Speed, speeds } from './speeds.ts';
