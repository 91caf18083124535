/**
 * What is there before the app is. Would catch: a first frame that waits for a script or a style, a wrong theme, something
 * that axe finds serious, a page without a script that says nothing, and a page that jumps when the app comes.
 */
import { expect, test } from './page.ts';
import { serious } from './serious.ts';

const PITCH = 'See how Linux rewrites a BPF program';

test.describe('without the app', () => {
  test.use({ expectedErrors: /Failed to load resource/ });
  for (const colorScheme of ['light', 'dark'] as const)
    test(`the frame is there, ${colorScheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme });
      await page.route(/\.(js|css)$/, (route) => route.abort());
      await page.goto('/');
      await expect(page.getByRole('heading', { name: 'BPF Patch Explorer' })).toBeVisible();
      await expect(page.getByRole('main')).toContainText(PITCH);
      await expect(page.locator('body')).toHaveCSS(
        'background-color',
        colorScheme === 'dark' ? 'rgb(20, 23, 28)' : 'rgb(255, 255, 255)',
      );
      expect(await serious(page)).toEqual([]);
    });
});

test.describe('without scripts', () => {
  test.use({ javaScriptEnabled: false });
  test('the page says what it needs', async ({ page }) => {
    await page.goto('/');
    expect(await page.getByRole('main').innerText()).toContain('needs JavaScript');
  });
});

test.describe('when the app comes', () => {
  test.use({ expectedErrors: /Failed to load resource/ });
  test('the bar and the panes are where the frame had them', async ({ page, explorer }) => {
    await page.route(/index-[^/]*\.js$/, (route) => route.abort());
    await page.goto('/');
    const frame = {
      bar: await page.locator('.first > header').boundingBox(),
      main: await page.getByRole('main').boundingBox(),
      title: await page.getByRole('heading', { name: 'BPF Patch Explorer' }).boundingBox(),
    };
    await page.unroute(/index-[^/]*\.js$/);
    await explorer.open();
    expect(await page.getByRole('banner').boundingBox()).toEqual(frame.bar);
    expect(await page.getByRole('main').boundingBox()).toEqual(frame.main);
    const title = await page
      .getByRole('heading', { name: 'BPF Patch Explorer' })
      .getByText('BPF')
      .boundingBox();
    expect(title?.x).toBe(frame.title?.x);
  });
});
