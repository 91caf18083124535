/**
 * What `npm test` runs: every check there is, all of them even when one fails, and at the end
 *
 *   N passed, N failed
 *
 * as the last line: the tests of vitest and Playwright, and each other step as one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium } from './browser.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const cache = join(root, '.cache');
const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Runs a program to its end; its exit code, or 127 when it could not be started. */
function call(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
    });
    child.on('error', () => resolve(127));
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** A step that is one test: it passes when every command of it does. */
const oneTest =
  (...commands) =>
  async () => {
    let failed = 0;
    for (const [name, ...args] of commands)
      if ((await call(name === 'node' ? process.execPath : bin(name), args)) !== 0) failed = 1;
    return { passed: 1 - failed, failed, skipped: 0 };
  };

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

/** A runner that ended badly without a failed test (or without a report) is itself a failure. */
const withExit = (count, code) => (code !== 0 && count.failed === 0 ? { ...count, failed: 1 } : count);

async function vitest() {
  const file = join(cache, 'vitest.json');
  rmSync(file, { force: true });
  const code = await call(bin('vitest'), [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ]);
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  // A file that cannot be loaded has no tests to count: it counts as one.
  const broken = report.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  );
  const count = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + report.numTodoTests,
  };
  return withExit(count, code);
}

const freePort = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.on('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

async function playwright() {
  if (!findChromium()) {
    console.log('no Chromium: set CHROME_PATH or install the package `chromium`');
    return { passed: 0, failed: 1, skipped: 0 };
  }
  const file = join(cache, 'playwright.json');
  rmSync(file, { force: true });
  const env = { E2E_PORT: String(await freePort()), PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const code = await call(bin('playwright'), ['test'], env);
  const report = readReport(file);
  if (!report) return { passed: 0, failed: 1, skipped: 0 };
  const { expected, flaky, unexpected, skipped } = report.stats;
  return withExit({ passed: expected + flaky, failed: unexpected, skipped }, code);
}

const STEPS = [
  ['types', oneTest(['tsc', '-p', 'tsconfig.json'], ['tsc', '-p', 'tsconfig.core.json'])],
  ['lint', oneTest(['biome', 'check', '.'], ['knip'])],
  ['vitest', vitest],
  ['build', oneTest(['vite', 'build', '--logLevel', 'warn'])],
  ['size', oneTest(['node', 'scripts/size.mjs'])],
  ['e2e', playwright],
];

const row = (name, { passed, failed, skipped }, seconds) =>
  `${failed ? 'FAIL' : 'ok  '}  ${name.padEnd(8)} ${String(passed).padStart(6)} passed ${String(failed).padStart(4)} failed` +
  `${skipped ? ` ${String(skipped).padStart(5)} skipped` : ''.padStart(14)}  ${seconds.toFixed(1).padStart(6)} s`;

mkdirSync(cache, { recursive: true });
const rows = [];
const total = { passed: 0, failed: 0, skipped: 0 };
for (const [name, step] of STEPS) {
  console.log(`\n== ${name}`);
  const start = performance.now();
  const count = await step();
  rows.push(row(name, count, (performance.now() - start) / 1000));
  for (const key of Object.keys(total)) total[key] += count[key];
}

console.log(`\n${rows.join('\n')}`);
if (!existsSync(join(root, '..', 'shared')))
  console.log('skipped: comparisons with the reference material, because ../shared is not there');
console.log(`${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
