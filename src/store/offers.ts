/** What the command palette offers for what was typed: the table, what can be chosen by name, and places by number. */

import { grouped } from '../figures/index.ts';
import type { TableSource } from '../figures/tables.ts';
import { DIFF_NAMES } from '../patch/diff.ts';
import type { RunDone } from '../pipeline/index.ts';
import { COMMANDS, type Command, canRun, type Group, LEARN, OF_RUN } from './commands.ts';
import { derive } from './derive.ts';
import { insnNow } from './insn-now.ts';
import {
  chooseAlgorithm,
  chooseLayer,
  choosePane,
  choosePass,
  chooseSemantics,
  chooseTable,
  openExample,
  showDrawer,
  toggleClass,
} from './intents.ts';
import { passChoices } from './pass-list.ts';
import { goToInsn, uidAfter, uidBefore, uidFromLine } from './places.ts';
import { algorithmChoices, lastMoment, semanticsChoices, tableSource } from './selectors.ts';
import { speedWords } from './speed-words.ts';
import { type LayoutId, PIN_LETTERS, type State } from './store.ts';
import { TABLES, tablesOf } from './table-list.ts';
import { chooseSpeed, SPEEDS, seek } from './time.ts';

export type Purpose = 'commands' | 'place';

const offer = (group: Group, id: string, label: string, run: () => void, hint = ''): Command => ({
  ...{ id, group, label, run, keys: [] },
  ...(hint !== '' && { hint }),
});

const inLayouts = (layouts: readonly LayoutId[], offers: readonly Command[]): readonly Command[] =>
  offers.map((one) => ({ ...one, layouts }));

/** What has a name: it depends on the catalog, and on what is shown. */
function choices(s: State): Command[] {
  const passes = [...new Map([...passChoices(s), ...s.catalog.pipelines].map((c) => [c.id, c])).values()];
  return [
    ...inLayouts(OF_RUN, [
      ...algorithmChoices(s).map(({ id, label, why }) =>
        offer('Picture', `algorithm-${id}`, `Algorithm: ${label}`, () => chooseAlgorithm(id), why),
      ),
      ...DIFF_NAMES.map((id) =>
        offer('Picture', `class-${id}`, `${s.hidden.includes(id) ? 'Show' : 'Hide'} what is ${id}`, () =>
          toggleClass(id),
        ),
      ),
      ...SPEEDS.map((speed) =>
        offer('Time', `speed-${speed}`, `Speed: ${speedWords(speed)}`, () => chooseSpeed(speed)),
      ),
    ]),
    ...inLayouts(
      LEARN,
      tablesOf(s.good).map((id) =>
        offer('Picture', `table-${id}`, `Table: ${TABLES[id].name}`, () => {
          chooseTable(id);
          choosePane('tables');
          showDrawer(true);
        }),
      ),
    ),
    ...passes.map(({ id, label, why }) =>
      offer('Page', `pass-${id}`, `Pass: ${label}`, () => choosePass(id), why),
    ),
    ...semanticsChoices(s).map(({ id, label, why }) =>
      offer('Page', `rules-${id}`, `Rules: ${label}`, () => chooseSemantics(id), why),
    ),
    ...(['verifier', 'core'] as const).map((id) =>
      offer('Page', `layer-${id}`, `Layer: ${id}`, () => chooseLayer(id)),
    ),
    ...s.examples.map((example) =>
      offer(
        'Page',
        `example-${example.id}`,
        `Example: ${example.label}`,
        () => openExample(example),
        example.say,
      ),
    ),
  ];
}

