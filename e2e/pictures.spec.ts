import { expect, test } from './page.ts';

test('every algorithm with a picture can be chosen, and its column has its name', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  const chooser = page.getByRole('combobox', { name: 'Algorithm' });
  const columns = { array: 'Memory', stream: 'Edits', 'list-pooled': 'List', 'target-pointers': 'List' };
  for (const [id, column] of Object.entries({ ...columns, 'patcher-map': 'List', list: 'List' })) {
    await chooser.selectOption(id);
    await explorer.idle();
    await explorer.button('Last op').click();
    await expect(page.getByRole('grid', { name: column }).getByRole('row')).toHaveCount(12);
    await expect(explorer.rows('After')).toHaveCount(12);
  }
});

test('the array is grown, moved, written and looked through, line by line', async ({ explorer, page }) => {
  await explorer.open();
  await page.getByRole('combobox', { name: 'Algorithm' }).selectOption('array');
  await explorer.idle();
  await explorer.button('First op').click();
  const lines = async (cnt: number) => {
    for (let line = 0; line < cnt; line++) await explorer.button('Next micro-step').click();
  };
  await lines(5);
  await expect(explorer.step).toContainText('The tail moves down by 3, all 4 slots of it');
  // What has been moved leaves room that holds no insn yet.
  await expect(explorer.rows('Memory')).toHaveCount(9);
  await lines(2);
  await expect(explorer.step).toContainText('scanned 12 of 12');
  await expect(explorer.rows('Memory')).toHaveCount(12);
  expect(await explorer.text('Memory')).toContain('2 if w2 == w0 goto pc+3');
  await lines(1);
  expect(await explorer.text('Memory')).toContain('2 if w2 == w0 goto pc+6');
  await lines(4);
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '1');
});

test('a line of pseudo-code leads to where it is done next', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.button('First op').click();
  for (let op = 0; op < 4; op++) await explorer.button('Next op').click();
  const code = page.getByRole('list', { name: 'Pseudo-code' });
  await code.getByRole('button', { name: 'new = to.idx' }).click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '4');
  await expect(explorer.step).toContainText('Its number is 3 now.');
  await expect(code.locator('[aria-current="step"]')).toContainText('new = to.idx');
  // That was the last jump: the lines before this one are never done again.
  await expect(code.getByRole('button', { name: 'to = node[t]' })).toHaveCount(0);
});
