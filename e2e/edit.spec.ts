import { expect, test } from './page.ts';

const DIVIDE = 'r0 = 8\nr1 = 2\nr0 /= r1\nexit\n';

test('typing changes the After column', async ({ explorer }) => {
  await explorer.open();
  await explorer.type(DIVIDE);
  await explorer.button('Last op').click();
  expect(await explorer.text('After')).toEqual([
    '0 r0 = 8',
    '1 r1 = 2',
    '2 if r1 != 0x0 goto pc+2',
    '3 w0 ^= w0',
    '4 goto pc+1',
    '5 r0 /= r1',
    '6 exit',
  ]);
});

test('another program starts at its first op; one that is edited stays where it is', async ({ explorer }) => {
  await explorer.open();
  await explorer.button('Last op').click();
  await explorer.type(DIVIDE);
  expect(await explorer.op()).toBe(0);
  await explorer.button('Next op').click();
  await explorer.type(DIVIDE.replace('8', '80'));
  expect(await explorer.op()).toBe(1);
});

test('broken text keeps the last good picture, veiled, and names the first problem', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  await explorer.type(DIVIDE);
  await explorer.type('r0 = 8\nr0 /= r99\nexit\n');
  await expect(page.getByText('Showing the last good version.')).toBeVisible();
  expect(await explorer.text('Before')).toContain('2 r0 /= r1');
  const problems = page.getByRole('list', { name: 'Problems' });
  await expect(problems.getByRole('button').first()).toContainText('line 2');
  await problems.getByRole('button').first().click();
  await expect(page.getByRole('textbox', { name: 'Program' })).toBeFocused();
  await explorer.type(DIVIDE);
  await expect(page.getByText('Showing the last good version.')).toBeHidden();
});

test('patch points written in the program are applied', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type(
    'r0 = 1\n;@replace r0 = 2 | r0 += 3\nr0 += 1\n;@remove\nr0 = r0\nif r0 == 0 goto out\nout:\nexit\n',
  );
  await page.getByRole('combobox', { name: 'Pass' }).selectOption('edits');
  await explorer.idle();
  await explorer.button('Last op').click();
  expect(await explorer.text('After')).toEqual([
    '0 r0 = 1',
    '1 r0 = 2',
    '2 r0 += 3',
    '3 if r0 == 0x0 goto pc+0',
    '4 exit',
  ]);
});

test('an -ERANGE names the jump and both distances', async ({ explorer }) => {
  await explorer.open();
  const body = 'r1 /= r2\n'.repeat(200) + 'r3 = 1\n'.repeat(32_000);
  await explorer.type(`if r1 == 0 goto out\n${body}out:\nexit\n`);
  await explorer.button('Last op').click();
  await expect(explorer.step).toContainText(/32,?800/);
  await expect(explorer.step).toContainText(/32,?200/);
});

test('an empty program offers a start', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type('');
  await page.keyboard.press('Delete');
  await explorer.idle();
  await page.getByRole('button', { name: 'A division the kernel must guard' }).click();
  await expect(explorer.rows('Before')).toHaveCount(9);
});

test('a label is gone to, and an insn says what it means', async ({ explorer, page }) => {
  await explorer.open();
  await page.getByRole('textbox', { name: 'Program' }).focus();
  await expect(page.locator('.monaco-editor .view-line').first()).toBeVisible();
  await page.keyboard.press('ControlOrMeta+Home');
  for (let line = 1; line < 15; line++) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('End');
  await page.keyboard.press('F12');
  // `if w0 > 8 goto again` on line 15 leads to `again:` on line 9.
  await expect(page.locator('.monaco-editor .active-line-number')).toHaveText('9');
  const line = page.locator('.monaco-editor .view-line').filter({ hasText: /^\s*w2\s\/=/ });
  await line.hover({ position: { x: 30, y: 10 } });
  await expect(page.locator('.monaco-hover').first()).toContainText('3c02000000000000');
});
