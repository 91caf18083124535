import { expect, test } from './page.ts';

test('a copied link opens the same moment in a new page', async ({ explorer, page, context }) => {
  await explorer.open();
  await explorer.type('r1 = 3\nr0 = 9\nr0 /= r1\nif r0 > 1 goto -2\nexit\n');
  await explorer.button('First op').click();
  for (let i = 0; i < 3; i++) await explorer.button('Next op').click();
  await explorer.rows('Before').nth(3).click();
  await explorer.button('Share').click();
  const link = page.getByRole('dialog', { name: 'Share' }).getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(/#1\./);
  const address = await link.inputValue();
  const other = await context.newPage();
  await other.goto(address);
  await expect(other.getByRole('slider', { name: 'Timeline' })).toHaveAttribute(
    'aria-valuetext',
    (await explorer.timeline.getAttribute('aria-valuetext')) ?? '',
  );
  await expect(other.getByRole('grid', { name: 'Before' }).getByRole('row').nth(3)).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await expect(other.getByRole('grid', { name: 'After' }).getByRole('row')).toHaveCount(
    await explorer.rows('After').count(),
  );
});

test('a damaged link opens what it can and says so', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type('r0 = 7\nexit\n');
  await expect(page).toHaveURL(/#1\./);
  const hash = new URL(page.url()).hash;
  await page.goto('about:blank');
  await explorer.open(hash.slice(0, -12));
  await expect(page.getByRole('main').getByRole('alert')).toContainText('damaged');
  await expect(explorer.rows('Before').first()).toBeVisible();
});

test('a link of a newer version says so and never shows an empty page', async ({ explorer, page }) => {
  await explorer.open('#9.abcdef');
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(explorer.rows('Before').first()).toBeVisible();
});

test('a returning visitor finds the last scene, and nothing plays', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type('r0 = 42\nexit\n');
  await expect(page).toHaveURL(/#1\./);
  await page.goto('/');
  await expect(explorer.rows('Before').first()).toHaveText(/r0 = 42/);
});
