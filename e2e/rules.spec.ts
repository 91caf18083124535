import { expect, test } from './page.ts';
import { serious } from './serious.ts';

const PIPE = `  r0 = 7
  r2 = 3
  goto on
  r0 = 1
on:
  if r1 == 0 goto out
  w0 /= w2
  r0 ^= 0x5bd1
out:
  exit
`;

test('a bug of the RFC is a scene: rules named, what goes wrong said, and gone under this project\u2019s rules', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  const deviations = page.getByRole('region', { name: 'Deviations' });
  await expect(deviations).toBeHidden();
  await page.getByRole('combobox', { name: 'Example' }).selectOption({ label: 'R11: a jump out of a patch' });
  await explorer.idle();
  await expect(page.getByRole('combobox', { name: 'Rules' })).toHaveValue('rfc-2019');
  await expect(deviations).toContainText('Rules: RFC 2019');
  await expect(deviations).toContainText('is never looked at again');
  const sentence = deviations.getByRole('button', { name: 'insn 0: goto +2 leads to insn 3, not to insn 4' });
  await expect(sentence).toBeVisible();
  expect(await serious(page), 'a bug').toEqual([]);
  await deviations.getByRole('button', { name: '2 more' }).click();
  await expect(deviations.getByRole('listitem')).toHaveCount(3);
  // It leads to the insn, with all patches done.
  await sentence.click();
  expect(await explorer.op()).toBe(await explorer.lastOp());
  await expect(explorer.rows('After').first()).toHaveAttribute('aria-selected', 'true');
  await deviations.getByRole('button', { name: 'This project\u2019s rules' }).click();
  await explorer.idle();
  await expect(deviations).toBeHidden();
  await expect(page.getByRole('combobox', { name: 'Rules' })).toHaveValue('engine');
  await expect(explorer.agreement).toContainText('same result');
});

test('what the RFC writes stands beside this project\u2019s result, and After says whose it is', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  const examples = page.getByRole('combobox', { name: 'Example' });
  await examples.selectOption({ label: 'R20: written behind the buffer' });
  await explorer.idle();
  await expect(page.getByRole('main')).toContainText('After, by this project\u2019s rules');
  const both = page.getByRole('table', { name: 'Insns that differ' });
  await expect(both.getByRole('columnheader')).toHaveText(['slot', 'This project', 'RFC 2019']);
  await expect(both.getByRole('row').filter({ hasText: 'behind the buffer' })).toHaveText([
    /^6\u2013r0 \+= r4 ?behind the buffer$/,
    /^7\u2013exit ?behind the buffer$/,
  ]);
  await expect(both.getByRole('row').nth(2)).toHaveText(/^1r5 = 4r2 = 2 ?$/);
  expect(await serious(page), 'both results').toEqual([]);
  // It is closed and reached by keyboard.
  await page.getByRole('button', { name: 'Hide both results' }).focus();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('region', { name: 'Both results' })).toBeFocused();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await expect(both).toBeHidden();
  // A pass that asks for other patches under these rules: those are in the picture, and it is said.
  await examples.selectOption({ label: 'R14: a goto over dead code' });
  await explorer.idle();
  await expect(page.getByRole('main')).toContainText('After, of RFC 2019\u2019s patches');
  await explorer.button('First op').click();
  await expect(explorer.step).toContainText('Dead code and nops at once');
});

test('an example without rules of its own goes back to this project\u2019s', async ({ explorer, page }) => {
  await explorer.open();
  const examples = page.getByRole('combobox', { name: 'Example' });
  await examples.selectOption({ label: 'R9: blinding after a prologue' });
  await explorer.idle();
  await expect(page.getByRole('combobox', { name: 'Layer' })).toHaveValue('core');
  await examples.selectOption('mean');
  await explorer.idle();
  await expect(page.getByRole('combobox', { name: 'Layer' })).toHaveValue('verifier');
  await expect(page.getByRole('region', { name: 'Deviations' })).toBeHidden();
});

