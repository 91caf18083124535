import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** The parts of the page keep their state in modules: each file of these gets modules of its own. */
const STATEFUL = [
  'tests/unit/store/**/*.test.ts',
  'tests/unit/views/**/*.test.ts',
  'tests/unit/worker/**/*.test.ts',
];

const common = {
  environment: 'node',
  // A test is never decided by a clock; this only ends one that hangs.
  testTimeout: 120_000,
} as const;

export default defineConfig({
  test: {
    // All of the machine: by itself it would leave one core, which is half of a small one.
    maxWorkers: availableParallelism(),
    benchmark: { include: ['tests/bench/**/*.bench.ts'] },
    projects: [
      {
        test: {
          ...common,
          name: 'core',
          include: ['tests/**/*.test.ts'],
          exclude: STATEFUL,
          // Nothing there outlives a call, so the files of a worker share what is loaded: a fifth of the time was loading.
          isolate: false,
        },
      },
      { test: { ...common, name: 'page', include: STATEFUL } },
    ],
  },
});
