import { expect, test } from './page.ts';
import { serious } from './serious.ts';

for (const scheme of ['light', 'dark'] as const)
  test.describe(scheme, () => {
    test.use({ colorScheme: scheme });
    test('axe finds nothing serious', async ({ explorer, page }) => {
      await explorer.open();
      expect(await serious(page), 'first screen').toEqual([]);
      await explorer.button('Share').click();
      await expect(page.getByRole('textbox', { name: 'Link' })).toHaveValue(/#1\./);
      expect(await serious(page), 'share').toEqual([]);
      await page.keyboard.press('Escape');
      await explorer.button('Help').click();
      await expect(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
      expect(await serious(page), 'help').toEqual([]);
    });
  });

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('axe finds nothing serious', async ({ explorer, page }) => {
    await explorer.open();
    for (const pane of ['Stage', 'Code', 'Tables']) {
      await page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name: pane }).click();
      expect(await serious(page), pane).toEqual([]);
    }
  });
});

test('the names of the contract are there', async ({ explorer, page }) => {
  await explorer.open();
  await expect(page.getByRole('textbox', { name: 'Program' })).toBeVisible();
  for (const name of ['Example', 'Pass', 'Layer', 'Algorithm', 'Speed'])
    await expect(page.getByRole('combobox', { name, exact: true })).toBeVisible();
  // One thing of that name: what the algorithm is made of has a name of its own.
  await expect(page.getByLabel('Algorithm', { exact: true })).toHaveCount(1);
  await expect(page.getByRole('list', { name: 'Pseudo-code' })).toBeVisible();
  for (const name of [
    'Import',
    'Share',
    'Help',
    'Theme',
    'First op',
    'Previous op',
    'Play',
    'Next op',
    'Last op',
  ])
    await expect(explorer.button(name)).toBeVisible();
  for (const name of ['Aux', 'Line info', 'Subprograms', 'Jumps', 'Patches']) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(page.getByRole('table', { name, exact: true })).toBeVisible();
  }
  await expect(explorer.rows('Before').first()).toHaveAttribute('aria-rowindex', '1');
  const uid = await explorer.rows('Before').nth(4).getAttribute('data-uid');
  await expect(explorer.column('After').locator(`[data-uid="${uid}"]`)).toHaveCount(1);
});
