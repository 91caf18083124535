/**
 * From a key to the picture: how long it takes until the After column shows what a key changed, in a real browser,
 * for programs of which every insn is blinded. For people, not for tests.
 *
 *   node scripts/keystroke.mjs [sizes]      sizes such as 1000,10000,100000
 *   BASE=http://127.0.0.1:4173 node scripts/keystroke.mjs      asks a server that is there already
 */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from './browser.mjs';

const sizes = (process.argv[2] ?? '1000,10000,100000').split(',').map(Number);
const KEYS = 15;

const server = process.env.BASE
  ? null
  : await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const base = process.env.BASE ?? `http://127.0.0.1:${server.httpServer.address().port}`;
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});

/** Every insn has a constant that blinding must hide. */
const program = (n) =>
  `${Array.from({ length: n - 1 }, (_, i) => `r${i % 9} += ${i + 1}`).join('\n')}\nexit\n`;

const rows = [];
for (const n of sizes) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.goto(`${base}/?testing=1`);
  const idle = () =>
    page.waitForFunction(() => document.documentElement.dataset.idle === 'true', null, { timeout: 60_000 });
  await idle();
  await page.getByRole('combobox', { name: 'Pass' }).selectOption('blind');
  const editor = page.getByRole('textbox', { name: 'Program' });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(program(n));
  await idle();
  await page.getByRole('button', { name: 'Last op', exact: true }).click();
  await page.keyboard.press('e');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('End');
  const times = await page.evaluate(() => {
    // The first Before row shows the number that is being typed.
    window.__times = [];
    window.__tasks = [];
    new PerformanceObserver((list) =>
      window.__tasks.push(...list.getEntries().map((e) => e.duration)),
    ).observe({ type: 'longtask' });
    const row = () => document.querySelector('[role="grid"][aria-label="Before"] [role="row"]')?.textContent;
    let last = row();
    let start = 0;
    addEventListener(
      'keydown',
      () => {
        start = performance.now();
      },
      true,
    );
    const look = () => {
      if (row() !== last) {
        last = row();
        if (start) window.__times.push(performance.now() - start);
        start = 0;
      }
      requestAnimationFrame(look);
    };
    look();
    return 0;
  });
  void times;
  for (let i = 0; i < KEYS; i++) {
    await page.keyboard.press(i % 2 ? 'Backspace' : '5');
    await page.waitForTimeout(60);
    await idle();
    await page.waitForTimeout(60);
  }
  const { took, tasks } = await page.evaluate(() => ({ took: window.__times, tasks: window.__tasks }));
  took.sort((a, b) => a - b);
  rows.push({
    insns: n,
    keys: took.length,
    'median ms': Math.round(took[took.length >> 1]),
    'worst ms': Math.round(took.at(-1)),
    'longest task ms': Math.round(Math.max(0, ...tasks)),
  });
  await page.close();
}
console.table(rows);
await browser.close();
await server?.close();
