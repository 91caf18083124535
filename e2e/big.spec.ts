/** Programs too big for the editor: they are read in its place, and everything else works as with small ones. */
import { encodeScene } from '../src/scene/codec.ts';
import { DEFAULT_SCENE } from '../src/scene/scene.ts';
import { expect, test } from './page.ts';

const SLOTS = 250_000;
const link = (slots: number) => encodeScene({ ...DEFAULT_SCENE, pass: 'edits', recipe: `scale2~${slots}~1` });

test('a program of 250,000 insns is listed, read by keys, and linked with the other views', async ({
  explorer,
  page,
}) => {
  await explorer.open(link(SLOTS));
  const listing = page.getByRole('grid', { name: 'Program' });
  await expect(listing).toHaveAttribute('aria-rowcount', String(SLOTS));
  await expect(page.getByRole('textbox', { name: 'Program' })).toHaveCount(0);
  await expect(page.getByText('Read only:')).toBeVisible();

  // From the first line to the last and to one between: exact at both ends, whatever the browser can scroll.
  await listing.focus();
  await page.keyboard.press('ArrowDown');
  await expect(listing.getByRole('row', { selected: true })).toHaveAttribute('aria-rowindex', '1');
  await page.keyboard.press('End');
  const last = listing.getByRole('row', { selected: true });
  await expect(last).toHaveAttribute('aria-rowindex', String(SLOTS));
  await expect(last).toHaveText(/^249999\s*exit$/);
  await page.keyboard.press('ArrowUp');
  await expect(listing.getByRole('row', { selected: true })).toHaveAttribute(
    'aria-rowindex',
    String(SLOTS - 1),
  );

  // The same insn is selected in the other columns.
  await expect(explorer.column('After').locator('.row.focus')).toHaveAttribute('data-uid', String(SLOTS - 2));
  await page.keyboard.press('Home');
  await expect(explorer.column('After').locator('.row.focus')).toHaveAttribute('data-uid', '0');

  await explorer.button('Last op').click();
  expect(await explorer.op()).toBe(await explorer.lastOp());
});

test('a program of a million insns says what it takes, and Cancel brings back what was there', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  const head = page.getByRole('region', { name: 'Source' });
  await expect(head).toContainText('9 slots');
  await page.evaluate((hash) => {
    location.hash = hash;
  }, link(1_000_000));
  await expect(page.getByText(/1,000,000 insns and will take up to \d+ MB/)).toBeVisible();
  await explorer.button('Cancel').click();
  await expect(page.getByText(/will take up to/)).toHaveCount(0);
  await explorer.idle();
  await expect(page.getByRole('textbox', { name: 'Program' })).toBeVisible();
  await expect(head).toContainText('9 slots');
});
