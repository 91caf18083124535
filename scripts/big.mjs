/**
 * Big programs in a real browser: opens generated programs by their links, scrubs, jumps to random ops, searches, goes to
 * insns, scrolls, drags the overview, in Learn and in Debug, and reports how long each took, how long frames were, and the
 * memory of the page and of its worker. For people, not for tests.
 *
 *   npm run build && node scripts/big.mjs [sizes] [recipe]      sizes such as 250000,1000000; recipe such as scale2
 *   BASE=http://127.0.0.1:4173 node scripts/big.mjs             asks a server that is there already
 */
import { readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { preview, runnerImport } from 'vite';
import { findChromium } from './browser.mjs';

const sizes = (process.argv[2] ?? '250000,1000000').split(',').map(Number);
const recipe = process.argv[3] ?? 'scale2';
const JUMPS = 25;
const ACT_MS = 2500;

const { encodeScene } = (await runnerImport('./src/scene/codec.ts')).module;
const { DEFAULT_SCENE } = (await runnerImport('./src/scene/scene.ts')).module;
const { RECIPES } = (await runnerImport('./src/recipes/index.ts')).module;
const pass = RECIPES.find(({ id }) => id === recipe).pass;

const server = process.env.BASE
  ? null
  : await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const base = process.env.BASE ?? `http://127.0.0.1:${server.httpServer.address().port}`;
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** In the page: frames, long tasks, and the time from an input to the frame that shows what came of it. */
const watch = () => {
  const seen = { frames: [], tasks: [], answers: [], since: 0, sign: null };
  window.__seen = seen;
  // What changes when the picture does.
  const sign = () =>
    ['Timeline', 'Overview']
      .map((name) =>
        document.querySelector(`[role="slider"][aria-label="${name}"]`)?.getAttribute('aria-valuenow'),
      )
      .join();
  let last = performance.now();
  const look = (now) => {
    if (window.__seen !== seen) return;
    seen.frames.push(now - last);
    last = now;
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  const onInput = () => {
    seen.since = performance.now();
    seen.sign = sign();
    const wait = () => {
      if (seen.since === 0) return;
      if (sign() === seen.sign) return void requestAnimationFrame(wait);
      // The frame is made when a task that was posted in it begins.
      const { since } = seen;
      seen.since = 0;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => seen.answers.push(performance.now() - since);
      port2.postMessage(0);
    };
    requestAnimationFrame(wait);
  };
  if (!window.__listens) {
    window.__listens = true;
    for (const name of ['pointerdown', 'keydown']) addEventListener(name, () => window.__onInput?.(), true);
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) window.__seen?.tasks.push(entry.duration);
    }).observe({ type: 'longtask' });
  }
  window.__onInput = onInput;
};

const take = (page) =>
  page.evaluate(() => {
    const { frames, tasks, answers } = window.__seen;
    window.__seen = null;
    window.__onInput = null;
    return { frames: frames.slice(1), tasks, answers };
  });

const round = (ms) => Math.round(10 * ms) / 10;
function spread(values) {
  if (values.length === 0) return { median: null, p95: null, worst: null };
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => round(sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]);
  return { median: at(0.5), p95: at(0.95), worst: at(1) };
}

const rows = [];
function report(insns, what, { frames, tasks, answers }) {
  const frame = spread(frames);
  const answer = spread(answers);
  rows.push({
    ...{ insns, what, frames: frames.length },
    ...{ 'frame ms': frame.median, 'p95 ms': frame.p95, 'worst ms': frame.worst },
    ...{ 'tasks > 50 ms': tasks.length, 'longest task ms': Math.round(Math.max(0, ...tasks)) },
    ...{ 'input to frame ms': answer.median, 'p95 ': answer.p95, 'worst ': answer.worst },
  });
}

/** Measures what happens while `act` runs. */
async function measured(page, insns, what, act) {
  await page.evaluate(watch);
  const from = Date.now();
  await act();
  await page.waitForTimeout(100);
  report(insns, what, await take(page));
  return Date.now() - from;
}

async function forSome(act) {
  const from = Date.now();
  for (let t = 0; t < 1; t = (Date.now() - from) / ACT_MS) await act(t);
}

/** Resident memory of the tab's process in MB: page, worker, and the browser's own. null: this system does not say. */
async function residentOf(pid) {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;
  } catch {
    return null;
  }
}

async function rendererPid(session) {
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const sizes = await Promise.all(renderers.map(residentOf));
  return renderers[sizes.indexOf(Math.max(...sizes))];
}

/** Heap and array buffers of the page, in MB. */
async function heapOf(cdp) {
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize, backingStorageSize = 0 } = await cdp.send('Runtime.getHeapUsage');
  return { heap: usedSize / 2 ** 20, buffers: backingStorageSize / 2 ** 20 };
}

