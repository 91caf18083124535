/**
 * What a first visit waits for, on a slow machine and line: the build, served compressed by a server that sends 10 Mbit a
 * second and lets every answer wait 40 ms (so the workers' requests are slow as well), in a Chromium whose page runs at a
 * quarter of its speed, with nothing in its cache. For people, not for tests.
 *
 *   node scripts/startup.mjs [runs] [dist] [port]      medians of so many visits, and the slowest
 */
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from '@playwright/test';
import { findChromium } from './browser.mjs';

const [runs, dist, port] = [
  Number(process.argv[2] ?? 9),
  process.argv[3] ?? 'dist',
  Number(process.argv[4] ?? 0),
];
const BYTES_PER_MS = 10e6 / 8 / 1000;
const LATENCY_MS = 40;
const CPU_SLOWDOWN = 4;
const CHUNK = 4096;
/** A page of one word, which nothing can be faster than on this machine. */
const BLANK = '/blank.html';
const TYPES = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml' };

const files = new Map();
function packed(path) {
  if (!files.has(path)) files.set(path, gzipSync(readFileSync(path), { level: 9 }));
  return files.get(path);
}

let sent = 0;
/** Answers under way take turns, a chunk each. */
const under = [];
let free = 0;
let isPumping = false;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
async function pump() {
  if (isPumping) return;
  isPumping = true;
  for (let job = under.shift(); job; job = under.shift()) {
    free = Math.max(free, performance.now());
    const chunk = job.body.subarray(job.at, job.at + CHUNK);
    free += chunk.length / BYTES_PER_MS;
    const wait = free - performance.now();
    // A timer is no finer than a millisecond or two; what one chunk is late, the next ones make up for.
    if (wait > 1) await pause(wait);
    job.response.write(chunk);
    sent += chunk.length;
    job.at += CHUNK;
    if (job.at < job.body.length) under.push(job);
    else job.response.end();
  }
  isPumping = false;
}

const server = createServer(async (request, response) => {
  const { pathname } = new URL(request.url, 'http://host');
  if (pathname === BLANK) return response.writeHead(200, { 'content-type': 'text/html' }).end('<p>page');
  const path = join(dist, normalize(pathname === '/' ? '/index.html' : pathname));
  await pause(LATENCY_MS);
  if (!existsSync(path)) return response.writeHead(404).end();
  response.writeHead(200, {
    'content-type': TYPES[extname(path)] ?? 'application/octet-stream',
    'content-encoding': 'gzip',
    'cache-control': 'max-age=600',
  });
  under.push({ response, body: packed(path), at: 0 });
  void pump();
});
await new Promise((done) => server.listen(port, '127.0.0.1', done));

/** Runs in the page, before anything of it. */
function watch() {
  const seen = { cls: 0, lcp: 0 };
  window.__seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.cls += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.lcp = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  const marks = {
    page: '.bar button',
    picture: '[role="grid"][aria-label="Before"] [role="row"]',
    editor: '.monaco-editor textarea, .monaco-editor .native-edit-context',
  };
  const look = () => {
    for (const [name, selector] of Object.entries(marks))
      if (!(name in seen) && document.querySelector(selector)) seen[name] = performance.now();
    requestAnimationFrame(look);
  };
  look();
}

const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const visits = [];
for (let k = 0; k < runs; k++) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.addInitScript(watch);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
  const host = `http://127.0.0.1:${server.address().port}`;
  const paint = () =>
    page.evaluate(async () => {
      const name = 'first-contentful-paint';
      while (performance.getEntriesByName(name).length === 0) await new Promise(requestAnimationFrame);
      return performance.getEntriesByName(name)[0].startTime;
    });
  await page.goto(`${host}${BLANK}`);
  const blank = await paint();
  sent = 0;
  await page.goto(`${host}/`);
  await page.waitForFunction(() => window.__seen.picture !== undefined, null, { timeout: 60_000 });
  const early = sent;
  await page.waitForFunction(() => window.__seen.editor !== undefined, null, { timeout: 60_000 });
  await page.waitForTimeout(500);
  const seen = { ...(await page.evaluate(() => window.__seen)), fcp: await paint(), blank };
  visits.push({ ...seen, early: early / 1000, all: sent / 1000 });
  await context.close();
}
await browser.close();
server.close();

const WORDS = {
  blank: 'a page of one word, ms',
  fcp: 'first contentful paint, ms',
  lcp: 'largest contentful paint, ms',
  page: 'buttons there, ms',
  picture: 'first picture, ms',
  editor: 'editor usable, ms',
  cls: 'layout shift',
  early: 'kB until the picture',
  all: 'kB in all',
};
const rows = {};
for (const [key, words] of Object.entries(WORDS)) {
  const values = visits.map((visit) => visit[key]).sort((a, b) => a - b);
  const tidy = (value) => (key === 'cls' ? Number(value.toFixed(4)) : Math.round(value));
  rows[words] = {
    median: tidy(values[values.length >> 1]),
    least: tidy(values[0]),
    most: tidy(values.at(-1)),
  };
}
console.log(`${runs} visits, 10 Mbit/s, ${LATENCY_MS} ms, CPU 1/${CPU_SLOWDOWN}`);
console.table(rows);
