/**
 * Ways that people go through the page, from a question to its answer, by role and name only. Would catch: parts that
 * each work by themselves but do not lead from one to the next.
 */
import type { Page } from '@playwright/test';
import { type Explorer, expect, test } from './page.ts';

type Column = 'Before' | 'List' | 'After';
const COLUMNS: readonly Column[] = ['Before', 'List', 'After'];

const selectedIn = (explorer: Explorer, name: Column) =>
  explorer.column(name).locator('[role="row"][aria-selected="true"]');

async function press(page: Page, ...keys: readonly string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key);
}

test('one insn is followed from its line through every column and its jump, by keyboard', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  await press(page, 'Shift+End', 'e');
  const program = page.getByRole('textbox', { name: 'Program' });
  await expect(program).toBeFocused();
  // `if w2 == w0 goto out` stands on line 8.
  await press(page, 'ControlOrMeta+Home', ...Array<string>(7).fill('ArrowDown'), 'Escape');
  await expect(program).not.toBeFocused();
  await expect(selectedIn(explorer, 'Before')).toHaveText(/^2 if w2 == w0 goto/);
  const uid = (await selectedIn(explorer, 'Before').getAttribute('data-uid')) ?? '';
  for (const name of COLUMNS) {
    await expect(selectedIn(explorer, name)).toHaveCount(1);
    await expect(selectedIn(explorer, name)).toHaveAttribute('data-uid', uid);
  }
  const card = page.getByRole('region', { name: 'This insn' });
  await expect(card).toContainText('if w2 == w0 goto pc+6');
  await expect(card).toContainText('line 8, C 7:6');
  // The tables, with the arrows from tab to tab.
  await page.getByRole('tab', { name: 'Aux', exact: true }).focus();
  for (const name of ['Line info', 'Subprograms', 'Jumps']) {
    await press(page, 'ArrowRight');
    await expect(page.getByRole('table', { name, exact: true })).toBeVisible();
  }
  const record = page.getByRole('table', { name: 'Jumps' }).locator(`[data-uid="${uid}"]`);
  await expect(record).toHaveCount(1);
  await expect(record).toBeInViewport();
  // Along the jump, and back.
  await explorer.column('After').focus();
  await press(page, 'Enter');
  await expect(selectedIn(explorer, 'After')).toHaveText(/^9 \*\(u32 \*\)\(r1 \+8\) = r2/);
  await expect(card).toContainText('*(u32 *)(r1 +8) = r2');
  await press(page, 'Backspace');
  for (const name of COLUMNS) await expect(selectedIn(explorer, name)).toHaveAttribute('data-uid', uid);
});

test('the op that broke a jump is found, and the jump mended', async ({ explorer, page }) => {
  await explorer.open();
  await page.getByRole('combobox', { name: 'Example' }).selectOption('far-jump');
  await explorer.idle();
  await expect(explorer.agreement).toContainText('refused with -ERANGE');
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await press(page, 'Shift+End');
  await explorer.idle();
  expect(await explorer.op()).toBe(await explorer.lastOp());
  await expect(explorer.timeline).toHaveAttribute('aria-valuetext', /jump 2/);
  await expect(explorer.step).toContainText(/34,003/);
  await expect(page.getByRole('region', { name: 'What the kernel says' })).toContainText(
    /insn \d+ cannot be patched due to 16-bit range/,
  );
  await explorer.button('Go to the jump').click();
  await expect(selectedIn(explorer, 'Before')).toHaveText(/^2 if w2 == 0x5 goto/);
  await explorer.button('Try this fix').click();
  await explorer.idle();
  await expect(explorer.agreement).toContainText('same result');
  await expect(explorer.agreement).not.toContainText('refused');
  await press(page, 'Shift+End');
  await explorer.idle();
  await expect(explorer.rows('After').first()).toBeVisible();
  await expect(page.getByRole('region', { name: 'What the kernel says' })).toHaveCount(0);
});

