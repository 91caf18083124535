/**
 * What can be done on the page, once: the keys, the command palette and the sheet of keys are made from this table.
 * What depends on the program or on the catalog (an example, a number to go to) is offered by offers.ts.
 */

import { DIFF_NAMES } from '../patch/diff.ts';
import { nextChange, nextChangeOfFocus } from './changes.ts';
import { insnNow, insnWords } from './insn-now.ts';
import { chooseAlgorithm, chooseLayout, hideClasses, showDialog, showDrawer } from './intents.ts';
import { LAYOUT_WORDS } from './layout-words.ts';
import { followJump, goBack, goToPin, targetOfFocus, togglePinOfFocus } from './places.ts';
import { algorithmChoices, lastMoment, tableSource } from './selectors.ts';
import { type DiffClass, get, LAYOUTS, type LayoutId, PIN_LETTERS, type State } from './store.ts';
import { compareFrom, microStep, seek, step, stepPhase, togglePlay } from './time.ts';
import { closeSearch, openSearch, say, setPaletteFor, useVisit, zoomBy } from './visit.ts';

/** What only the page itself can do. */
export interface Page {
  readonly focusEditor: () => void;
  /** Select the insn `by` rows from the selected one. */
  readonly moveSelection: (by: number) => void;
  readonly switchTheme: () => void;
  readonly importFile: () => void;
  readonly openPasses: () => void;
  readonly copy: (text: string) => void;
  readonly exportSvg: () => void;
}

export const GROUPS = ['Time', 'Insns', 'Find', 'Picture', 'Page'] as const;
export type Group = (typeof GROUPS)[number];

export interface Command {
  readonly id: string;
  readonly group: Group;
  readonly label: string;
  /** As in `keyOf`: 'Shift+ArrowRight', 'Ctrl+K' (or the command key), '/'. */
  readonly keys: readonly string[];
  /** Line of the sheet that it shares with others of the same words. */
  readonly line?: string;
  readonly run: (page: Page) => void;
  /** Whether it would do anything now, where it is for the layout; without it, always. */
  readonly isPossible?: (s: State) => boolean;
  /** Layouts that show what it does; without it, all. */
  readonly layouts?: readonly LayoutId[];
  /** What it is about, in a few words behind the label. */
  readonly hint?: string;
}

/** Those that show a run: in the others it goes on being there unseen, and nothing should move it. */
export const OF_RUN: readonly LayoutId[] = ['learn', 'debug'];
/** The one with the editor, the stage and the tables. */
export const LEARN: readonly LayoutId[] = ['learn'];

/** Whether a command is for the layout that is shown: its keys are the browser's elsewhere. */
export const isHere = ({ layouts }: Command, { layout }: State): boolean =>
  layouts === undefined || layouts.includes(layout);

/** Whether a command would do anything that one can see. */
export const canRun = (command: Command, s: State): boolean =>
  isHere(command, s) && (command.isPossible?.(s) ?? true);

const inLayouts = (layouts: readonly LayoutId[], commands: readonly Command[]): readonly Command[] =>
  commands.map((command) => ({ ...command, layouts }));

const hasRun = (s: State): boolean => s.good !== null;
const hasFocus = (s: State): boolean => s.focusUid !== null;
/** Rows of a page up or down. */
const PAGE_ROWS = 20;

/** What a command has of its own; `rows` gives it what all of a list have in common. */
type Row = readonly [id: string, label: string, keys: readonly string[], run: (page: Page) => void];
const rows = (
  group: Group,
  line: string | undefined,
  isPossible: ((s: State) => boolean) | undefined,
  list: readonly Row[],
): Command[] =>
  list.map(([id, label, keys, run]) => ({
    ...{ id, group, label, keys, run },
    ...(line !== undefined && { line }),
    ...(isPossible && { isPossible }),
  }));

