import { expect, test } from './page.ts';

test('next, previous, first, last', async ({ explorer }) => {
  await explorer.open();
  await explorer.button('First op').click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '0');
  await explorer.button('Next op').click();
  await explorer.button('Next op').click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuetext', 'op 2 of 8, replace: 4 insns for insn 4');
  await expect(explorer.step).toContainText('Insn 4 becomes 4 insns');
  await explorer.button('Previous op').click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '1');
  await explorer.button('Last op').click();
  expect(await explorer.op()).toBe(await explorer.lastOp());
});

test('stepping back restores exactly what was there', async ({ explorer }) => {
  await explorer.open();
  await explorer.button('First op').click();
  const before: string[][] = [];
  const last = await explorer.lastOp();
  for (let op = 0; op <= last; op++) {
    before.push(await explorer.text('List'));
    if (op < last) await explorer.button('Next op').click();
  }
  for (let op = last; op >= 0; op--) {
    expect(await explorer.text('List'), `op ${op}`).toEqual(before[op]);
    if (op > 0) await explorer.button('Previous op').click();
  }
});

test('dragging the timeline goes to any op', async ({ explorer, page }) => {
  await explorer.open();
  const box = await explorer.timeline.boundingBox();
  if (!box) throw new Error('the timeline has no box');
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 40, y);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2, y, { steps: 5 });
  expect(await explorer.op()).toBe(4);
  await page.mouse.move(box.x + box.width - 4, y, { steps: 5 });
  await page.mouse.up();
  expect(await explorer.op()).toBe(await explorer.lastOp());
});

test('everything by keyboard', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.timeline.focus();
  await page.keyboard.press('Home');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '0');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('PageUp');
  await expect(explorer.timeline).toHaveAttribute('aria-valuetext', /replace/);
  await page.keyboard.press('End');
  expect(await explorer.op()).toBe(await explorer.lastOp());
  // Rows: the selection moves and is the same insn in every column.
  await explorer.column('Before').focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowDown');
  await expect(explorer.rows('Before').nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(explorer.rows('After').nth(2)).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByRole('region', { name: 'This insn' })).toContainText('if w2 == w0 goto pc+6');
  // Tables, share and help.
  await page.getByRole('tab', { name: 'Aux' }).focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('table', { name: 'Line info' })).toBeVisible();
  await page.keyboard.press('ControlOrMeta+s');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeHidden();
  // Into the editor and out of it.
  await explorer.timeline.focus();
  await page.keyboard.press('e');
  await expect(page.getByRole('textbox', { name: 'Program' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('textbox', { name: 'Program' })).not.toBeFocused();
});

test('play runs to the end and stops', async ({ explorer, page }) => {
  await explorer.open();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('16');
  await explorer.button('First op').click();
  await explorer.button('Play').click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', String(await explorer.lastOp()));
  await expect(explorer.button('Play')).toBeVisible();
});

test('the array way keeps distances up to date after each patch', async ({ explorer, page }) => {
  await explorer.open();
  await page.getByRole('combobox', { name: 'Algorithm' }).selectOption('array');
  await explorer.idle();
  await explorer.button('Last op').click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuemax', '1');
  expect(await explorer.text('Memory')).toContain('2 if w2 == w0 goto pc+6');
});

test('micro-steps show the two links being set, one after the other, and step back again', async ({
  explorer,
}) => {
  await explorer.open();
  await explorer.button('First op').click();
  await explorer.button('Next op').click();
  for (let line = 1; line <= 3; line++) await explorer.button('Next micro-step').click();
  await expect(explorer.step).toContainText('The last new node points to what came behind node 4.');
  // The list leads past the new nodes still: After is as before.
  await expect(explorer.rows('List')).toHaveCount(12);
  await expect(explorer.rows('After')).toHaveCount(9);
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '1');
  for (let line = 4; line <= 5; line++) await explorer.button('Next micro-step').click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '2');
  await expect(explorer.rows('After')).toHaveCount(12);
  for (let line = 5; line >= 1; line--) await explorer.button('Previous micro-step').click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '1');
  await expect(explorer.rows('List')).toHaveCount(9);
});
