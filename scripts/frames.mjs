/**
 * Frames while time moves: plays a program and drags along its timeline in a real browser, and reports how long frames
 * took, the longest task of the main thread, and whether the selected row stood still. For people, not for tests.
 *
 *   npm run build && node scripts/frames.mjs [sizes] [layout]      sizes such as 200,5000; layout learn or debug
 */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from './browser.mjs';

const sizes = (process.argv[2] ?? '200,5000').split(',').map(Number);
const layout = process.argv[3] ?? 'learn';
const PLAY_MS = 4000;
const SCRUB_MS = 4000;

const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const { port } = server.httpServer.address();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** One insn in five is a division that a check is put around, one in eight a jump over some of them. */
function program(n) {
  const lines = Array.from({ length: n - 1 }, (_, i) => {
    if (i % 8 === 3 && i + 12 < n - 1) return `if r${i % 5} == ${i} goto +${3 + (i % 9)}`;
    return i % 5 === 0 ? `r${i % 3} /= r${3 + (i % 3)}` : `r${i % 9} += ${i + 1}`;
  });
  return `${lines.join('\n')}\nexit\n`;
}

const startFrames = () => {
  const seen = { frames: [], tasks: [], shifts: 0, moved: 0 };
  window.__seen = seen;
  const row = () => document.querySelector('[role="grid"][aria-label="After"] .row.focus');
  let y;
  let last = performance.now();
  const look = (now) => {
    seen.frames.push(now - last);
    last = now;
    const top = row()?.getBoundingClientRect().y;
    y ??= top;
    if (top !== undefined) seen.moved = Math.max(seen.moved, Math.abs(top - y));
    if (window.__seen === seen) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
  new PerformanceObserver((list) => seen.tasks.push(...list.getEntries().map((e) => e.duration))).observe({
    type: 'longtask',
  });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shifts += entry.value;
  }).observe({ type: 'layout-shift' });
};

const takeFrames = (page) =>
  page.evaluate(() => {
    const { frames, tasks, shifts, moved } = window.__seen;
    window.__seen = null;
    return { frames: frames.slice(1), tasks, shifts, moved };
  });

const rows = [];
function report(insns, what, { frames, tasks, shifts, moved }) {
  const sorted = frames.sort((a, b) => a - b);
  const at = (share) =>
    Math.round(10 * sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]) / 10;
  rows.push({
    ...{ insns, what, frames: sorted.length },
    ...{ 'median ms': at(0.5), 'p95 ms': at(0.95), 'worst ms': at(1) },
    'tasks over 50 ms': tasks.length,
    'longest task ms': Math.round(Math.max(0, ...tasks)),
    'selected row moved px': Math.round(moved),
    'layout shift': Math.round(shifts * 1e4) / 1e4,
  });
}

for (const n of sizes) {
  // Without ?testing, so that things move as they do for people.
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`http://127.0.0.1:${port}/`);
  const ready = () =>
    page.waitForFunction(() => document.querySelector('.monaco-editor .view-line') !== null, null, {
      timeout: 60_000,
    });
  await ready();
  await page.waitForTimeout(6000);
  const editor = page.getByRole('textbox', { name: 'Program' });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(program(n));
  const agreement = page.getByRole('status', { name: 'Agreement' });
  await agreement.filter({ hasText: 'same result' }).waitFor({ timeout: 120_000 });
  if (layout === 'debug') await page.getByRole('button', { name: 'Debug', exact: true }).click();
  await page.waitForTimeout(1500);

  await page.getByRole('button', { name: 'First op', exact: true }).click();
  await page.getByRole('grid', { name: 'After' }).getByRole('row').nth(6).click();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('4');
  await page.waitForTimeout(500);
  await page.evaluate(startFrames);
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.waitForTimeout(PLAY_MS);
  report(n, 'play 4x', await takeFrames(page));
  await page
    .getByRole('button', { name: 'Pause', exact: true })
    .click()
    .catch(() => {});

  const box = await page.getByRole('slider', { name: 'Timeline' }).boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 30, y);
  await page.mouse.down();
  await page.evaluate(startFrames);
  const from = Date.now();
  while (Date.now() - from < SCRUB_MS) {
    const t = (Date.now() - from) / SCRUB_MS;
    await page.mouse.move(box.x + 30 + (box.width - 60) * Math.abs(Math.sin(t * Math.PI * 2)), y);
  }
  report(n, 'scrub', await takeFrames(page));
  await page.mouse.up();
  await page.close();
}
console.table(rows);
await browser.close();
await server.close();