test('the race says why not an array, by keyboard', async ({ explorer, page }) => {
  await explorer.open();
  await page.getByRole('button', { name: /^Why not an array\?/ }).press('Enter');
  await explorer.idle();
  await expect(page.getByRole('main', { name: 'Race' })).toBeVisible();
  for (const name of ['Array', 'List', 'Batch'])
    await expect(page.getByRole('region', { name, exact: true })).toBeVisible();
  const clock = page.getByRole('slider', { name: 'Race clock' });
  await expect(clock).toHaveAttribute('aria-valuenow', '0');
  await press(page, 'Space');
  await expect(explorer.button('Pause')).toBeVisible();
  await expect(clock).not.toHaveAttribute('aria-valuenow', '0');
  await press(page, 'Space');
  await expect(explorer.button('Play')).toBeVisible();
  await press(page, 'Shift+End');
  await expect(clock).toHaveAttribute('aria-valuenow', (await clock.getAttribute('aria-valuemax')) ?? '');
  for (const name of ['Array', 'List', 'Batch'])
    await expect(page.getByRole('region', { name, exact: true })).toContainText('100 %');
  await expect(page.getByText(/as many touches so far/)).toContainText(/98\.3× to batch/);
  await expect(page.getByRole('status', { name: 'Same result' })).toHaveText(
    'same result: array = list = batch, 2,400 slots',
  );
  await press(page, '1');
  await explorer.idle();
  await expect(explorer.column('List')).toBeVisible();
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '4');
});

