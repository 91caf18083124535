/**
 * What the engine costs, for people; not for tests. Algorithms and yardsticks in C take turns, a round each, and a ratio is
 * the median of the ratios within a round, so that it means something on a machine that does other things as well.
 *
 *   npm run bench                    all mixes up to a million insns, recipes, text, traces, frames; then in Chromium
 *   npm run bench -- --write         the same, into docs/PERFORMANCE.md
 *   npm run bench -- --goals         only what the goals ask for, a few minutes; goes with --write
 *   npm run bench -- --quick         the batch alone, two mixes, a million insns: for whoever works on it
 *   npm run bench -- --no-browser    without Chromium
 *   npm run bench -- --keystroke     from a key to the picture as well; needs `npm run build` before
 *
 * One mix, size or algorithm by itself: bpf-patch bench --help
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { loadavg } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { benchInBrowser } from './bench-browser.mjs';
import { report } from './bench-report.mjs';
import { findChromium } from './browser.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const PAGE = join(root, 'docs', 'PERFORMANCE.md');
const [BEGIN, END] = ['<!-- measured: npm run bench -- --write -->', '<!-- end of what was measured -->'];
const SIZES = [1_000, 10_000, 100_000, 1_000_000];
const MILLION = 1_000_000;
const BUDGET_MS = 2_000;

async function engine() {
  const outfile = join(root, '.cache', 'bench.mjs');
  await build({
    stdin: {
      contents: `
        export { MIXES, speeds } from './src/bench/index.ts';
        export { ALGORITHMS } from './src/patch/index.ts';
        export { nodeMachine } from './src/cli/bench.ts';
        export { measureAll } from './src/cli/bench-run.ts';
        export { buildYardsticks } from './src/cli/bench-native.ts';
      `,
      ...{ resolveDir: root, loader: 'ts' },
    },
    ...{ outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
  });
  return import(pathToFileURL(outfile).href);
}

/** Rows of algorithms, each with its ratios to the yardsticks. */
const withRatios = ({ rows }) =>
  rows
    .filter(({ kind }) => kind === 'algorithm')
    .map((row) => ({
      ...row,
      ratio: Object.fromEntries(
        rows
          .filter(({ kind }) => kind === 'yardstick')
          .map((one) => [one.yardstick, one.ratio[row.algorithm]]),
      ),
    }));

/** `isBrief`: only what the goals ask for. */
async function measureAllOf(isBrief) {
  const { MIXES, ALGORITHMS, nodeMachine, measureAll, buildYardsticks, speeds } = await engine();
  const yardsticks = buildYardsticks();
  const machine = nodeMachine();
  const said = [];
  const measured = async (mixes, sizes, algorithms, more = {}) => {
    const ask = { mixes, sizes, usualSizes: SIZES, algorithms, roundCnt: null, yardsticks, isFresh: false };
    const rows = [];
    for await (const one of measureAll(
      ask,
      { machine, layer: 'verifier', budgetMs: BUDGET_MS, ...more },
      (text) => {
        said.push(text);
      },
    )) {
      console.error(`${one.mix.id}, ${one.n} insns`);
      rows.push(...withRatios(one));
    }
    return rows;
  };
  const usual = MIXES.filter(({ isUsual }) => isUsual);
  const two = ALGORITHMS.filter(({ id }) => id === 'stream' || id === 'list');
  try {
    // For the goals the batch takes turns with nobody but the yardsticks.
    const batch = ALGORITHMS.slice(0, 1);
    const named = (...ids) => usual.filter(({ id }) => ids.includes(id));
    return {
      alone: [
        ...(await measured(named('every', 'some'), [MILLION], batch)),
        ...(await measured(named('nops'), null, batch)),
      ],
      unread: await measured(named('every', 'some'), [MILLION], batch, { leavesUnread: true }),
      node: speeds(MILLION, ALGORITHMS[0], machine),
      rows: isBrief
        ? []
        : [
            ...(await measured(usual, null, ALGORITHMS)),
            ...(await measured(
              MIXES.filter(({ isUsual }) => !isUsual),
              null,
              two,
            )),
          ],
      ...{ compiler: yardsticks?.compiler ?? null, said },
    };
  } finally {
    yardsticks?.close();
  }
}

function write(text) {
  const page = readFileSync(PAGE, 'utf8');
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from)
    throw new Error(`docs/PERFORMANCE.md has no place between "${BEGIN}" and "${END}"`);
  writeFileSync(PAGE, `${page.slice(0, from + BEGIN.length)}\n\n${text}\n\n${page.slice(to)}`);
}

const run = (...args) =>
  spawnSync(process.execPath, args.map(String), { cwd: root, stdio: 'inherit' }).status ?? 1;

const { values } = parseArgs({
  options: Object.fromEntries(
    ['quick', 'goals', 'write', 'keystroke', 'no-browser'].map((name) => [
      name,
      { type: 'boolean', default: false },
    ]),
  ),
});
if (values.quick) {
  const flags = ['--mix', 'every,some', '--n', MILLION, '--algorithm', 'stream', '--native'];
  process.exitCode =
    run('bin/bpf-patch.mjs', 'bench', ...flags) || run('bin/bpf-patch.mjs', 'bench', ...flags, '--unread');
} else {
  // What else ran here: with more to do than there are cores, times say little.
  const [load] = loadavg();
  const measured = await measureAllOf(values.goals);
  const hasBrowser = !values['no-browser'] && findChromium() !== undefined;
  if (!hasBrowser) console.error('without Chromium');
  const ask = {
    mixes: ['every', 'some', 'nops'],
    sizes: values.goals ? [MILLION] : SIZES,
    algorithms: ['stream'],
    speedSizes: [MILLION],
  };
  const browser = hasBrowser ? await benchInBrowser(ask).catch((error) => console.error(error)) : undefined;
  const text = report({ ...measured, load, browser: browser ?? null });
  if (values.write) write(text);
  else console.log(text);
  if (values.keystroke) process.exitCode = run('scripts/keystroke.mjs');
}