test('a pipeline is put together by keyboard, and one insn followed through it', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  await explorer.type(PIPE);
  await page.keyboard.press('Escape');
  const press = (key: string) => page.keyboard.press(key);
  // What is chosen stands in the list; the others are added with Enter.
  await explorer.button('Passes').focus();
  await press('Enter');
  const panel = page.getByRole('dialog', { name: 'Passes' });
  await expect(panel.getByRole('button', { name: 'Move Division guard down' })).toBeFocused();
  for (const name of ['Add Constant blinding', 'Add Dead code', 'Add Nops']) {
    while (
      !(await panel
        .getByRole('button', { name, exact: true })
        .evaluate((el) => el === document.activeElement))
    )
      await press('Tab');
    await press('Enter');
  }
  // Dead code to the front: the focus stays on the row that moves.
  await panel.getByRole('button', { name: 'Move Dead code up' }).focus();
  await press('Enter');
  await press('Enter');
  await expect(panel.getByRole('button', { name: 'Move Dead code up' })).toBeFocused();
  await panel.getByRole('button', { name: 'Remove Nops' }).focus();
  await press('Enter');
  await expect(
    panel.getByRole('listitem').filter({ has: page.getByRole('button', { name: /^Remove/ }) }),
  ).toHaveText(['Dead code', 'Division guard', 'Constant blinding']);
  await press('Escape');
  await expect(panel).toBeHidden();
  await expect(explorer.button('Passes')).toBeFocused();
  await explorer.idle();
  await expect(page.getByRole('combobox', { name: 'Pass', exact: true })).toHaveValue(
    'dead_code,div_guard,blind',
  );

  // Each step can be looked at; the division stays selected in all of them.
  const steps = page.getByRole('navigation', { name: 'Passes' });
  await steps.getByRole('button', { name: /Dead code/ }).focus();
  await press('Enter');
  await explorer.idle();
  await explorer.column('Before').focus();
  await press('Home');
  for (let row = 0; row < 5; row++) await press('ArrowDown');
  await expect(page.getByRole('region', { name: 'This insn' })).toContainText('w0 /= w2');
  const stops = page.getByRole('list', { name: 'Through the passes' });
  await expect(stops.getByRole('listitem')).toHaveText([
    'in the text5',
    'after Dead code4',
    'after Division guard4\u20137',
    /^after Constant blinding\d+\u2013\d+$/,
  ]);
  await stops.getByRole('button', { name: /Division guard/ }).focus();
  await press('Enter');
  await explorer.idle();
  await expect(steps.getByRole('button', { name: /Division guard/ })).toHaveAttribute('aria-pressed', 'true');
  await expect(explorer.rows('Before').nth(4)).toHaveAttribute('aria-selected', 'true');
  expect(await explorer.text('Before')).toContain('4 w0 /= w2');
  await steps.getByRole('button', { name: /Constant blinding/ }).focus();
  await press('Enter');
  await explorer.idle();
  // The first of its four insns has its identity now.
  await expect(explorer.column('Before').locator('[aria-selected="true"]')).toHaveText(/^4 if w2 != 0x0/);
  expect(await serious(page), 'a pipeline').toEqual([]);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });
  test('rules are named, and passes can be put together', async ({ explorer, page }) => {
    await explorer.open();
    await page.getByRole('combobox', { name: 'Example' }).selectOption({ label: 'R1: one in, one out' });
    await explorer.idle();
    const band = page.getByRole('region', { name: 'Deviations' });
    await expect(band).toContainText('Rules: RFC 2019');
    expect((await band.boundingBox())?.height).toBeLessThan(64);
    await band.getByRole('button', { name: 'Details' }).tap();
    await expect(band).toContainText('the RFC returns early');
    expect(await serious(page), 'a bug').toEqual([]);
    await explorer.button('Passes').tap();
    await page.getByRole('button', { name: 'Add Nops', exact: true }).tap();
    expect(await serious(page), 'passes').toEqual([]);
    await page.keyboard.press('Escape');
    await explorer.idle();
    await expect(page.getByRole('navigation', { name: 'Passes' }).getByRole('button')).toHaveCount(2);
  });
});
