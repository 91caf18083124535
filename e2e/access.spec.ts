/**
 * The page for those who hear it. Would catch: a state in which axe finds something serious or the page is wider than
 * the window, and a name of the contract (docs) that is missing, there twice, out of order, or a control without one.
 */
import type { Page } from '@playwright/test';
import { type Explorer, expect, test } from './page.ts';
import { serious } from './serious.ts';

interface State {
  readonly name: string;
  readonly go: (explorer: Explorer) => Promise<unknown>;
  /** Whether it is looked at in the other theme too: another ground, or colours that are nowhere else. */
  readonly inBoth?: boolean;
}

const keys =
  (...names: readonly string[]) =>
  async ({ page }: Explorer) => {
    for (const name of names) await page.keyboard.press(name);
  };
const select = (name: string, value: string) => (explorer: Explorer) =>
  explorer.page.getByRole('combobox', { name, exact: true }).selectOption(value);
const click = (name: string) => (explorer: Explorer) => explorer.button(name).click();
const write = (text: string) => (explorer: Explorer) => explorer.type(text);

/** Opens, and waits until it is there; the next state closes it. */
const dialog = (name: string, open: State['go']) => async (explorer: Explorer) => {
  await explorer.page.keyboard.press('Escape');
  await open(explorer);
  await expect(explorer.page.getByRole('dialog', { name })).toBeVisible();
};

/** One after the other on one page. */
const WALK: readonly State[] = [
  { name: 'op 4', go: async () => undefined },
  { name: 'op 0', go: keys('Shift+Home') },
  { name: 'a selected and a pinned insn', go: keys('Home', 'j', 'j', 'm', 'Shift+End', 'p'), inBoth: true },
  { name: 'half of an op', go: keys('Shift+Home', 'ArrowRight', '.', '.', '.') },
  { name: 'search', go: keys('/', 'g', 'o', 't', 'o') },
  { name: 'the last op', go: keys('Escape', 'Shift+End') },
  { name: 'array', go: select('Algorithm', 'array') },
  { name: 'half of a patch of the array', go: click('First op') },
  { name: 'batch', go: select('Algorithm', 'stream') },
  {
    name: 'compared',
    go: async (explorer) => {
      await select('Algorithm', 'list')(explorer);
      await explorer.idle();
      for (const name of ['First op', 'Compare', 'Last op']) await explorer.button(name).click();
    },
    inBoth: true,
  },
  { name: 'debug', go: click('Debug'), inBoth: true },
  {
    name: 'a hidden class',
    go: (explorer) => explorer.page.getByRole('button', { name: /^unchanged/ }).click(),
  },
  { name: 'race', go: click('Race'), inBoth: true },
  { name: 'the end of the race', go: keys('Shift+End') },
  {
    name: 'chart',
    go: async (explorer) => {
      await click('Chart')(explorer);
      await explorer.chartBegun();
    },
    inBoth: true,
  },
  { name: 'share', go: dialog('Share', click('Share')), inBoth: true },
  { name: 'help', go: dialog('Help', click('Help')), inBoth: true },
  { name: 'commands', go: dialog('Commands', keys('ControlOrMeta+k')) },
  { name: 'passes', go: dialog('Passes', click('Passes')), inBoth: true },
  {
    name: 'examples',
    go: dialog('Examples', async (explorer) => {
      await explorer.button('Learn').click();
      await explorer.button('End the comparison').click();
      await explorer.button('More examples').click();
    }),
    inBoth: true,
  },
  {
    name: 'a text that is wrong',
    go: async (explorer) => {
      await explorer.page.keyboard.press('Escape');
      await explorer.type('r0 = 8\nr0 /= r99\nexit\n');
    },
    inBoth: true,
  },
  { name: 'no text', go: write('') },
  { name: 'nothing to patch', go: write('r0 = 8\nr1 = 2\nexit\n') },
  { name: 'a patch', go: dialog('Patch insn 0', keys('e', 'ControlOrMeta+Home', 'Alt+p')), inBoth: true },
  {
    name: 'refused',
    go: async (explorer) => {
      await explorer.page.keyboard.press('Escape');
      await select('Example', 'far-jump')(explorer);
      await explorer.idle();
      await explorer.button('Last op').click();
    },
    inBoth: true,
  },
];

/** Every state, or those whose colours are looked at again. */
async function walk(explorer: Explorer, states: readonly State[], isLooked: (state: State) => boolean) {
  for (const state of states)
    await test.step(state.name, async () => {
      await state.go(explorer);
      await explorer.idle();
      if (!isLooked(state)) return;
      const { page } = explorer;
      expect.soft(await serious(page), state.name).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect.soft(over, `${state.name}: wider than the window`).toBeLessThanOrEqual(0);
    });
}

test('axe finds nothing serious in any state', async ({ explorer }) => {
  test.slow();
  await explorer.open();
  await walk(explorer, WALK, () => true);
});

test.describe('dark', () => {
  test.use({ colorScheme: 'dark' });
  test('axe finds nothing serious where colours differ', async ({ explorer }) => {
    test.slow();
    await explorer.open();
    await walk(explorer, WALK, ({ inBoth }) => inBoth === true);
  });
});

