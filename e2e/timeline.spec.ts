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

test('stepping back restores exactly what was there, by ops and by lines', async ({ explorer, page }) => {
  await explorer.open();
  const seen = async () => ({ list: await explorer.text('List'), after: await explorer.text('After') });
  await page.keyboard.press('Shift+Home');
  const last = await explorer.lastOp();
  const ops = [await seen()];
  for (let op = 1; op <= last; op++) {
    await page.keyboard.press('ArrowRight');
    ops.push(await seen());
  }
  for (let op = last - 1; op >= 0; op--) {
    await page.keyboard.press('ArrowLeft');
    expect(await seen(), `op ${op}`).toEqual(ops[op]);
  }
  // Line by line over the patch and over linearize, up to the first distance.
  const lines = [ops[0]];
  while ((await explorer.op()) < 4) {
    await page.keyboard.press('Shift+ArrowRight');
    lines.push(await seen());
  }
  expect(lines.length).toBeGreaterThan(12);
  expect(lines.at(-1)).toEqual(ops[4]);
  for (let line = lines.length - 2; line >= 0; line--) {
    await page.keyboard.press('Shift+ArrowLeft');
    expect(await seen(), `line ${line}`).toEqual(lines[line]);
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
  // At once: what is typed next is for the editor.
  const isIn = await page.evaluate(() => {
    const key = { key: 'e', code: 'KeyE', bubbles: true, cancelable: true };
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', key));
    return document.activeElement?.closest('.monaco-editor') !== null;
  });
  expect(isIn).toBe(true);
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

test('a number that is typed on the track is gone to, at once with Enter', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.timeline.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('6');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '6');
  await page.keyboard.type('2');
  await page.keyboard.press('Enter');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '2');
  // Beyond the end it is the end; Escape forgets it.
  await page.keyboard.type('77');
  await page.keyboard.press('Enter');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '8');
  await page.keyboard.type('3');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '8');
  // Digits are no layouts there.
  await expect(explorer.button('Learn')).toHaveAttribute('aria-pressed', 'true');
});

test('n and p go to the ops that change the selected insn', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.button('First op').click();
  await explorer.rows('Before').nth(2).click();
  await page.keyboard.press('n');
  await expect(explorer.timeline).toHaveAttribute('aria-valuetext', 'op 4 of 8, retarget: jump 2');
  await explorer.button('Last op').click();
  await page.keyboard.press('p');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '4');
});

test('a dot of the current op is the place behind that line', async ({ explorer }) => {
  await explorer.open();
  await explorer.button('First op').click();
  await explorer.button('Next op').click();
  await explorer.button('Next op').click();
  const dots = explorer.timeline.locator('circle');
  await expect(dots).toHaveCount(5);
  await dots.nth(2).click();
  await expect(explorer.step).toContainText('The last new node points to what came behind node 4.');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '1');
  await dots.nth(4).click();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '2');
});

test('Alt and a drag compare two moments; each end can be moved, and Escape ends it', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  const box = await explorer.timeline.boundingBox();
  if (!box) throw new Error('the timeline has no box');
  const slot = (box.width - 48) / 8;
  const at = (op: number) => box.x + 24 + op * slot;
  const y = box.y + box.height / 2;
  await page.mouse.move(at(1) + 2, y);
  await page.keyboard.down('Alt');
  await page.mouse.down();
  await page.mouse.move(at(5) + 2, y, { steps: 4 });
  await page.mouse.up();
  await page.keyboard.up('Alt');
  const from = page.getByRole('slider', { name: 'Compare from' });
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '5');
  await expect(from).toHaveAttribute('aria-valuenow', '1');
  const words = page.getByRole('group', { name: 'Compared range' });
  await expect(words).toContainText('op 1 to op 5: 3 inserted, 1 rewritten, 2 re-targeted');
  await from.focus();
  await page.keyboard.press('ArrowRight');
  await expect(from).toHaveAttribute('aria-valuetext', 'op 2 of 8, replace: 4 insns for insn 4');
  await expect(words).toContainText('op 2 to op 5: nothing differs');
  await page.keyboard.press('Escape');
  await expect(from).toHaveCount(0);
  await expect(explorer.timeline).toBeFocused();
  // The button does the same from where one is.
  await explorer.button('Compare').click();
  await expect(from).toHaveAttribute('aria-valuenow', '5');
  await explorer.button('End the comparison').click();
  await expect(explorer.button('Compare')).toHaveAttribute('aria-pressed', 'false');
});

test('any input while it plays stops it where it is', async ({ explorer }) => {
  await explorer.open();
  await explorer.button('First op').click();
  await explorer.button('Play').click();
  await expect(explorer.button('Pause')).toBeVisible();
  await explorer.rows('Before').nth(1).click();
  await expect(explorer.button('Play')).toBeVisible();
});

/** Camera and rows that are a few milliseconds out of step show as five pixels and more; a table that lets go, as rows. */
test('while it plays, the selected row stands still on the stage and in the table', async ({
  explorer,
  page,
}) => {
  // With motion on.
  await page.goto('/');
  await expect(explorer.agreement).toContainText('same result');
  const editor = page.getByRole('textbox', { name: 'Program' });
  await editor.focus();
  await page.keyboard.press('ControlOrMeta+a');
  await page.keyboard.insertText(`${'r1 /= r2\nr3 += 1\n'.repeat(30)}exit\n`);
  await expect(explorer.agreement).toContainText(/same result.* 151 insns/);
  await explorer.button('First op').click();
  const row = explorer.rows('After').nth(9);
  await row.click();
  const inTable = page.getByRole('table', { name: 'Aux' }).locator('tr.focus');
  await expect(inTable).toBeVisible();
  await page.getByRole('combobox', { name: 'Speed' }).selectOption('4');
  await page.evaluate(() => {
    const SELECTED = ['[aria-label="After"] .row.focus', '[aria-label="Aux"] tr.focus'];
    const y = (what: string) => document.querySelector(what)?.getBoundingClientRect().y ?? Number.NaN;
    const from = SELECTED.map(y);
    const moved = SELECTED.map(() => 0);
    Object.assign(window, { moved });
    requestAnimationFrame(function look() {
      SELECTED.forEach((what, i) => {
        moved[i] = Math.max(moved[i], Math.abs(y(what) - from[i]));
      });
      requestAnimationFrame(look);
    });
  });
  await explorer.button('Play').click();
  await expect.poll(() => explorer.op()).toBeGreaterThan(8);
  const moved = await page.evaluate(() => (window as unknown as { moved: number[] }).moved);
  expect(Math.max(...moved), `pixels: stage, table: ${moved}`).toBeLessThan(1);
});