const TIME = inLayouts(OF_RUN, [
  ...rows('Time', 'play or pause', hasRun, [['play', 'Play or pause', ['Space'], togglePlay]]),
  ...rows('Time', 'previous or next op', hasRun, [
    ['previous-op', 'Previous op', ['ArrowLeft'], () => step(-1)],
    ['next-op', 'Next op', ['ArrowRight'], () => step(1)],
  ]),
  ...rows('Time', 'back or on by one line of the algorithm', hasRun, [
    ['previous-micro', 'Previous micro-step', ['Shift+ArrowLeft', ','], () => microStep(-1)],
    ['next-micro', 'Next micro-step', ['Shift+ArrowRight', '.'], () => microStep(1)],
  ]),
  ...rows('Time', 'previous or next phase', hasRun, [
    ['previous-phase', 'Previous phase', ['['], () => stepPhase(-1)],
    ['next-phase', 'Next phase', [']'], () => stepPhase(1)],
  ]),
  ...rows('Time', 'previous or next change of the insn', hasFocus, [
    ['previous-of-focus', 'Previous change of the selected insn', ['p'], () => nextChangeOfFocus(-1)],
    ['next-of-focus', 'Next change of the selected insn', ['n'], () => nextChangeOfFocus(1)],
  ]),
  ...rows('Time', 'previous or next op that changes anything', hasRun, [
    ['previous-change', 'Previous op that changes anything', ['r'], () => nextChange(-1)],
    ['next-change', 'Next op that changes anything', ['f'], () => nextChange(1)],
  ]),
  ...rows('Time', 'first or last op', hasRun, [
    ['first-op', 'First op', ['Shift+Home'], () => seek(0)],
    ['last-op', 'Last op', ['Shift+End'], () => seek(lastMoment(get()))],
  ]),
]);

const INSNS = inLayouts(OF_RUN, [
  ...rows('Insns', 'next or previous row', hasRun, [
    ['next-row', 'Next row', ['j', 'ArrowDown'], (page) => page.moveSelection(1)],
    ['previous-row', 'Previous row', ['k', 'ArrowUp'], (page) => page.moveSelection(-1)],
  ]),
  ...rows('Insns', 'a page of rows on or back', hasRun, [
    ['next-page', 'A page of rows on', ['PageDown'], (page) => page.moveSelection(PAGE_ROWS)],
    ['previous-page', 'A page of rows back', ['PageUp'], (page) => page.moveSelection(-PAGE_ROWS)],
  ]),
  ...rows('Insns', 'first or last row', hasRun, [
    ['first-row', 'First row', ['Home'], (page) => page.moveSelection(-Infinity)],
    ['last-row', 'Last row', ['End'], (page) => page.moveSelection(Infinity)],
  ]),
  ...rows('Insns', 'follow the jump', (s) => targetOfFocus(s) !== null, [
    ['follow', 'Follow the jump of the selected insn', ['Enter'], followJump],
  ]),
  ...rows('Insns', 'back to where you were', () => useVisit.getState().trail.length > 0, [
    ['back', 'Back to where you were', ['Backspace'], goBack],
  ]),
  ...rows('Insns', 'pin the insn, or take the pin out', hasFocus, [
    ['pin', 'Pin the selected insn, or take its pin out', ['m'], togglePinOfFocus],
  ]),
  ...PIN_LETTERS.flatMap((letter, k) =>
    rows('Insns', 'go to a pin', (s) => (s.pins[k] ?? null) !== null, [
      [`pin-${letter}`, `Go to pin ${letter}`, [`Shift+${letter}`], () => goToPin(k)],
    ]),
  ),
  ...rows('Insns', 'copy the insn with its indices', hasFocus, [
    ['copy', 'Copy the selected insn with its indices', ['c'], copyFocus],
  ]),
]);

const FIND: readonly Command[] = [
  ...inLayouts(OF_RUN, [
    ...rows('Find', 'search the insns and C lines', hasRun, [
      ['search', 'Search the insns and C lines', ['/'], openSearch],
    ]),
    ...rows('Find', 'go to an insn, op, line or function', hasRun, [
      ['go-to', 'Go to an insn, op, line or function', ['g'], () => openPalette('place')],
    ]),
  ]),
  ...rows('Find', 'all commands', undefined, [
    ['commands', 'All commands', ['Ctrl+Shift+P', 'Ctrl+K'], () => openPalette('commands')],
  ]),
];

const LAYOUT_LINE = `layouts ${LAYOUTS.map((id) => LAYOUT_WORDS[id].name).join(', ')}`;