test.describe('on small pages', () => {
  test.use({ viewport: { width: 1024, height: 768 } });
  test('axe finds nothing serious', async ({ explorer, page }) => {
    test.slow();
    await explorer.open();
    const pane = (name: string): State => ({
      name: `${name} on a phone`,
      go: () => page.getByRole('navigation', { name: 'Panes' }).getByRole('button', { name }).click(),
    });
    await walk(
      explorer,
      [
        { name: 'without the drawer', go: async () => undefined },
        { name: 'the drawer', go: click('Tables') },
        { name: 'debug at 1024', go: click('Debug') },
        { name: 'debug on a phone', go: () => page.setViewportSize({ width: 390, height: 844 }) },
        ...['Stage', 'Code', 'Tables', 'Race'].map(pane),
        {
          name: 'Chart on a phone',
          go: async (one) => {
            await pane('Chart').go(one);
            await one.chartBegun();
          },
        },
      ],
      () => true,
    );
  });
});

/** What is heard: role and name of everything in the order of the page. */
async function heard(page: Page): Promise<{ role: string; name: string }[]> {
  const lines = (await page.locator('body').ariaSnapshot()).split('\n');
  return lines.flatMap((line) => {
    const found = /^\s*- '?([a-z]+)(?: "((?:[^"\\]|\\.)*)")?/.exec(line);
    return found ? [{ role: found[1], name: found[2] ?? '' }] : [];
  });
}

const TABLES = ['Aux', 'Line info', 'Subprograms', 'Jumps', 'Patches'];

/** The contract, in the order in which the page is heard. */
const CONTRACT: readonly string[] = [
  ...['banner', 'heading BPF Patch Explorer', 'group Layout'],
  ...['Learn', 'Debug', 'Race', 'Chart'].map((name) => `button ${name}`),
  ...['combobox Example', 'combobox Pass', 'button Passes', 'button Import', 'status Agreement'],
  ...['button Share', 'button Help', 'button Theme', 'region Source', 'textbox Program'],
  ...['main Stage', 'combobox Algorithm', 'grid Before', 'grid List', 'grid After'],
  ...['combobox Layer', 'combobox Rules', 'complementary Inspector', 'status Step', 'list Pseudo-code'],
  ...['tablist Tables', ...TABLES.map((name) => `tab ${name}`), 'tabpanel Aux', 'table Aux'],
  ...['group Transport', 'button First op', 'button Previous op', 'button Play', 'button Next op'],
  ...['button Last op', 'button Previous micro-step', 'button Next micro-step', 'combobox Speed'],
  ...['button Compare', 'slider Timeline'],
];

/** What means nothing when it has no name. */
const NAMED =
  /^(button|link|img|combobox|textbox|slider|tab|table|grid|dialog|region|figure|progressbar|status)$/;

test('everything has a name, once, and comes in an order that can be followed', async ({
  explorer,
  page,
}) => {
  await explorer.open();
  const all = (await heard(page)).map(({ role, name }) => `${role} ${name}`.trim());
  expect(all.filter((one) => CONTRACT.includes(one))).toEqual(CONTRACT);
  await expect(explorer.timeline).toHaveAttribute('aria-valuetext', 'op 4 of 8, retarget: jump 2');
  for (const [name, cnt] of [
    ['Before', 9],
    ['List', 12],
    ['After', 12],
  ] as const) {
    const rows = await explorer.rows(name).all();
    expect(rows.length, name).toBe(cnt);
    const indices = await Promise.all(rows.map((row) => row.getAttribute('aria-rowindex')));
    const sorted = indices.map(Number).toSorted((a, b) => a - b);
    expect(indices.map(Number), `${name} is heard from top to bottom`).toEqual(sorted);
    const last = Number(await explorer.column(name).getAttribute('aria-rowcount'));
    expect(sorted.at(-1), name).toBeLessThanOrEqual(last);
  }
  for (const name of TABLES) {
    await page.getByRole('tab', { name, exact: true }).click();
    await expect(page.getByRole('table', { name, exact: true })).toBeVisible();
  }
  const uid = await explorer.rows('Before').nth(4).getAttribute('data-uid');
  for (const name of ['List', 'After'] as const)
    await expect(explorer.column(name).locator(`[data-uid="${uid}"]`)).toHaveCount(1);

  const states: readonly [string, State['go'], stepCnt: number][] = [
    ['learn', keys('m'), 1],
    ['debug', click('Debug'), 1],
    ['race', click('Race'), 0],
    ['chart', (one) => click('Chart')(one).then(() => one.chartBegun()), 0],
    ['a phone', () => page.setViewportSize({ width: 390, height: 844 }), 0],
    ['a phone, learn', click('Stage'), 1],
  ];
  for (const [state, go, stepCnt] of states) {
    await go(explorer);
    await explorer.idle();
    const now = await heard(page);
    expect
      .soft(
        now.filter(({ role, name }) => NAMED.test(role) && name === ''),
        state,
      )
      .toEqual([]);
    const steps = now.filter(({ role, name }) => role === 'status' && name === 'Step');
    expect.soft(steps.length, `${state}: the sentence of the step`).toBe(stepCnt);
    expect.soft(now.filter(({ role }) => role === 'main').length, state).toBe(1);
  }
});
