/** What is run: one pass, a pipeline by its name, or a list of one's own, which is put together in a popover. */
import { useRef, useState } from 'react';
import { choosePass } from '../../store/intents.ts';
import { passChoices } from '../../store/pass-list.ts';
import { useStore } from '../../store/store.ts';
import { late } from '../late.tsx';
import { PassesIcon } from './icons.tsx';

const PassesPanel = late('passes', () => import('./passes-panel.tsx').then(({ PassesPanel }) => PassesPanel));

export function PassChooser() {
  const pass = useStore((s) => s.pass);
  const shown = useStore(passChoices);
  const pipelines = useStore((s) => s.catalog.pipelines);
  return (
    <div className="pass-choice">
      <label className="field">
        <span>Pass</span>
        <select aria-label="Pass" value={pass} onChange={(e) => choosePass(e.target.value)}>
          {shown.map(optionOf)}
          {pipelines.length > 0 && <optgroup label="Several passes">{pipelines.map(optionOf)}</optgroup>}
        </select>
      </label>
      <PassesButton />
    </div>
  );
}

const optionOf = ({ id, label }: { id: string; label: string }) => (
  <option key={id} value={id}>
    {label}
  </option>
);

/** Space that is left between the popover and the edge of the page. */
const MARGIN = 8;

function PassesButton() {
  const button = useRef<HTMLButtonElement>(null);
  const [open, setOpen] = useState(false);
  return (
    <>
      <button
        ref={button}
        type="button"
        className="btn icon passes-button"
        aria-label="Passes"
        aria-expanded={open}
        title="Put passes together"
        popoverTarget="passes"
      >
        <PassesIcon />
      </button>
      <div
        id="passes"
        className="passes"
        popover="auto"
        role="dialog"
        aria-label="Passes"
        onBeforeToggle={({ currentTarget, newState }) => {
          const at = button.current?.getBoundingClientRect();
          if (newState !== 'open' || !at) return;
          const left = Math.min(at.left, window.innerWidth - 360 - MARGIN);
          currentTarget.style.left = `${Math.max(MARGIN, left)}px`;
          currentTarget.style.top = `${at.bottom + 4}px`;
        }}
        onToggle={({ newState }) => setOpen(newState === 'open')}
      >
        {open && <PassesPanel />}
      </div>
    </>
  );
}
