import { lineColAt } from '../../base/diagnostic.ts';
import { useStore } from '../../store/store.ts';

const SHOWN_MAX = 50;

/** What is wrong with the text, each a button that goes there. */
export function Problems({ onGo }: { onGo: (offset: number) => void }) {
  const diagnostics = useStore((s) => s.diagnostics);
  const text = useStore((s) => s.text);
  if (diagnostics.length === 0) return null;
  return (
    <ul className="problems" aria-label="Problems">
      {diagnostics.slice(0, SHOWN_MAX).map((d) => (
        <li key={`${d.code}-${d.from}-${d.to}`}>
          <button type="button" onClick={() => onGo(d.from)}>
            <b className={d.severity === 'error' ? 'err' : 'rew'} aria-hidden="true">
              {d.severity === 'error' ? '\u00d7' : '!'}
            </b>
            <span>
              <b>line {lineColAt(text, d.from).line}</b> {sentence(d.message)}
              {d.hint && <span className="hint"> {d.hint}</span>}
            </span>
          </button>
        </li>
      ))}
      {diagnostics.length > SHOWN_MAX && (
        <li className="table-note">and {diagnostics.length - SHOWN_MAX} more</li>
      )}
    </ul>
  );
}

/** Two sentences must not run into one for the ear. */
const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);
