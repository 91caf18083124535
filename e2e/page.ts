/** The page as a person knows it: found by role and name only. */
import { test as base, expect, type Locator, type Page } from '@playwright/test';

export class Explorer {
  readonly page: Page;
  readonly timeline: Locator;
  readonly step: Locator;
  readonly agreement: Locator;
  constructor(page: Page) {
    this.page = page;
    this.timeline = page.getByRole('slider', { name: 'Timeline' });
    this.step = page.getByRole('status', { name: 'Step' });
    this.agreement = page.getByRole('status', { name: 'Agreement' });
  }
  /** Open with motion off, and wait until nothing is pending. */
  async open(hash = ''): Promise<void> {
    await this.page.goto(`/?testing=1${hash}`);
    await this.idle();
  }
  async idle(timeout = 60_000): Promise<void> {
    await expect(this.page.locator('html')).toHaveAttribute('data-idle', 'true', { timeout });
  }
  /** The chart with its first sizes measured, and no more: all of them are the business of one test. */
  async chartBegun(): Promise<void> {
    const touches = this.page.getByRole('table', { name: 'Touches' });
    await expect(touches.getByRole('row', { name: /^1,000 / })).toBeVisible();
    await this.button('Cancel').click();
    await expect(this.page.getByText('Stopped.')).toBeVisible();
  }
  column(name: 'Before' | 'List' | 'Memory' | 'After'): Locator {
    return this.page.getByRole('grid', { name });
  }
  rows(name: 'Before' | 'List' | 'Memory' | 'After'): Locator {
    return this.column(name).getByRole('row');
  }
  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true });
  }
  async op(): Promise<number> {
    return Number(await this.timeline.getAttribute('aria-valuenow'));
  }
  async lastOp(): Promise<number> {
    return Number(await this.timeline.getAttribute('aria-valuemax'));
  }
  /** Put a text in the editor as a person would: select all, paste. */
  async type(text: string): Promise<void> {
    const editor = this.page.getByRole('textbox', { name: 'Program' });
    await editor.focus();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
    await this.idle();
  }
  /** Text of a column's rows, one line a row. */
  async text(name: 'Before' | 'List' | 'Memory' | 'After'): Promise<string[]> {
    return (await this.rows(name).allTextContents()).map((t) => t.replace(/\u2212/g, '-').trim());
  }
}

/** A page that fails its test when the console says anything is wrong. */
export const test = base.extend<{ explorer: Explorer; consoleErrors: string[]; expectedErrors: RegExp }>({
  // None, unless a test says otherwise.
  expectedErrors: [/^$/, { option: true }],
  consoleErrors: [
    async ({ page, expectedErrors }, use) => {
      const errors: string[] = [];
      page.on('console', (message) => {
        if (message.type() === 'error') errors.push(message.text());
      });
      page.on('pageerror', (error) => errors.push(String(error)));
      await use(errors);
      expect(
        errors.filter((error) => !expectedErrors.test(error)),
        'console errors',
      ).toEqual([]);
    },
    { auto: true },
  ],
  explorer: async ({ page }, use) => {
    await use(new Explorer(page));
  },
});
export { expect };
