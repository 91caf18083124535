import { expect, test } from './page.ts';

test.describe('a worker that dies', () => {
  // The browser reports what the worker threw; that is what this test is about.
  test.use({ expectedErrors: /boom/ });
  test('is started again, and the program is intact', async ({ explorer, page }) => {
    await explorer.open();
    await explorer.type('r0 = 1\nexit\n');
    for (const worker of page.workers().filter((w) => w.url().includes('engine')))
      await worker.evaluate(() => {
        setTimeout(() => {
          throw new Error('boom');
        });
      });
    await expect(page.getByRole('main').getByRole('alert')).toContainText('your program is intact');
    await expect(explorer.rows('Before').first()).toHaveText(/r0 = 1/);
    await explorer.type('r0 = 2\nexit\n');
    await expect(explorer.rows('Before').first()).toHaveText(/r0 = 2/);
  });
});
