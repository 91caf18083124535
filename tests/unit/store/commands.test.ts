/**
 * The table of commands. Would catch a key that does two things, one of the keyboard map that does nothing, a command
 * that breaks on a page without a program, one that moves what nobody sees, and a palette that offers what was not asked
 * for.
 */
import { beforeEach, describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../../src/examples/index.ts';
import { CATALOG, run } from '../../../src/pipeline/index.ts';
import { COMMANDS, canRun, commandOfKey, isHere, type Page } from '../../../src/store/commands.ts';
import { filtered, offersFor } from '../../../src/store/offers.ts';
import { get, initialState, useStore } from '../../../src/store/store.ts';
import { initialVisit, useVisit } from '../../../src/store/visit.ts';

const asked: string[] = [];
const note = (what: string) => () => void asked.push(what);
const page: Page = {
  focusEditor: note('editor'),
  moveSelection: (by) => void asked.push(`move ${by}`),
  switchTheme: note('theme'),
  importFile: note('import'),
  openPasses: note('passes'),
  copy: (text) => void asked.push(text),
  exportSvg: note('export'),
};

function withPicture(): void {
  const [{ source, pass }] = EXAMPLES;
  const output = run({ source, pass, algorithm: 'list', seed: 1 });
  if (!output.ok) throw new Error('no picture');
  useStore.setState({ ...initialState, text: source, pass, good: output, catalog: CATALOG });
}

beforeEach(() => {
  asked.length = 0;
  useVisit.setState(initialVisit);
  useStore.setState(initialState);
});

const press = (key: string): void => {
  const command = commandOfKey.get(key);
  if (!command) throw new Error(`no command on ${key}`);
  command.run(page);
};

describe('the table', () => {
  test('no key and no id stands twice', () => {
    const keys = COMMANDS.flatMap(({ keys }) => keys);
    expect(new Set(keys).size).toBe(keys.length);
    expect(new Set(COMMANDS.map(({ id }) => id)).size).toBe(COMMANDS.length);
  });

  test('every key has a line of the sheet', () => {
    const without = COMMANDS.filter(({ keys, line }) => keys.length > 0 !== (line !== undefined));
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  const MAP =
    'Space ArrowRight ArrowLeft Shift+ArrowRight Shift+ArrowLeft . , ] [ n p f r Shift+Home Shift+End - = 0 1 2 3 4 ' +
    'Ctrl+S j k ArrowDown ArrowUp PageDown PageUp Home End g / Enter Backspace m Shift+A Shift+B Shift+C Shift+D ' +
    'Shift+E Shift+F x d e Escape Ctrl+Shift+P Ctrl+K Ctrl+E c ?';
  test('the whole keyboard map is in it', () => {
    expect(MAP.split(' ').filter((key) => !commandOfKey.has(key))).toEqual([]);
  });

  test.each(COMMANDS.map((command) => [command.id, command] as const))(
    '%s runs without a program',
    (_, c) => {
      c.isPossible?.(get());
      c.run(page);
    },
  );
});

describe('keys', () => {
  beforeEach(withPicture);

  test('d goes round the filters', () => {
    const seen = Array.from({ length: 3 }, () => {
      press('d');
      return [...get().hidden];
    });
    expect(seen).toEqual([['retargeted'], ['deleted', 'rewritten', 'retargeted', 'unchanged'], []]);
  });

  test('d behind a choice of one\u2019s own begins anew', () => {
    useStore.setState({ hidden: ['deleted'] });
    press('d');
    expect(get().hidden).toEqual([]);
  });

  test('x goes round the algorithms that have a picture', () => {
    press('x');
    const first = get().algorithm;
    expect(first).not.toBe('list');
    for (let i = 0; i < 10 && get().algorithm !== 'list'; i++) press('x');
    expect(get().algorithm).toBe('list');
  });

  test('c copies the insn with its indices', () => {
    const { good } = get();
    useStore.setState({ op: 8, focusUid: good?.source.uid[5] ?? null });
    press('c');
    expect(asked).toEqual(['after 8 (before 5): if w0 > 0x8 goto pc-6']);
  });

  test('zoom stays inside of its steps', () => {
    for (let i = 0; i < 9; i++) press('=');
    expect(useVisit.getState().zoom).toBe(2);
    press('0');
    expect(useVisit.getState().zoom).toBe(0);
  });
});

describe('in a layout that shows no run', () => {
  beforeEach(withPicture);

  test.each(['race', 'chart'] as const)('%s: keys and palette leave the run alone', (layout) => {
    useStore.setState({ layout, focusUid: 2, fromOp: 1, pins: [2] });
    const { op, playing, focusUid, pins, algorithm, hidden } = get();
    const before = { op, playing, focusUid, pins, algorithm, hidden };
    const offers = ['', '2', 'go to', 'speed', 'algorithm'].flatMap((query) => [
      ...offersFor(get(), query, 'commands'),
      ...offersFor(get(), query, 'place'),
    ]);
    const possible = COMMANDS.filter((command) => canRun(command, get()));
    const others =
      /^(pass|rules|layer|example|layout)-|^(close|help|share|commands|examples|import|passes|theme)$/;
    expect([...possible, ...offers].map(({ id }) => id).filter((id) => !others.test(id))).toEqual([]);
    for (const command of possible) {
      command.run(page);
      useStore.setState({ layout });
    }
    expect(asked.filter((what) => what.startsWith('move'))).toEqual([]);
    expect(get()).toMatchObject(before);
  });

  test('their keys are left to the browser', () => {
    const keys = ['Space', 'n', 'p', 'r', 'f', 'j', 'k', 'PageDown', '/', 'g', 'x', 'd', 'm', 'c', 'Ctrl+E'];
    const here = (layout: 'learn' | 'race') =>
      keys.filter((key) => isHere(commandOfKey.get(key) ?? COMMANDS[0], { ...get(), layout }));
    expect(here('learn')).toEqual(keys);
    expect(here('race')).toEqual([]);
  });

  test('Escape closes the drawer there, and not a search that stands in another layout', () => {
    press('/');
    useStore.setState({ layout: 'chart', drawer: true });
    press('Escape');
    expect([get().drawer, useVisit.getState().isSearching]).toEqual([false, true]);
    useStore.setState({ layout: 'debug' });
    press('Escape');
    expect(useVisit.getState().isSearching).toBe(false);
  });
});

describe('what the palette offers', () => {
  beforeEach(withPicture);
  const labels = (query: string, purpose: 'commands' | 'place' = 'commands') =>
    offersFor(get(), query, purpose).map(({ label }) => label);

  test('a number means an insn of either side, an op, or a line', () => {
    expect(labels('4').slice(0, 4)).toEqual([
      'Go to insn 4 (After)',
      'Go to insn 4 (Before)',
      'Go to op 4',
      'Go to line 4 of the text',
    ]);
  });

  test('words beside the number choose among them', () => {
    expect(labels('line 4', 'place')).toEqual(['Go to line 4 of the text']);
    expect(labels('before 4')[0]).toBe('Go to insn 4 (Before)');
  });

  test('what is not there is not offered', () => {
    expect(labels('9,999', 'place')).toEqual([]);
    // Nine insns before, nine at the start after, eight ops, twenty-one lines.
    expect(labels('20', 'place')).toEqual(['Go to line 20 of the text']);
  });

  test('going there selects the insn, and one can come back', () => {
    offersFor(get(), 'before 2', 'place')[0].run(page);
    offersFor(get(), 'before 5', 'place')[0].run(page);
    expect(get().focusUid).toBe(5);
    press('Backspace');
    expect(get().focusUid).toBe(2);
  });

  test('every word must be found, in any order', () => {
    expect(labels('link share')).toEqual(['Share a link']);
    expect(labels('share nothingofthename')).toEqual([]);
  });

  test('a name comes before a sentence that mentions it', () => {
    const found = labels('linux');
    const first = found.findIndex((label) => !label.toLowerCase().includes('linux'));
    expect(first).toBeGreaterThan(0);
    expect(found.slice(first).every((label) => !label.toLowerCase().includes('linux'))).toBe(true);
  });

  test('ids are different, so that a list can be marked by them', () => {
    const ids = offersFor(get(), '', 'commands').map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('without a query all stand in their order', () => {
    expect(filtered(COMMANDS, ' ')).toEqual(COMMANDS);
  });

  test('all tables of the run by name, where there are tables', () => {
    // The last one only because its functions have names.
    const names = ['Aux', 'Line info', 'Subprograms', 'Jumps', 'Patches', 'Index map', 'Func info'];
    const tables = () => labels('table:').filter((label) => label.startsWith('Table: '));
    expect(tables()).toEqual(names.map((name) => `Table: ${name}`));
    useStore.setState({ layout: 'debug' });
    expect(tables()).toEqual([]);
  });

  test('speeds as their chooser has them', () => {
    const speeds = labels('speed:');
    expect(speeds).toEqual(
      ['\u00bc\u00d7', '\u00bd\u00d7', '1\u00d7', '2\u00d7', '4\u00d7', '16\u00d7', 'max'].map(
        (s) => `Speed: ${s}`,
      ),
    );
  });

  test('what is not possible now is not offered', () => {
    expect(labels('follow the jump')).toEqual([]);
    useStore.setState({ focusUid: 2 });
    expect(labels('follow the jump')).toEqual(['Follow the jump of the selected insn']);
  });
});
