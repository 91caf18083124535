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

test('an address without a scene asks for nothing: the program stays', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type('r0 = 42\nexit\n');
  await page.evaluate(() => {
    location.hash = '';
  });
  await explorer.idle();
  await expect(explorer.rows('Before').first()).toHaveText(/r0 = 42/);
});

test('somebody else\u2019s link does not take the place of the saved program, and a damaged one stays as it came', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  await explorer.type('r0 = 4242\nexit\n');
  await expect(page).toHaveURL(/#1\./);
  await page.goto('about:blank');
  await explorer.open('#1.zzzz');
  await expect(page.getByRole('main').getByRole('alert')).toBeVisible();
  await page.waitForTimeout(600);
  expect(new URL(page.url()).hash).toBe('#1.zzzz');
  await page.goto('/');
  await expect(explorer.rows('Before').first()).toHaveText(/r0 = 4242/);
});

test('nothing typed is lost, however quickly one leaves', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type('r0 = 1\nexit\n');
  await page.getByRole('textbox', { name: 'Program' }).focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText('r0 = 77\nexit\n');
  await page.goto('about:blank');
  await page.goto('/');
  await expect(explorer.rows('Before').first()).toHaveText(/r0 = 77/);
});

test('the layer is part of the link', async ({ explorer, page }) => {
  await explorer.open();
  await page.getByRole('combobox', { name: 'Layer' }).selectOption('core');
  await explorer.idle();
  await page.reload();
  await expect(page.getByRole('combobox', { name: 'Layer' })).toHaveValue('core');
});

test('a link whose pass is not known any more opens with another one, and says so', async ({
  explorer,
  page,
}) => {
  const { encodeScene } = await import('../src/scene/codec.ts');
  const { DEFAULT_SCENE } = await import('../src/scene/scene.ts');
  await explorer.open(await encodeScene({ ...DEFAULT_SCENE, source: 'r0 = 5\nexit\n', pass: 'gone' }));
  await expect(page.getByRole('main').getByRole('alert')).toContainText('gone');
  await expect(explorer.rows('Before').first()).toHaveText(/r0 = 5/);
});
