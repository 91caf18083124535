/** What axe finds that keeps people from using the page. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export async function serious(page: Page): Promise<string[]> {
  // Without frames there is nothing to put together, for which axe would open a page of its own.
  const { violations } = await new AxeBuilder({ page })
    .exclude('.monaco-editor')
    .options({ resultTypes: ['violations'] })
    .setLegacyMode()
    .analyze();
  return violations
    .filter((v) => v.impact === 'serious' || v.impact === 'critical')
    .map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(' ')).join(', ')}`);
}
