/**
 * Commands by keyboard only. Would catch a key that types where it should act or acts where one types, a palette that
 * loses what was typed, a search that counts wrong, a pin that is not seen, and a jump that leads elsewhere.
 */
import { readFile } from 'node:fs/promises';
import type { Explorer } from './page.ts';
import { expect, test } from './page.ts';
import { serious } from './serious.ts';

/** Nothing has the focus, as after a click on the page. */
async function leave({ page }: Explorer): Promise<void> {
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}
const selected = (explorer: Explorer) => explorer.column('After').locator('[aria-selected="true"]');

test.beforeEach(async ({ explorer }) => {
  await explorer.open();
  await leave(explorer);
});

test('the palette finds a command by words and does it', async ({ explorer, page }) => {
  await page.keyboard.press('ControlOrMeta+Shift+P');
  const dialog = page.getByRole('dialog', { name: 'Commands' });
  const command = dialog.getByRole('combobox', { name: 'Command' });
  await expect(command).toBeFocused();
  expect(await serious(page)).toEqual([]);
  await page.keyboard.type('first op');
  await expect(dialog.getByRole('option').first()).toHaveAttribute('aria-selected', 'true');
  await expect(dialog.getByRole('option').first()).toContainText('First op');
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '0');
  // Another way in; arrows choose, Escape leaves all as it is.
  await page.keyboard.press('ControlOrMeta+k');
  await page.keyboard.press('ArrowDown');
  const second = await dialog.getByRole('option').nth(1).getAttribute('id');
  await expect(command).toHaveAttribute('aria-activedescendant', second ?? '');
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '0');
});

test('from the palette into another dialog, and out', async ({ page }) => {
  await page.keyboard.press('ControlOrMeta+Shift+P');
  await page.getByRole('combobox', { name: 'Command' }).fill('share');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: 'Share' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});

test('g goes to an insn, an op or a line by number', async ({ explorer, page }) => {
  await page.keyboard.press('g');
  await page.keyboard.type('before 5');
  await page.keyboard.press('Enter');
  await expect(selected(explorer)).toHaveText(/goto pc\u22126/);
  await page.keyboard.press('g');
  await page.keyboard.type('op 2');
  await page.keyboard.press('Enter');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '2');
  await page.keyboard.press('g');
  await page.keyboard.type('line 19');
  await page.keyboard.press('Enter');
  await expect(selected(explorer)).toHaveText(/w0 = 0/);
});

test('/ searches, Enter goes on, Escape gives the focus back', async ({ explorer, page }) => {
  await explorer.column('After').focus();
  await page.keyboard.press('/');
  await page.keyboard.type('goto');
  const found = page.getByRole('status', { name: 'Found' });
  await expect(found).toHaveText('4 insns');
  await expect(explorer.column('After').locator('.found')).toHaveCount(4);
  await page.keyboard.press('Enter');
  await expect(found).toHaveText('1 of 4');
  await page.keyboard.press('Shift+Enter');
  await expect(found).toHaveText('4 of 4');
  await expect(selected(explorer)).toHaveText(/goto pc\u22126/);
  // Letters are typed, and do nothing else.
  await page.keyboard.type('xyz');
  await expect(found).toHaveText('none');
  await expect(explorer.column('List')).toBeVisible();
  await page.getByRole('textbox', { name: 'Search' }).fill('(');
  await expect(page.getByRole('search')).toContainText('taken as text');
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('search')).toBeHidden();
  await expect(explorer.column('After')).toBeFocused();
  await expect(explorer.column('After').locator('.found')).toHaveCount(0);
});

test('m pins, Shift and the letter goes there, and the pin follows an edit', async ({ explorer, page }) => {
  await page.keyboard.press('Home');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('m');
  const pins = page.getByRole('list', { name: 'Pins' });
  await expect(pins).toContainText('if w2 == w0 goto');
  for (const name of ['Before', 'List', 'After'] as const)
    await expect(explorer.column(name).getByRole('row', { name: /pin A$/ })).toHaveCount(1);
  expect(await serious(page)).toEqual([]);
  await page.keyboard.press('End');
  await expect(selected(explorer)).toHaveText(/exit/);
  await page.keyboard.press('Shift+A');
  await expect(selected(explorer)).toHaveText(/if w2 == w0/);
  await page.keyboard.press('Backspace');
  await expect(selected(explorer)).toHaveText(/exit/);
  // A line more above it.
  await page.keyboard.press('e');
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('r9 = 9');
  await explorer.idle();
  await expect(explorer.column('Before').getByRole('row', { name: /pin A$/ })).toHaveAccessibleName(
    /^3 if w2 == w0/,
  );
  await pins.getByRole('button', { name: 'Take pin A out' }).press('Enter');
  await expect(pins).toBeHidden();
});

test('Enter follows a jump, Backspace comes back', async ({ explorer, page }) => {
  await explorer.button('Last op').press('Enter');
  await leave(explorer);
  await page.keyboard.press('Home');
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(selected(explorer)).toHaveText(/^9 \*\(u32 \*\)\(r1 \+8\) = r2/);
  await page.keyboard.press('Backspace');
  await expect(selected(explorer)).toHaveText(/^2 if w2 == w0/);
  // On a button, Enter presses it.
  await explorer.button('First op').press('Enter');
  await expect(selected(explorer)).toHaveText(/^2 if w2 == w0/);
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '0');
});

test('while typing, keys are letters', async ({ explorer, page }) => {
  const editor = page.getByRole('textbox', { name: 'Program' });
  await editor.focus();
  await page.keyboard.type('gx');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(explorer.column('List')).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Shift+P');
  await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
});

test('? shows every key, from the same table', async ({ page }) => {
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Help' });
  for (const words of ['previous or next op', 'follow the jump', 'all commands', 'go to a pin'])
    await expect(help.getByText(words, { exact: true })).toBeVisible();
  expect(await serious(page)).toEqual([]);
});

test('the picture is saved as an SVG that needs nothing else', async ({ page }) => {
  const download = page.waitForEvent('download');
  await page.keyboard.press('ControlOrMeta+e');
  const file = await download;
  expect(file.suggestedFilename()).toBe('bpf-patch-op-4.svg');
  const text = await readFile(await file.path(), 'utf8');
  expect(text).not.toContain('var(');
  expect(text).toContain('<title>BPF Patch Explorer: op 4 of 8');
  for (const words of ['Before', 'After', 'if w2 == w0 goto pc']) expect(text).toContain(words);
  const problem = await page.evaluate(
    (svg) => new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('parsererror')?.textContent,
    text,
  );
  expect(problem).toBeUndefined();
});
