import { expect, test } from './page.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

test('on a phone: code, stage and tables one at a time, stepping by touch', async ({ explorer, page }) => {
  await explorer.open();
  await expect(explorer.rows('List').first()).toBeVisible();
  const before = await explorer.op();
  await explorer.button('Next op').tap();
  expect(await explorer.op()).toBe(before + 1);
  await expect(explorer.step).toContainText('becomes');
  const panes = page.getByRole('navigation', { name: 'Panes' });
  await panes.getByRole('button', { name: 'Tables' }).tap();
  await expect(page.getByRole('table', { name: 'Aux' })).toBeVisible();
  await panes.getByRole('button', { name: 'Code' }).tap();
  const editor = page.getByRole('textbox', { name: 'Program' });
  await editor.fill('zz\nexit\n');
  await explorer.idle();
  await panes.getByRole('button', { name: 'Stage' }).tap();
  // The problem named over the stage leads to the editor.
  await page.getByRole('main').getByRole('alert').getByRole('button').tap();
  await expect(editor).toBeVisible();
});

test('at 400 % zoom everything can be reached by scrolling', async ({ explorer, page }) => {
  await page.setViewportSize({ width: 360, height: 225 });
  await explorer.open();
  const box = await page.getByRole('main').boundingBox();
  expect(box?.height).toBeGreaterThan(100);
  await explorer.button('Next op').scrollIntoViewIfNeeded();
  await expect(explorer.button('Next op')).toBeInViewport();
});