/** Places of the program that have names: functions, labels and pins. */
function placesOf(
  run: RunDone | null,
  source: TableSource | null,
  op: number,
  pins: State['pins'],
): readonly Command[] {
  if (!run || !source) return [];
  const { subprogs, strings } = run.before;
  const place = (id: string, label: string, uid: number | null): Command[] => {
    const insn = uid === null ? null : insnNow(run, source, op, uid);
    return uid === null || insn === null ? [] : [offer('Find', id, label, () => goToInsn(uid), insn.text)];
  };
  const names = new Set(Array.from(subprogs.name, (name) => strings[name]));
  return [
    ...Array.from(subprogs.start).flatMap((slot, k) => {
      const name = strings[subprogs.name[k]] ?? (k === 0 ? 'main' : `subprog ${k}`);
      return place(`function-${k}`, `Go to function ${name}`, uidBefore(run, slot));
    }),
    ...run.assembly.labels.flatMap(({ name, slot }, k) =>
      names.has(name) ? [] : place(`label-${k}`, `Go to label ${name}`, run.source.uid[slot] ?? null),
    ),
    ...pins.flatMap((uid, k) => place(`go-pin-${k}`, `Go to pin ${PIN_LETTERS[k]}`, uid)),
  ];
}

/** There may be thousands, and while somebody types they stay the same. */
const namedPlaces: (s: State) => readonly Command[] = derive(
  (s: State) => [s.good, tableSource(s), s.op, s.pins] as const,
  placesOf,
);

/** What a number can mean, as far as there is anything of that number. */
function numberedPlaces(s: State, n: number): Command[] {
  const { good: run, op } = s;
  const source = tableSource(s);
  if (!run || !source) return [];
  const words = grouped(n);
  const insn = (id: string, label: string, uid: number | null, moment: number): Command[] =>
    uid === null
      ? []
      : [offer('Find', id, label, () => goToInsn(uid), insnNow(run, source, moment, uid)?.text ?? '')];
  return [
    ...insn('go-after', `Go to insn ${words} (After)`, uidAfter(run, source, op, n), op),
    ...insn('go-before', `Go to insn ${words} (Before)`, uidBefore(run, n), 0),
    ...(n <= lastMoment(s) ? [offer('Find', 'go-op', `Go to op ${words}`, () => seek(n))] : []),
    ...insn('go-line', `Go to line ${words} of the text`, uidFromLine(run, n), 0),
  ];
}

/** How well a command fits the words: 0 best; null when one of them is nowhere in it. */
function rankOf({ label, group, hint = '' }: Command, words: readonly string[]): number | null {
  const name = label.toLowerCase();
  const all = `${name} ${group.toLowerCase()} ${hint.toLowerCase()}`;
  if (!words.every((word) => all.includes(word))) return null;
  const inName = words.every((word) => name.includes(word));
  if (!inName) return 2;
  return words.length > 0 && name.startsWith(words[0]) ? 0 : 1;
}

/** Those that fit all the words of a query, the best ones first, else in their order. */
export function filtered(commands: readonly Command[], query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return commands
    .map((command) => ({ command, rank: rankOf(command, words) }))
    .filter(({ rank }) => rank !== null)
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ command }) => command);
}

const withoutHint = ({ hint: _, ...command }: Command): Command => command;

/** Most lines that anybody reads. */
const OFFERS_MAX = 200;

/** What is offered for a query: a number means places, words mean commands and names. */
export function offersFor(s: State, query: string, purpose: Purpose): readonly Command[] {
  const number = /\d[\d,]*/.exec(query)?.[0];
  const rest = number === undefined ? query : query.replace(number, ' ');
  const isPossible = (command: Command): boolean => canRun(command, s);
  const all = number === undefined ? [] : numberedPlaces(s, Number(number.replaceAll(',', '')));
  const numbered = inLayouts(OF_RUN, all).filter(isPossible);
  const places = inLayouts(OF_RUN, namedPlaces(s));
  const named = purpose === 'place' ? places : [...COMMANDS, ...places, ...choices(s)];
  const possible = named.filter(isPossible);
  // Of a number alone, a digit somewhere in a sentence means nothing.
  const isPlace = number !== undefined && rest.trim() === '';
  const others = filtered(isPlace ? possible.map(withoutHint) : possible, query);
  return [...filtered(numbered, rest), ...others].slice(0, OFFERS_MAX);
}
