/**
 * The benchmark in a worker of a real Chromium. Yardsticks in C, where there is a cc, take their turn in the same rounds, so
 * that a ratio is of one moment. For people, not for tests.
 *
 *   node scripts/bench-browser.mjs [--n N,...] [--mix ID,...] [--algorithm ID,...] [--speeds N] [--json]
 */
import { createServer } from 'node:http';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from '@playwright/test';
import { build } from 'esbuild';
import { findChromium } from './browser.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const TIMEOUT_MS = 300_000;

async function bundled(entry, platform) {
  const { outputFiles } = await build({
    ...{ entryPoints: [join(root, entry)], bundle: true, write: false, logLevel: 'error' },
    ...{ platform, format: 'esm', minify: platform === 'browser' },
  });
  return outputFiles[0].text;
}

/** Only a page of its own may have a clock finer than 100 µs. */
const ISOLATED = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

function serve(worker) {
  const server = createServer(({ url }, response) => {
    const isWorker = url === '/worker.js';
    response.writeHead(200, { ...ISOLATED, 'Content-Type': isWorker ? 'text/javascript' : 'text/html' });
    response.end(isWorker ? worker : '<!doctype html><title>bench</title>');
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

/** In the page: one job for a worker of its own; a round of the yardsticks is asked for outside. */
const inPage = (job) =>
  new Promise((resolve, reject) => {
    const worker = new Worker('/worker.js', { type: 'module' });
    worker.onerror = ({ message }) => reject(new Error(message));
    worker.onmessage = async ({ data }) => {
      if (data.kind === 'round') worker.postMessage({ kind: 'round', times: await window.nativeRound() });
      else {
        worker.terminate();
        if (data.kind === 'rows') resolve(data.rows);
        else reject(new Error(data.message));
      }
    };
    worker.postMessage(job);
  });

async function nativeOf() {
  const entry = join(root, '.cache', 'bench-native.mjs');
  await build({
    stdin: {
      contents: "export * from './src/bench/index.ts'; export * from './src/cli/bench-native.ts';",
      ...{ resolveDir: root, loader: 'ts' },
    },
    ...{ outfile: entry, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' },
  });
  const { MIXES, workFile, buildYardsticks } = await import(pathToFileURL(entry).href);
  return { MIXES, workFile, yardsticks: buildYardsticks() };
}

/** Rows of every mix and size, and of the other speeds; the name of the browser. */
export async function benchInBrowser({ mixes, sizes, algorithms, speedSizes }) {
  const { MIXES, workFile, yardsticks } = await nativeOf();
  const server = await serve(await bundled('scripts/bench-worker.mjs', 'browser'));
  const browser = await chromium.launch({
    executablePath: findChromium(),
    args: ['--no-sandbox', '--disable-gpu'],
  });
  try {
    const page = await browser.newPage();
    page.setDefaultTimeout(TIMEOUT_MS);
    let open = null;
    await page.exposeFunction('nativeRound', () => open.round());
    await page.goto(`http://127.0.0.1:${server.address().port}/`);
    const rows = [];
    for (const id of mixes) {
      const mix = MIXES.find((one) => one.id === id);
      for (const n of mix.standardN === null ? sizes : [mix.standardN]) {
        const file = yardsticks === null ? null : workFile(mix.build(n), mix.isComputed);
        open = file instanceof Uint8Array ? await yardsticks.open(file) : null;
        const job = { kind: 'mix', mix: id, n, algorithms, hasNative: open !== null };
        rows.push(...(await page.evaluate(inPage, job)));
        open?.close();
      }
    }
    const speeds = [];
    for (const n of speedSizes) speeds.push(...(await page.evaluate(inPage, { kind: 'speeds', n })));
    return { rows, speeds, browser: `Chromium ${browser.version()}` };
  } finally {
    await browser.close();
    server.close();
    yardsticks?.close();
  }
}

const numbers = (text) => text.split(',').map(Number);

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({
    options: {
      ...{ n: { type: 'string', default: '1000000' }, mix: { type: 'string', default: 'every,some,nops' } },
      ...{ algorithm: { type: 'string', default: 'stream' }, speeds: { type: 'string', default: '1000000' } },
      json: { type: 'boolean', default: false },
    },
  });
  const measured = await benchInBrowser({
    ...{ mixes: values.mix.split(','), sizes: numbers(values.n), algorithms: values.algorithm.split(',') },
    speedSizes: values.speeds === '' ? [] : numbers(values.speeds),
  });
  if (values.json) console.log(JSON.stringify(measured));
  else {
    const short = (value) => Number(value.toPrecision(3));
    console.log(measured.browser);
    console.table(
      measured.rows.map(({ ratio, ms, ...row }) => ({
        ...row,
        ms: short(ms),
        ...Object.fromEntries(Object.entries(ratio).map(([name, value]) => [`÷ ${name}`, short(value)])),
      })),
    );
    console.table(measured.speeds);
  }
}
