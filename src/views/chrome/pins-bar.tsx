import { togglePin } from '../../store/intents.ts';
import { pinsNow } from '../../store/pins-now.ts';
import { goToInsn } from '../../store/places.ts';
import { useStore } from '../../store/store.ts';
import { CrossIcon } from './icons.tsx';
import './pins-bar.css';

/** The pins and what stands at them now; nothing while there is none. */
export function PinsBar() {
  const pins = useStore(pinsNow);
  if (pins.length === 0) return null;
  return (
    <ul className="pins-bar" aria-label="Pins">
      {pins.map(({ letter, uid, idx, text, words }) => (
        <li key={letter}>
          <button type="button" className="go" title={words} onClick={() => goToInsn(uid)}>
            <span className={`pin-badge pin-${letter}`}>{letter}</span>
            {idx && <span className="idx">{idx}</span>}
            <span className="insn">{text || 'not in the program now'}</span>
          </button>
          <button
            type="button"
            className="out"
            aria-label={`Take pin ${letter} out`}
            onClick={() => togglePin(uid)}
          >
            <CrossIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}
