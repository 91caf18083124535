import { Chips } from './chips.tsx';
import { LayerChooser } from './layer-chooser.tsx';
import { RulesChooser } from './rules-chooser.tsx';

/** Where to go from here, and what the signs mean. */
export function Legend() {
  return (
    <footer className="legend">
      <div className="choices">
        <Chips />
        <LayerChooser />
        <RulesChooser />
      </div>
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
            <path d="M0 4h20" stroke="var(--edge)" strokeWidth="2.25" />
            <path d="M12 0l-4 4 4 4" stroke="var(--edge)" strokeWidth="1.5" fill="none" />
          </svg>
          backward
        </li>
      </ul>
    </footer>
  );
}
