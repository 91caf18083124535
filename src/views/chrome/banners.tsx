import { lineColAt } from '../../base/diagnostic.ts';
import { dismissNotices } from '../../store/intents.ts';
import { useStore } from '../../store/store.ts';
import { revealInEditor } from './editor-pane.tsx';

/** Why the picture is not that of the text, and what a link could not bring. */
export function Banners() {
  const stale = useStore((s) => s.stale);
  const hasPicture = useStore((s) => s.good !== null);
  const diagnostics = useStore((s) => s.diagnostics);
  const text = useStore((s) => s.text);
  const notices = useStore((s) => s.notices);
  const crash = useStore((s) => s.crash);
  const first = diagnostics.find((d) => d.severity === 'error');
  return (
    <>
      {crash && (
        <div className="veil" role="alert">
          <span>
            The engine stopped and was started again; your program is intact. ({crash.split('\n')[0]})
          </span>
          <button type="button" onClick={dismissNotices}>
            Dismiss
          </button>
        </div>
      )}
      {notices.length > 0 && (
        <div className="veil notice" role="alert">
          <span>{notices.join(' ')}</span>
          <button type="button" onClick={dismissNotices}>
            Dismiss
          </button>
        </div>
      )}
      {stale && first && (
        <div className="veil" role="alert">
          <span>
            {hasPicture ? 'Showing the last good version.' : 'No picture yet: there is a mistake in'}
          </span>
          <button type="button" onClick={() => revealInEditor(first.from)}>
            line {lineColAt(text, first.from).line}: {first.message}
          </button>
        </div>
      )}
    </>
  );
}