test('layout, pins and the compared range are kept by a reload and by a link', async ({
  explorer,
  page,
  context,
}) => {
  await explorer.open();
  const pressed = (on: Page, name: string) =>
    expect(on.getByRole('button', { name, exact: true })).toHaveAttribute('aria-pressed', 'true');
  for (const [key, name] of [
    ['3', 'Race'],
    ['4', 'Chart'],
    ['1', 'Learn'],
  ] as const) {
    await press(page, key);
    await pressed(page, name);
  }
  await explorer.idle();
  // Insn 4 is pinned, ops 1 to 4 are compared.
  await press(page, 'Home', 'j', 'j', 'j', 'j', 'm', 'ArrowLeft', 'ArrowLeft', 'ArrowLeft');
  await expect(page.getByRole('list', { name: 'Pins' })).toContainText('w2 /= w0');
  await expect(explorer.timeline).toHaveAttribute('aria-valuenow', '1');
  await explorer.button('Compare').click();
  await press(page, 'ArrowRight', 'ArrowRight', 'ArrowRight', '2');
  await explorer.idle();
  const sees = async (on: Page) => {
    await pressed(on, 'Debug');
    await expect(on.getByText('compared: op 1 to op 4')).toBeVisible();
    await expect(on.getByRole('button', { name: 'inserted 3' })).toBeVisible();
    const after = on.getByRole('grid', { name: 'After' });
    await expect(after.getByRole('row')).toHaveCount(12);
  };
  await sees(page);
  // A class is hidden and comes back; the range is ended and begun.
  await page.getByRole('button', { name: 'unchanged 6' }).click();
  await expect(explorer.rows('After').filter({ hasText: 'exit' })).toHaveCount(0);
  await page.getByRole('button', { name: /^All \d/ }).click();
  await expect(page).toHaveURL(/#1\./);
  await press(page, 'ControlOrMeta+s');
  const link = page.getByRole('dialog', { name: 'Share' }).getByRole('textbox', { name: 'Link' });
  await expect(link).toHaveValue(/#1\./);
  const other = await context.newPage();
  await other.goto(await link.inputValue());
  await sees(other);
  await other.close();
  await press(page, 'Escape');
  await page.reload();
  await explorer.idle();
  await sees(page);
  await press(page, '1');
  await explorer.button('End the comparison').click();
  await expect(explorer.rows('List').and(page.getByRole('row', { name: /pin A$/ }))).toHaveCount(1);
});

test('an example is picked by its picture, and says what to look at', async ({ explorer, page }) => {
  await explorer.open();
  await explorer.button('More examples').click();
  const dialog = page.getByRole('dialog', { name: 'Examples' });
  const cards = dialog.getByRole('region', { name: 'Programs', exact: true }).getByRole('button');
  await expect(cards).toHaveCount(5);
  for (const card of await cards.all())
    await expect(card.locator('svg > :not(title)').first()).toBeAttached();
  await cards.filter({ hasText: 'Constants that must not reach the JIT' }).click();
  await expect(dialog).toBeHidden();
  await explorer.idle();
  const said = await page.getByRole('main').getByRole('paragraph').first().textContent();
  expect(said?.length).toBeGreaterThan(20);
  await expect(page.getByRole('combobox', { name: 'Example' })).toHaveValue('blinding');
  await expect(explorer.agreement).toContainText('same result');
});

test.describe('by touch on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

  test('a swipe steps, a long press pins, and tabs lead everywhere', async ({ explorer, page }) => {
    await explorer.open();
    const touch = await page.context().newCDPSession(page);
    const finger = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...points: { x: number; y: number }[]) =>
      touch.send('Input.dispatchTouchEvent', { type, touchPoints: points });
    const box = await explorer.column('List').boundingBox();
    if (!box) throw new Error('the list is not shown');
    const y = box.y + box.height / 2;
    const swipe = async (from: number, to: number) => {
      await finger('touchStart', { x: from, y });
      for (let k = 1; k <= 4; k++) await finger('touchMove', { x: from + ((to - from) * k) / 4, y });
      await finger('touchEnd');
    };
    const op = await explorer.op();
    await swipe(300, 120);
    await expect(explorer.timeline).toHaveAttribute('aria-valuenow', String(op + 1));
    await swipe(120, 300);
    await expect(explorer.timeline).toHaveAttribute('aria-valuenow', String(op));
    // A finger that rests pins the insn under it.
    const row = await explorer.rows('After').nth(4).boundingBox();
    if (!row) throw new Error('the row is not shown');
    await finger('touchStart', { x: row.x + row.width / 2, y: row.y + row.height / 2 });
    const pins = page.getByRole('list', { name: 'Pins' });
    await expect(pins.getByRole('listitem')).toHaveCount(1);
    await finger('touchEnd');
    await expect(pins.getByRole('listitem')).toHaveCount(1);
    // Every tab.
    const tab = (name: string) =>
      page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name }).tap();
    await tab('Tables');
    await expect(page.getByRole('table', { name: 'Aux' })).toBeVisible();
    await tab('Race');
    await expect(page.getByRole('slider', { name: 'Race clock' })).toBeVisible();
    await tab('Chart');
    await expect(page.getByRole('figure', { name: 'Complexity chart' })).toBeVisible();
    await tab('Stage');
    await expect(explorer.column('After')).toBeVisible();
    // A patch by the button under the text.
    await tab('Code');
    const program = page.getByRole('textbox', { name: 'Program' });
    await program.fill('r0 = 8\nr1 = 2\nr0 += r1\nexit\n');
    await explorer.idle();
    await program.press('ControlOrMeta+Home');
    await press(page, 'ArrowDown', 'ArrowDown');
    await explorer.button('Patch this insn').tap();
    await page.getByRole('textbox', { name: 'Insns of the patch' }).fill('r0 += 3');
    await explorer.button('Apply').tap();
    await explorer.idle();
    await expect(program).toHaveValue('r0 = 8\nr1 = 2\n;@replace r0 += 3\nr0 += r1\nexit\n');
    await tab('Stage');
    await explorer.button('Last op').tap();
    expect(await explorer.text('After')).toEqual(['0 r0 = 8', '1 r1 = 2', '2 r0 += 3', '3 exit']);
  });
});
