/** The command palette: type words or a number, and Enter does what is marked. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { plural } from '../../figures/index.ts';
import type { Command } from '../../store/commands.ts';
import { offersFor } from '../../store/offers.ts';
import { get } from '../../store/store.ts';
import { useVisit } from '../../store/visit.ts';
import { isMac, keyWords } from '../key-names.ts';
import { page } from '../page-actions.ts';
import { Dialog } from './dialog.tsx';
import './palette.css';

const PLACEHOLDERS = {
  commands: 'a command, or a number to go to',
  place: 'number of an insn, op or line, or a name',
} as const;

const JUMPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };

export function Palette() {
  const purpose = useVisit((s) => s.paletteFor);
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  // What is possible is what was when the palette was opened: while it is open, nothing else is done.
  const offers = useMemo(() => offersFor(get(), query, purpose), [query, purpose]);
  const marked = Math.min(at, offers.length - 1);

  useEffect(() => input.current?.focus(), []);
  useEffect(() => {
    list.current?.children[marked]?.scrollIntoView({ block: 'nearest' });
  }, [marked]);

  /** The dialog gives the focus back first, so that the command may take it. */
  const choose = (command: Command | undefined) => {
    const dialog = input.current?.closest('dialog');
    if (!command || !dialog) return;
    dialog.addEventListener('close', () => command.run(page), { once: true });
    dialog.close();
  };
  const onKeyDown = (e: React.KeyboardEvent) => {
    const by = JUMPS[e.key];
    if (by !== undefined) setAt(Math.max(0, Math.min(offers.length - 1, marked + by)));
    else if (e.key === 'Enter') choose(offers[marked]);
    else return;
    e.preventDefault();
  };
  return (
    <Dialog name="Commands">
      <div className="palette">
        <input
          ref={input}
          role="combobox"
          aria-label="Command"
          aria-expanded={offers.length > 0}
          aria-controls="palette-list"
          aria-activedescendant={offers.length > 0 ? `offer-${offers[marked].id}` : undefined}
          aria-autocomplete="list"
          autoComplete="off"
          spellCheck={false}
          placeholder={PLACEHOLDERS[purpose]}
          value={query}
          onChange={(e) => {
            setQuery(e.target.value);
            setAt(0);
          }}
          onKeyDown={onKeyDown}
        />
        {/* Keys are heard by the input, which keeps the focus. */}
        <div ref={list} className="offers" id="palette-list" role="listbox" aria-label="Commands found">
          {offers.map((offer, i) => (
            <Option
              key={offer.id}
              offer={offer}
              isMarked={i === marked}
              onMark={() => setAt(i)}
              onChoose={() => choose(offer)}
            />
          ))}
        </div>
        {offers.length === 0 && (
          <p>{purpose === 'place' && query === '' ? 'No program yet.' : 'Nothing of that name.'}</p>
        )}
        <span className="sr" role="status" aria-label="Offers">
          {plural(offers.length, 'command')}
        </span>
      </div>
    </Dialog>
  );
}

interface OptionProps {
  readonly offer: Command;
  readonly isMarked: boolean;
  readonly onMark: () => void;
  readonly onChoose: () => void;
}

const Option = ({ offer: { id, group, label, hint, keys }, isMarked, onMark, onChoose }: OptionProps) => (
  // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the combobox
  // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names it
  <div
    role="option"
    className="offer"
    id={`offer-${id}`}
    aria-selected={isMarked}
    onPointerMove={onMark}
    onClick={onChoose}
  >
    <span className="group">{group}</span>
    <span className="what">
      {label}
      {hint && <span className="hint">{hint}</span>}
    </span>
    <span>
      {keys.map((key) => (
        <kbd key={key} className="kbd">
          {keyWords(key, isMac())}
        </kbd>
      ))}
    </span>
  </div>
);
