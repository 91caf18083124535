/**
 * Pictures of every figure and of the main screens, compared with those that were looked at and found right. Would
 * catch: a colour, a place or a shape that changed without anybody meaning it.
 *
 * Text is drawn by the fonts and the browser of the machine. The pictures say which those were (`fingerprint.txt`);
 * where others are at work they cannot be compared, and the tests say so. New pictures:
 *
 *   UPDATE_PICTURES=1 npx playwright test e2e/visual.spec.ts --update-snapshots
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './page.ts';

const FINGERPRINT = new URL('./visual/fingerprint.txt', import.meta.url);

/** The browser's version, and how wide some words are in both faces. */
async function fingerprintOf(page: Page): Promise<string> {
  const widths = await page.evaluate(() => {
    const style = getComputedStyle(document.documentElement);
    const context = document.createElement('canvas').getContext('2d');
    return ['--ui', '--code'].map((face) => {
      if (!context) return 0;
      context.font = `64px ${style.getPropertyValue(face)}`;
      return context.measureText('if w2 == w0 goto pc+6 ~ \u25b2\u25c6\u2212').width.toFixed(2);
    });
  });
  return JSON.stringify({ chromium: page.context().browser()?.version().split('.')[0], widths });
}

/** Skips when the machine draws text otherwise than the one that made the pictures. */
async function comparable(page: Page): Promise<void> {
  const now = await fingerprintOf(page);
  if (process.env.UPDATE_PICTURES) {
    mkdirSync(new URL('.', FINGERPRINT), { recursive: true });
    writeFileSync(FINGERPRINT, `${now}\n`);
  }
  const known = existsSync(FINGERPRINT) ? readFileSync(FINGERPRINT, 'utf8').trim() : '';
  if (now !== known) other = `the pictures were made with ${known}, this machine has ${now}`;
  test.skip(other !== '', other);
}

/** Why pictures cannot be compared here; once it is known, no page is opened for the others. */
let other = '';
test.beforeEach(() => test.skip(other !== '', other));

/** Anti-aliasing differs a little from run to run; a line that moved is more than this. */
const SAME = { maxDiffPixels: 60, threshold: 0.2, animations: 'disabled', caret: 'hide' } as const;

const SECTIONS = ['List', 'Edits of all kinds', 'Array', 'Other algorithms', 'Time', 'Chart', 'Parts'];

const idle = (page: Page) => expect(page.locator('html')).toHaveAttribute('data-idle', 'true');

for (const scheme of ['light', 'dark'] as const)
  for (const width of [820, 700, 390])
    test.describe(`figures, ${scheme}`, () => {
      test.use({ colorScheme: scheme, viewport: { width, height: 900 } });
      test(`${width} px wide`, async ({ page }) => {
        await page.goto('/?testing=1&gallery');
        await idle(page);
        await comparable(page);
        // A section that nobody compares would be forgotten.
        for (const region of await page.getByRole('region').all())
          expect(SECTIONS).toContain(await region.getAttribute('aria-label'));
        for (const name of SECTIONS)
          await expect
            .soft(page.getByRole('region', { name, exact: true }))
            .toHaveScreenshot([`${name.toLowerCase().replaceAll(' ', '-')}-${width}-${scheme}.png`], SAME);
      });
    });

interface Screen {
  readonly name: string;
  readonly size: { readonly width: number; readonly height: number };
  readonly go?: (page: Page) => Promise<void>;
  /** Only in the light: others have its colours, too. */
  readonly isLightOnly?: boolean;
}

const WIDE = { width: 1440, height: 900 };
const MIDDLE = { width: 1024, height: 768 };
const PHONE = { width: 390, height: 844 };
const layout = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();

const SCREENS: readonly Screen[] = [
  { name: 'first', size: WIDE },
  { name: 'first', size: MIDDLE },
  { name: 'first', size: PHONE },
  { name: 'debug', size: WIDE, go: layout('Debug') },
  { name: 'race', size: WIDE, go: layout('Race') },
  { name: 'race', size: PHONE, go: layout('Race'), isLightOnly: true },
  {
    name: 'refused',
    size: WIDE,
    isLightOnly: true,
    go: async (page) => {
      await page.getByRole('combobox', { name: 'Example' }).selectOption('far-jump');
      // Before that, the last op is one of the program before.
      await idle(page);
      await page.getByRole('button', { name: 'Last op', exact: true }).click();
    },
  },
];

async function shoot(page: Page, { name, size, go }: Screen, how: string): Promise<void> {
  await page.setViewportSize(size);
  await page.goto('/?testing=1');
  await idle(page);
  await comparable(page);
  await go?.(page);
  await idle(page);
  // Nothing is hovered.
  await page.mouse.move(1, 1);
  await expect(page).toHaveScreenshot([`screen-${name}-${size.width}-${how}.png`], SAME);
}

for (const scheme of ['light', 'dark'] as const)
  test.describe(`screens, ${scheme}`, () => {
    test.use({ colorScheme: scheme });
    for (const screen of SCREENS.filter((one) => scheme === 'light' || !one.isLightOnly))
      test(`${screen.name} at ${screen.size.width}`, async ({ page }) => shoot(page, screen, scheme));
  });

test.describe('screens with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  // Nothing is only seen in motion.
  test('the first screen is the same', async ({ page }) => shoot(page, SCREENS[0], 'light'));
});

test.describe('screens in forced colours', () => {
  test.use({ contextOptions: { forcedColors: 'active' } });
  for (const screen of SCREENS.slice(0, 4).filter(({ size }) => size !== MIDDLE))
    test(`${screen.name} at ${screen.size.width}`, async ({ page }) => shoot(page, screen, 'forced'));
});

test('on paper', async ({ page }) => {
  await page.emulateMedia({ media: 'print' });
  await shoot(page, { name: 'paper', size: { width: 794, height: 1123 } }, 'print');
});