const opened = [];
const browserSession = await browser.newBrowserCDPSession();
for (const n of sizes) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  page.on('pageerror', (error) => console.error(String(error)));
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Performance.enable');
  await page.goto(`${base}/?testing=1`);
  const idle = () =>
    page.waitForFunction(() => document.documentElement.dataset.idle === 'true', null, { timeout: 180_000 });
  await idle();
  await page.waitForTimeout(1500);
  const pid = await rendererPid(browserSession);
  const rssBefore = await residentOf(pid);
  const heapBefore = await heapOf(cdp);
  const link = encodeScene({ ...DEFAULT_SCENE, pass, recipe: `${recipe}~${n}~1` });

  await page.evaluate(watch);
  const from = Date.now();
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link);
  const go = page.getByRole('button', { name: 'Continue', exact: true });
  const isDone = () =>
    page.evaluate(
      () =>
        Number(
          document.querySelector('[role="slider"][aria-label="Timeline"]')?.getAttribute('aria-valuemax'),
        ) > 50 && document.documentElement.dataset.idle,
    );
  let shown = 0;
  let peak = 0;
  for (;;) {
    if (await go.isVisible().catch(() => false)) await go.click();
    const done = await isDone();
    if (done && shown === 0) shown = Date.now() - from;
    peak = Math.max(peak, (await residentOf(pid)) ?? 0);
    if (done === 'true' || Date.now() - from > 180_000) break;
    await page.waitForTimeout(20);
  }
  const all = Date.now() - from;
  report(n, 'open', await take(page));
  const ops = Number(await page.getByRole('slider', { name: 'Timeline' }).getAttribute('aria-valuemax'));

  const heap = await heapOf(cdp);
  const rss = await residentOf(pid);
  opened.push({
    ...{ insns: n, ops, 'picture after ms': shown, 'all answers after ms': all },
    'page heap MB': Math.round(heap.heap - heapBefore.heap),
    'page buffers MB': Math.round(heap.buffers - heapBefore.buffers),
    'process MB': rss && Math.round(rss - rssBefore),
    'process at most MB': rss && Math.round(peak - rssBefore),
  });

  const slider = page.getByRole('slider', { name: 'Timeline' });
  const random = (() => {
    let x = 12345;
    return () => {
      x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
      return x / 2 ** 32;
    };
  })();

  const scrub = async (what) => {
    const box = await slider.boundingBox();
    const y = box.y + box.height / 2;
    await page.mouse.move(box.x + 30, y);
    await page.mouse.down();
    await measured(page, n, `${what}: scrub`, () =>
      forSome((t) => page.mouse.move(box.x + 30 + (box.width - 60) * Math.abs(Math.sin(t * Math.PI * 2)), y)),
    );
    await page.mouse.up();
    await measured(page, n, `${what}: jump to an op`, async () => {
      for (let k = 0; k < JUMPS; k++) {
        await page.mouse.click(box.x + 20 + (box.width - 40) * random(), y);
        await page.waitForTimeout(80);
      }
    });
    await measured(page, n, `${what}: next op`, async () => {
      await slider.focus();
      for (let k = 0; k < JUMPS; k++) {
        await page.keyboard.press('ArrowRight');
        await page.waitForTimeout(40);
      }
    });
  };

  const scroll = async (what, at) => {
    await page.mouse.move(...at);
    await measured(page, n, `${what}: scroll`, () => forSome(() => page.mouse.wheel(0, 700)));
    const overview = page.getByRole('slider', { name: 'Overview' });
    const box = await overview.boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + 60);
    await page.mouse.down();
    await measured(page, n, `${what}: drag overview`, () =>
      forSome((t) =>
        page.mouse.move(box.x + box.width / 2, box.y + 60 + (box.height - 70) * Math.abs(Math.sin(t * 6))),
      ),
    );
    await page.mouse.up();
  };

  await scrub('learn');
  await scroll('learn', [800, 500]);
  const listing = page.getByRole('grid', { name: 'Program' });
  if (await listing.isVisible().catch(() => false)) {
    const { x, y } = await listing.boundingBox();
    await page.mouse.move(x + 100, y + 200);
    await measured(page, n, 'listing: scroll', () => forSome(() => page.mouse.wheel(0, 700)));
  }

  for (const query of ['r1 = r10', 'goto .*7', 'exit']) {
    await page.getByRole('grid', { name: 'After' }).focus();
    const took = await measured(page, n, `search “${query}”`, async () => {
      await page.keyboard.press('/');
      const bar = page.getByRole('textbox', { name: 'Search' });
      await bar.fill(query);
      await page
        .getByRole('status', { name: 'Found' })
        .filter({ hasText: /\d/ })
        .waitFor({ timeout: 60_000 })
        .catch(() => console.error('the search gave no answer'));
    });
    rows.at(-1).what += `, ${took - 100} ms`;
    await page.keyboard.press('Escape');
  }

  await measured(page, n, 'go to insn', async () => {
    for (let k = 0; k < 5; k++) {
      await page.getByRole('grid', { name: 'After' }).focus();
      await page.keyboard.press('g');
      await page.waitForTimeout(60);
      await page.keyboard.insertText(String(Math.floor(random() * n)));
      await page.waitForTimeout(60);
      await page.keyboard.press('Enter');
      await page.waitForTimeout(120);
    }
  });

  await measured(page, n, 'debug: open', async () => {
    await page.getByRole('button', { name: 'Debug', exact: true }).click();
    await page.getByRole('grid', { name: 'After' }).waitFor();
    await idle();
  });
  await scrub('debug');
  await scroll('debug', [800, 500]);
  const heapAfter = await heapOf(cdp);
  Object.assign(opened.at(-1), {
    'buffers at the end MB': Math.round(heapAfter.buffers - heapBefore.buffers),
    'heap at the end MB': Math.round(heapAfter.heap - heapBefore.heap),
    'process at the end MB': rss && Math.round((await residentOf(pid)) - rssBefore),
  });
  await page.close();
}
console.table(opened);
console.table(rows);
await browser.close();
await server?.close();
