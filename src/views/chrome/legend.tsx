import { bugSaid, exampleNow } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { RulesChooser } from './rules-chooser.tsx';

/** What to look at, and what the signs mean. */
export function Legend() {
  const example = useStore(exampleNow);
  const elsewhere = useStore(bugSaid) !== null;
  return (
    <footer className="legend">
      {example && !elsewhere && <p>{example.say}</p>}
      <ul aria-label="Legend">
        <li>
          <b className="ins">{'\u25b2'}</b> replace
        </li>
        <li>
          <b className="ins">{'\u25bd'}</b> prepend
        </li>
        <li>
          <b className="del">{'\u2212'}</b> remove
        </li>
        <li>
          <b className="rew">~</b> rewritten
        </li>
        <li>
          <b className="ins">+</b> inserted
        </li>
        <li>
          <b className="ret">{'\u25c6'}</b> re-targeted
        </li>
        <li>
          <svg width="20" height="8" aria-hidden="true">
            <path d="M0 4h20" stroke="var(--edge)" strokeWidth="1.25" strokeDasharray="4 3" />
          </svg>
          conditional
        </li>
        <li>
          <svg width="20" height="8" aria-hidden="true">
            <path d="M0 4h20" stroke="var(--edge)" strokeWidth="2.5" />
          </svg>
          backward
        </li>
        <li className="rules">
          <RulesChooser />
        </li>
      </ul>
    </footer>
  );
}
