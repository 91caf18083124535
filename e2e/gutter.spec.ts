/** Patch points made in the gutter: the text, the picture and the timeline say the same. */
import type { Page } from '@playwright/test';
import { type Explorer, expect, test } from './page.ts';
import { serious } from './serious.ts';

const TEXT = 'r0 = 8\nr1 = 2\nr0 += r1\nexit\n';

const popover = (page: Page) => page.getByRole('dialog', { name: 'Patch insn 2' });
const insns = (page: Page) => page.getByRole('textbox', { name: 'Insns of the patch' });
const said = (page: Page) => page.getByRole('status', { name: 'Patch point' });
const program = (page: Page) => page.getByRole('textbox', { name: 'Program' });
const lineOf = (page: Page, insn: string) => page.locator('.view-line').filter({ hasText: insn });

/** All of the text, as the clipboard would have it. */
async function sourceOf(page: Page): Promise<string> {
  await program(page).focus();
  await page.keyboard.press('ControlOrMeta+a');
  return program(page).inputValue();
}

/** Left of the text of a line, where its sign or the plus stands. */
async function clickGutter(page: Page, insn: string): Promise<void> {
  const line = await lineOf(page, insn).boundingBox();
  if (!line) throw new Error('the line is not shown');
  const at = { x: line.x - 12, y: line.y + line.height / 2 };
  await page.mouse.move(at.x, at.y);
  await page.mouse.click(at.x, at.y);
}

async function expectPatched(explorer: Explorer, after: readonly string[]): Promise<void> {
  await explorer.idle();
  await expect(explorer.timeline).toHaveAttribute('aria-valuetext', /replace: \d insns? for insn 2|insn 2/);
  expect(await explorer.op()).toBe(2);
  expect(await explorer.text('After')).toEqual(after);
}

test('a patch is added, changed and removed by its sign', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type(TEXT);
  await lineOf(page, 'r0 += r1').hover();
  await expect(page.locator('.program-add')).toBeVisible();
  await clickGutter(page, 'r0 += r1');
  await expect(popover(page)).toBeVisible();
  await insns(page).fill('r3 = 1 | r0 += 3');
  await explorer.button('Apply').click();
  await expect(popover(page)).toBeHidden();
  await expectPatched(explorer, ['0 r0 = 8', '1 r1 = 2', '2 r3 = 1', '3 r0 += 3', '4 exit']);
  await expect(said(page)).toContainText('before');
  // No pass that was chosen is dropped.
  await expect(page.getByRole('combobox', { name: 'Pass' })).toHaveValue('edits,div_guard');
  expect(await sourceOf(page)).toBe(TEXT.replace('r0 +=', ';@replace r3 = 1 | r0 += 3\nr0 +='));

  await expect(page.locator('.program-replace')).toBeVisible();
  await clickGutter(page, 'r0 += r1');
  await expect(insns(page)).toHaveValue('r3 = 1 | r0 += 3');
  await insns(page).fill('r3 = 1\nr3 = 2\nr0 += 4');
  await page.keyboard.press('ControlOrMeta+Enter');
  await expectPatched(explorer, ['0 r0 = 8', '1 r1 = 2', '2 r3 = 1', '3 r3 = 2', '4 r0 += 4', '5 exit']);

  await clickGutter(page, 'r0 += r1');
  await explorer.button('Remove patch').click();
  await explorer.idle();
  expect(await explorer.text('After')).toEqual(['0 r0 = 8', '1 r1 = 2', '2 r0 += r1', '3 exit']);
  expect(await sourceOf(page)).toBe(TEXT);
});

test('all of it by keyboard', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type(TEXT);
  await page.keyboard.press('ControlOrMeta+Home');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Alt+p');
  await expect(insns(page)).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(popover(page)).toBeHidden();
  await expect(program(page)).toBeFocused();

  await page.keyboard.press('Alt+p');
  await expect(insns(page)).toBeFocused();
  await page.keyboard.type('r0 += 3');
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('ArrowRight');
  await expect(page.getByRole('radio', { name: 'Prepend' })).toBeChecked();
  await page.keyboard.press('ControlOrMeta+Enter');
  await expectPatched(explorer, ['0 r0 = 8', '1 r1 = 2', '2 r0 += 3', '3 r0 += r1', '4 exit']);
  await expect(program(page)).toBeFocused();

  await page.keyboard.press('Alt+p');
  await expect(insns(page)).toHaveValue('r0 += 3');
  for (let k = 0; k < 3; k++) await page.keyboard.press('Tab');
  await expect(explorer.button('Remove patch')).toBeFocused();
  await page.keyboard.press('Enter');
  await explorer.idle();
  expect(await sourceOf(page)).toBe(TEXT);
  // One undo step brings it back.
  await page.keyboard.press('ControlOrMeta+z');
  await explorer.idle();
  expect(await sourceOf(page)).toContain(';@prepend r0 += 3\n');
});

test('what is wrong is said where it is, and nothing wrong is put into the text', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  await explorer.type(TEXT);
  await clickGutter(page, 'r0 += r1');
  await insns(page).fill('r3 = 1\nr33 = 2');
  await expect(popover(page)).toContainText('line 2, column 1');
  await expect(explorer.button('Apply')).toBeDisabled();
  expect(await serious(page)).toEqual([]);
  await page.getByRole('button', { name: 'line 2, column 1' }).click();
  await page.keyboard.type('r3');
  await expect(explorer.button('Apply')).toBeEnabled();
  await explorer.button('Cancel').click();
  expect(await sourceOf(page)).toBe(TEXT);
});

test('the sign of a pass says who makes it, and leads to its op', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type(TEXT.replace('+=', '/='));
  await clickGutter(page, 'r0 /= r1');
  await expect(popover(page)).toContainText('Division guard');
  await explorer.button('Go to its op').click();
  await expect(popover(page)).toBeHidden();
  expect(await explorer.op()).toBe(2);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 } });
  test('a button below the program does what the gutter does', async ({ explorer, page }) => {
    await explorer.open();
    await explorer.button('Code').click();
    await program(page).fill(TEXT);
    await explorer.idle();
    await program(page).press('ControlOrMeta+Home');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await explorer.button('Patch this insn').click();
    await insns(page).fill('r0 += 3');
    await explorer.button('Apply').click();
    await explorer.idle();
    await expect(program(page)).toHaveValue(TEXT.replace('r0 +=', ';@replace r0 += 3\nr0 +='));
  });
});
