import { expect, test } from './page.ts';

test('a first visit steps by itself and stops where a distance changes', async ({ page }) => {
  await page.goto('/');
  const timeline = page.getByRole('slider', { name: 'Timeline' });
  // Without a click: it plays up to the first re-target and pauses there.
  await expect(timeline).toHaveAttribute('aria-valuetext', /^op 4 of 8, retarget: jump 2$/);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  // What to look at, what has changed, and where to go on.
  await expect(page.getByRole('main')).toContainText('Insn 4 divides by a register that may be 0.');
  await expect(page.getByText('+3 \u2192 +6').first()).toBeVisible();
  await expect(page.getByRole('grid', { name: 'Before' }).getByRole('row')).toHaveCount(9);
  await expect(page.getByRole('grid', { name: 'After' }).getByRole('row')).toHaveCount(12);
  await expect(page.getByRole('status', { name: 'Agreement' })).toHaveText(
    'same result: list = array = batch, 12 insns',
  );
  await page.getByRole('button', { name: /^Why not an array\?/ }).click();
  await expect(page.getByRole('main', { name: 'Race' })).toBeVisible();
});

test.describe('with reduced motion', () => {
  test.use({ contextOptions: { reducedMotion: 'reduce' } });
  test('the same moment is there as a still', async ({ page }) => {
    await page.goto('/');
    await expect(page.getByRole('slider', { name: 'Timeline' })).toHaveAttribute(
      'aria-valuetext',
      /retarget: jump 2/,
    );
    await expect(page.getByText('+3 \u2192 +6').first()).toBeVisible();
  });
});

test('the three columns say what came in, what is held and what goes out', async ({ explorer }) => {
  await explorer.open();
  await explorer.button('Last op').click();
  expect(await explorer.text('Before')).toContain('4 w2 /= w0');
  const after = await explorer.text('After');
  expect(after.slice(2, 9)).toEqual([
    '2 if w2 == w0 goto pc+6',
    '3 w0 >>= 1',
    '4 if w0 != 0x0 goto pc+2',
    '5 w2 ^= w2',
    '6 goto pc+1',
    '7 w2 /= w0',
    '8 if w0 > 0x8 goto pc-6',
  ]);
});
