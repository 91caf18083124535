import { expect, test } from './page.ts';

/** A division to guard, a jump across it, lines of C, and a function of its own. */
const PROGRAM = `main:
; ratio.c:5:2 if (d > 8)
if r1 > 8 goto out
; ratio.c:6:5 n /= d;
r0 /= r1
; ratio.c:7:2 return half(n);
call half
out:
exit
half:
; ratio.c:1:9 static int half(int n) { return n / 2; }
r0 = 1
exit
`;

test.beforeEach(async ({ explorer, page }) => {
  await explorer.open();
  await explorer.type(PROGRAM);
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Debug', exact: true }).click();
  await explorer.button('Last op').click();
  await expect(page.getByRole('group', { name: 'Changes shown' })).toBeVisible();
});

test('the debug layout lays the input and the result beside each other', async ({ explorer, page }) => {
  expect(await explorer.text('Before')).toEqual([
    '0 if r1 > 0x8 goto pc+2',
    '1 r0 /= r1',
    '2 call pc+1',
    '3 exit',
    '4 r0 = 1',
    '5 exit',
  ]);
  const after = await explorer.text('After');
  expect(after[0]).toBe('0 if r1 > 0x8 goto pc+5');
  expect(after).toHaveLength(9);
  // An insn is the same in every column, and records and lines stand beside it.
  const call = explorer.rows('Before').filter({ hasText: '2 call' });
  const uid = await call.getAttribute('data-uid');
  for (const name of ['After', 'Aux beside the insns', 'Line info beside the insns'])
    await expect(page.getByRole('grid', { name }).locator(`[data-uid="${uid}"]`)).toHaveCount(1);
  await expect(page.getByRole('button', { name: 'inserted 3' })).toBeVisible();
  await expect(page.getByRole('status', { name: 'Step' })).toHaveCount(1);
});

test('compare two moments', async ({ explorer, page }) => {
  await explorer.button('First op').click();
  for (let i = 0; i < 2; i++) await explorer.button('Next op').click();
  await explorer.button('Compare').click();
  await explorer.button('Last op').click();
  // The patch was there by then: what came later only wrote numbers.
  await expect(page.getByText('compared: op 2 to op')).toBeVisible();
  await expect(page.getByRole('button', { name: 'inserted 0' })).toBeVisible();
  expect(await explorer.text('Before')).toEqual(await explorer.text('After'));
  // The same in place of the stage, while the range stands.
  await page.getByRole('button', { name: 'Learn', exact: true }).click();
  await expect(page.getByText('compared: op 2 to op')).toBeVisible();
  await expect(explorer.column('List')).toHaveCount(0);
  await explorer.button('Compare').click();
  await expect(explorer.column('List')).toBeVisible();
});

test('hide a class', async ({ explorer, page }) => {
  const unchanged = page.getByRole('button', { name: /unchanged \d/ });
  await expect(unchanged).toHaveAttribute('aria-pressed', 'true');
  const before = await explorer.text('After');
  await unchanged.click();
  await expect(unchanged).toHaveAttribute('aria-pressed', 'false');
  await expect(explorer.rows('After').filter({ hasText: /rows? unchanged/ })).not.toHaveCount(0);
  await expect(explorer.rows('After').filter({ hasText: 'r0 = 1' })).toHaveCount(0);
  await expect(explorer.rows('After').filter({ hasText: 'goto pc+5' })).toHaveCount(1);
  await page.getByRole('button', { name: /^All \d/ }).click();
  expect(await explorer.text('After')).toEqual(before);
});

test('the selection moves by keyboard, and passes over what is hidden', async ({ explorer, page }) => {
  await explorer.column('After').focus();
  await page.keyboard.press('Home');
  await expect(explorer.rows('After').first()).toHaveAttribute('aria-selected', 'true');
  await expect(explorer.rows('Before').first()).toHaveAttribute('aria-selected', 'true');
  await expect(page.getByText(/selected: insn 0, C 5:2, distance \+2 → \+5/)).toBeVisible();
  await page.getByRole('button', { name: /unchanged \d/ }).click();
  await explorer.column('After').focus();
  await page.keyboard.press('ArrowDown');
  await expect(explorer.rows('After').and(page.locator('[aria-selected="true"]'))).toContainText(
    '1 if r1 != 0x0',
  );
  await page.keyboard.press('End');
  await expect(explorer.rows('After').and(page.locator('[aria-selected="true"]'))).toContainText('r0 /= r1');
});