const PICTURE: readonly Command[] = [
  ...LAYOUTS.flatMap((layout, k) =>
    rows('Picture', LAYOUT_LINE, undefined, [
      [
        `layout-${layout}`,
        `Layout: ${LAYOUT_WORDS[layout].name}`,
        [String(k + 1)],
        () => chooseLayout(layout),
      ],
    ]),
  ),
  ...inLayouts(OF_RUN, [
    ...rows('Picture', 'the next algorithm', undefined, [
      ['next-algorithm', 'Next algorithm that has a picture', ['x'], nextAlgorithm],
    ]),
    ...rows('Picture', 'show all changes, all but re-targets, inserts only', undefined, [
      ['filter', 'Next filter: all changes, no re-targets, inserts only', ['d'], nextFilter],
    ]),
    ...rows('Picture', undefined, hasRun, [
      ['compare-here', 'Compare from here', [], () => compareFrom(get().op)],
    ]),
    ...rows('Picture', undefined, (s) => s.fromOp !== null, [
      ['compare-input', 'Compare with the input', [], () => compareFrom(null)],
    ]),
  ]),
  // Only the stage is drawn at a size of one's own, and can be saved.
  ...inLayouts(LEARN, [
    ...rows('Picture', 'rows nearer, farther apart, as they fit', hasRun, [
      ['zoom-out', 'Rows nearer together', ['-'], () => zoomBy(-1)],
      ['zoom-in', 'Rows farther apart', ['=', '+'], () => zoomBy(1)],
      ['zoom-fit', 'Rows as they fit', ['0'], () => zoomBy(0)],
    ]),
    ...rows('Picture', 'save the picture as SVG', hasRun, [
      ['export', 'Save the picture as SVG', ['Ctrl+E'], (page) => page.exportSvg()],
    ]),
  ]),
];

const PAGE: readonly Command[] = [
  ...inLayouts(LEARN, [
    ...rows('Page', 'into the editor', undefined, [
      ['editor', 'Into the editor', ['e'], (page) => page.focusEditor()],
    ]),
  ]),
  ...rows('Page', 'out of the editor; close what is open', undefined, [
    ['close', 'Close what is open', ['Escape'], closeWhatIsOpen],
  ]),
  ...rows('Page', 'share a link', undefined, [
    ['share', 'Share a link', ['Ctrl+S'], () => showDialog('share')],
  ]),
  ...rows('Page', 'this sheet', undefined, [['help', 'Help and keys', ['?'], () => showDialog('help')]]),
  ...rows('Page', undefined, undefined, [
    ['import', 'Import a file', [], (page) => page.importFile()],
    ['examples', 'Examples', [], () => showDialog('examples')],
    ['passes', 'Put passes together', [], (page) => page.openPasses()],
    ['theme', 'Dark or light', [], (page) => page.switchTheme()],
  ]),
];

export const COMMANDS: readonly Command[] = [...TIME, ...INSNS, ...FIND, ...PICTURE, ...PAGE];

export const commandOfKey: ReadonlyMap<string, Command> = new Map(
  COMMANDS.flatMap((command) => command.keys.map((key) => [key, command] as const)),
);

function openPalette(purpose: 'commands' | 'place'): void {
  setPaletteFor(purpose);
  showDialog('commands');
}

/** One thing at a time: what was opened last is what is meant. */
function closeWhatIsOpen(): void {
  // A search that was left open in another layout is not what one sees.
  if (useVisit.getState().isSearching && OF_RUN.includes(get().layout)) closeSearch();
  else showDrawer(false);
}

function nextAlgorithm(): void {
  const ids = algorithmChoices(get()).map(({ id }) => id);
  chooseAlgorithm(ids[(ids.indexOf(get().algorithm) + 1) % ids.length]);
}

/** What is hidden, and how the filter is called; the first shows all. */
const FILTERS: readonly (readonly [hidden: readonly DiffClass[], said: string])[] = [
  [[], 'Shown: all changes.'],
  [['retargeted'], 'Shown: all changes but re-targets.'],
  [DIFF_NAMES.filter((id) => id !== 'inserted'), 'Shown: inserts only.'],
];

function nextFilter(): void {
  const { hidden } = get();
  const at = FILTERS.findIndex(
    ([ids]) => ids.length === hidden.length && ids.every((id) => hidden.includes(id)),
  );
  const [ids, said] = FILTERS[(at + 1) % FILTERS.length];
  hideClasses(ids);
  say(said);
}

function copyFocus(page: Page): void {
  const { good, focusUid, op } = get();
  const source = tableSource(get());
  const insn = good && source && focusUid !== null ? insnNow(good, source, op, focusUid) : null;
  if (insn) page.copy(insnWords(insn));
  else say('Select an insn to copy it.');
}
