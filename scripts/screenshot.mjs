/**
 * Makes the picture of the README from the built page: the first screen at the moment a distance changes.
 *
 *   npm run build && node scripts/screenshot.mjs
 */
import { chromium } from '@playwright/test';
import { preview } from 'vite';
import { findChromium } from './browser.mjs';

const server = await preview({ preview: { port: 0, host: '127.0.0.1' }, logLevel: 'silent' });
const { port } = server.httpServer.address();
const browser = await chromium.launch({
  executablePath: findChromium(),
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await page.goto(`http://127.0.0.1:${port}/?testing=1`);
await page.waitForFunction(() => document.documentElement.dataset.idle === 'true');
// The second jump is written, too, and selected: both pills say what was and what is.
await page.getByRole('button', { name: 'Next op', exact: true }).click();
await page.getByRole('grid', { name: 'Before' }).getByRole('row').nth(2).click();
await page.mouse.move(1, 1);
await page.waitForFunction(() => document.querySelector('.monaco-editor .view-line') !== null);
await page.waitForTimeout(500);
await page.screenshot({ path: 'docs/first-screen.png' });
await browser.close();
await server.close();
