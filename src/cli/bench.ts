/** `bench`: what patching costs, and how that compares with yardsticks in C on the same machine in the same minute. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type Bench, type Machine, MIXES, type Mix } from '../bench/index.ts';
import type { Layer } from '../patch/algorithm.ts';
import { ALGORITHMS } from '../patch/index.ts';
import { buildYardsticks } from './bench-native.ts';
import { jsonRow, type MeasureAsk, type Measured, measureAll } from './bench-run.ts';
import { benchTables } from './bench-table.ts';
import { oneOf, readCommandLine } from './command-line.ts';
import type { Io } from './io.ts';

const LAYERS: readonly Layer[] = ['verifier', 'core'];
const SIZES = [1_000, 10_000, 100_000];
const N_MAX = 1_000_000;
/** One run of an algorithm that reads everything for each edit; longer ones are left out. */
const BUDGET_MS = 2_000;

const usualMixes = MIXES.filter(({ isUsual }) => isUsual);
const words = (list: readonly { id: string }[]): string => list.map(({ id }) => id).join(', ');

export const BENCH_HELP = `bench [OPTIONS]

Measures the algorithms on generated programs: making the edits, checking them, patching, records, line entries and
subprograms. They take turns, a round each; times are medians. Work units are exact and the same everywhere.

  --n N,...        insns, 1 to ${N_MAX} (default ${SIZES.join(',')}, or what a mix is usually measured with)
  --mix ID,...     ${words(usualMixes)} (these by default),
                   or one of the recipes ${words(MIXES.filter(({ isUsual }) => !isUsual))};
                   usual: those by default; all: every one
  --algorithm ID,...  ${words(ALGORITHMS)}
                   (default all); array is left out where one run takes more than ${BUDGET_MS / 1000} s, and that is said
  --rounds N       rounds, 1 to 1000 (default: 81 of small programs down to 11 of big ones)
  --layer LAYER    verifier (default) or core
  --native         also build the yardsticks in C with cc, and tell how many times as long as each of them everything
                   takes: the medians of the ratios within a round
  --fresh          with --native: the yardsticks get big blocks from the system anew each time, as malloc would unless
                   told otherwise; without it their heap stays warm
  --unread         the batch computes what hangs on insns when it is read; leave that unread, as a page does that shows
                   a part of the result
  --json           one JSON line for each algorithm, mix and size, and with --native one for each yardstick
                   peakBytes is what was in use at the most over what was there before: edits, scratch and result

Exit status: 0 done, 1 the yardsticks came to another result, 2 the command line is wrong.
`;

const listed = (wants: string, isOne: (word: string) => boolean) => ({
  wants,
  accepts: (text: string) => text.split(',').every(isOne),
});

const OPTIONS = {
  n: listed(
    `numbers from 1 to ${N_MAX}, with commas between`,
    (word) => /^[1-9]\d{0,6}$/.test(word) && Number(word) <= N_MAX,
  ),
  mix: listed(`ids out of ${words(MIXES)}, usual, all, with commas between`, (word) =>
    ['usual', 'all', ...MIXES.map(({ id }) => id)].includes(word),
  ),
  algorithm: listed(`ids out of ${words(ALGORITHMS)}, with commas between`, (word) =>
    ALGORITHMS.some(({ id }) => id === word),
  ),
  rounds: {
    wants: 'a number from 1 to 1000',
    accepts: (text: string) => /^[1-9]\d{0,3}$/.test(text) && Number(text) <= 1_000,
  },
  layer: oneOf(LAYERS),
};

const mixesNamed = (text: string): Mix[] => [
  ...new Set(
    text
      .split(',')
      .flatMap((word) =>
        word === 'all' ? MIXES : word === 'usual' ? usualMixes : MIXES.filter(({ id }) => id === word),
      ),
  ),
];

/** Node can be told to clean up only when it was asked for it at the start, or in this way. */
export function nodeMachine(): Machine {
  setFlagsFromString('--expose-gc');
  const gc = runInNewContext('gc') as () => void;
  return {
    now: () => performance.now(),
    memoryUsed: () => {
      const { heapUsed, arrayBuffers } = process.memoryUsage();
      return heapUsed + arrayBuffers;
    },
    collect: () => {
      // The second waits for what the first left to be swept in the background, such as buffers.
      gc();
      gc();
    },
  };
}

/** `machine`: the clock and the memory to measure with. */
export async function benchCommand(
  args: readonly string[],
  io: Io,
  machine = nodeMachine(),
): Promise<number> {
  const options = await readCommandLine('bench', BENCH_HELP, args, io, {
    values: OPTIONS,
    flags: ['json', 'native', 'fresh', 'unread'],
  });
  if (typeof options === 'number') return options;
  const { file, values, flags } = options;
  if (file !== undefined) {
    await io.err(`bench: there is no file to read: ${file}\n`);
    return 2;
  }
  const bench: Bench = {
    machine,
    layer: (values.layer ?? 'verifier') as Layer,
    budgetMs: BUDGET_MS,
    leavesUnread: flags.has('unread'),
  };
  const ids = values.algorithm?.split(',');
  const yardsticks = flags.has('native') ? buildYardsticks() : null;
  if (flags.has('native') && yardsticks === null)
    await io.err('bench: there is no cc here, so the yardsticks in C are left out\n');
  const ask: MeasureAsk = {
    mixes: mixesNamed(values.mix ?? 'usual'),
    sizes: values.n?.split(',').map(Number) ?? null,
    usualSizes: SIZES,
    algorithms: ALGORITHMS.filter(({ id }) => ids === undefined || ids.includes(id)),
    roundCnt: values.rounds === undefined ? null : Number(values.rounds),
    yardsticks,
    isFresh: flags.has('fresh'),
  };
  const measured: Measured[] = [];
  try {
    for await (const one of measureAll(ask, bench, (text) => io.err(`bench: ${text}\n`))) {
      measured.push(one);
      if (flags.has('json')) for (const row of one.rows) await io.out(`${JSON.stringify(jsonRow(row))}\n`);
    }
  } finally {
    yardsticks?.close();
  }
  if (!flags.has('json')) await io.out(benchTables(measured, yardsticks?.compiler ?? null));
  return measured.some(({ differs }) => differs.length > 0) ? 1 : 0;
}
