/**
 * The chart as a person uses it. Would catch: a view whose numbers are not there as a table, a point that keys do not reach,
 * a measurement that cannot be stopped, and a program that does not open.
 */
import { expect, test } from './page.ts';

test('work and time, point by point, and the program of a point', async ({ explorer, page }) => {
  // The only test that waits for all sizes, a million insns among them: a quarter of a minute, or minutes beside other work.
  test.setTimeout(420_000);
  await explorer.open();
  await explorer.button('Chart').click();
  await expect(page.getByRole('progressbar', { name: 'Measuring' })).toBeVisible();
  await explorer.idle(300_000);
  const touches = page.getByRole('table', { name: 'Touches' });
  await expect(touches.getByRole('row')).toHaveCount(10);
  // What is counted is the same on every machine.
  await expect(touches.getByRole('row', { name: /^10,000 / })).toHaveText(/10,000.*1,000.*24,857,\d{3}/);
  await expect(touches.getByRole('row', { name: /^1,000,000 / })).toContainText('not run');

  const chart = page.getByRole('figure', { name: 'Complexity chart' });
  const point = page.getByRole('status', { name: 'Point' });
  await chart.focus();
  await page.keyboard.press('ArrowRight');
  await expect(point).toHaveText(/^array, 100 insns, 10 patches: [\d,]+ touches = .*insns written or moved/);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowRight');
  await expect(point).toHaveText(/^list, 316 insns/);

  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as SVG' }).click();
  expect((await saved).suggestedFilename()).toBe('bpf-patch-work.svg');

  await page.getByRole('button', { name: 'Time', exact: true }).click();
  await expect(page.getByRole('table', { name: 'Times measured here' })).toBeVisible();
  await expect(page.getByRole('table', { name: 'array, RFC of 2019' })).toContainText('5,100 s');
  await expect(page.getByRole('table', { name: 'array, Linux 6.18' }).getByRole('row')).toHaveCount(10);
  await chart.focus();
  await expect(point).toHaveText(/^list, 316 insns, 32 patches: [\d.,]+ \S+ = 316 insns × /);
  // What others measured says who did, and is no program to open.
  for (let k = 0; k < 2; k++) await page.keyboard.press('ArrowDown');
  await expect(point).toHaveText(/^array, RFC of 2019, 15,000 patched insns: 3 s\. Jiong Wang/);
  await page.keyboard.press('Enter');
  await expect(chart).toBeVisible();
  for (let k = 0; k < 2; k++) await page.keyboard.press('ArrowUp');
  await expect(point).toHaveText(/^list, /);
  for (let k = 0; k < 9; k++) await page.keyboard.press('ArrowLeft');
  await page.keyboard.press('ArrowRight');
  await expect(point).toHaveText(/^list, 316 insns/);
  await page.keyboard.press('Enter');
  await expect(explorer.column('Before')).toBeVisible();
  await explorer.idle();
  await expect(explorer.column('Before')).toHaveAttribute('aria-rowcount', '316');
});

test('another density is measured anew, and can be stopped', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.button('Chart').click();
  await explorer.button('Cancel').click();
  await expect(page.getByText('Stopped.')).toBeVisible();
  const density = page.getByRole('slider', { name: 'Density' });
  await expect(density).toHaveAttribute('aria-valuetext', '10 % of the insns');
  await density.focus();
  await page.keyboard.press('End');
  await expect(density).toHaveAttribute('aria-valuetext', '100 % of the insns');
  await expect(page.getByRole('table', { name: 'Touches' }).getByRole('row').nth(1)).toHaveText(/^100100/);
  await explorer.button('Cancel').click();
  await expect(page.getByRole('progressbar', { name: 'Measuring' })).toBeHidden();
});
