import { lazy, Suspense, useEffect } from 'react';
import { lineColAt } from '../base/diagnostic.ts';
import {
  chooseAlgorithm,
  choosePane,
  dismissNotices,
  microStep,
  seek,
  showDialog,
  showDrawer,
  step,
  stepPhase,
  togglePlay,
} from '../store/intents.ts';
import { cancel } from '../store/running.ts';
import { lastMoment, momentWords, opWordsNow, stepNow } from '../store/selectors.ts';
import { get, type PaneId, useStore } from '../store/store.ts';
import { DeviationList } from './chrome/deviation-list.tsx';
import { EditorPane, focusEditor, revealInEditor } from './chrome/editor-pane.tsx';
import { Inspector } from './chrome/inspector.tsx';
import { Legend } from './chrome/legend.tsx';
import { PipelineBar } from './chrome/pipeline-bar.tsx';
import { RulesChooser } from './chrome/rules-chooser.tsx';
import { Timeline } from './chrome/timeline.tsx';
import { TopBar } from './chrome/top-bar.tsx';
import { Transport } from './chrome/transport.tsx';
import { moveSelection, Stage } from './stage/stage.tsx';
import { BESIDE_DRAWER, NARROW, useMedia } from './use-media.ts';

/** Not needed for the first picture. */
const Dialogs = lazy(() => import('./chrome/dialogs.tsx').then(({ Dialogs }) => ({ default: Dialogs })));

export function App() {
  const pane = useStore((s) => s.pane);
  const dialog = useStore((s) => s.dialog);
  useKeys();
  return (
    <div className="app" data-pane={pane}>
      <TopBar />
      <EditorPane />
      <main className="pane stage" aria-label="Stage">
        <Banners />
        <PipelineBar />
        <DeviationList />
        <StepLine />
        <Stage />
        <Legend />
        <LongWork />
      </main>
      <Inspector />
      <Transport />
      <Timeline />
      <Readout />
      <TabBar />
      {dialog && (
        <Suspense>
          <Dialogs />
        </Suspense>
      )}
    </div>
  );
}

/** Why the picture is not that of the text, and what a link could not bring. */
function Banners() {
  const stale = useStore((s) => s.stale);
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
          <span>Showing the last good version.</span>
          <button
            type="button"
            onClick={() => {
              choosePane('code');
              // The pane must be there before it can take the focus.
              requestAnimationFrame(() => revealInEditor(first.from));
            }}
          >
            line {lineColAt(text, first.from).line}: {first.message}
          </button>
        </div>
      )}
    </>
  );
}

/** The sentence of the step, where the inspector has no place beside the stage. */
function StepLine() {
  const step = useStore(stepNow);
  const playing = useStore((s) => s.playing);
  const drawer = useStore((s) => s.drawer);
  const beside = useMedia(BESIDE_DRAWER);
  // The legend, which says whose rules these are, has no place on a page of one pane.
  const narrow = useMedia(NARROW);
  if (!beside || drawer) return null;
  return (
    <div className="step-line" role="status" aria-label="Step" aria-live={playing ? 'off' : 'polite'}>
      <p className="say">{step?.title}</p>
      {narrow && <RulesChooser />}
    </div>
  );
}

/** Shown when the engine has been at it for a while. */
function LongWork() {
  const progress = useStore((s) => s.progress);
  const running = useStore((s) => s.running);
  if (!running || !progress) return null;
  return (
    <div className="progress">
      <span>{progress.name}</span>
      <progress aria-label={progress.name} max={progress.total} value={progress.done} />
      <button type="button" className="btn line" onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}

function Readout() {
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const last = useStore(lastMoment);
  const words = useStore(opWordsNow);
  const refused = useStore((s) => s.good?.trace.refused ?? null) !== null;
  const full = useStore(momentWords);
  return (
    <div className="readout" title={full}>
      <div>
        <b className="big">op {op}</b> <span className="dim">of {last}</span>{' '}
        {op === last && last > 0 && (refused ? <b className="err">refused</b> : <b>done</b>)}
        {micro > 0 && <b>step {micro}</b>}
      </div>
      <div className="dim" style={{ fontSize: 12 }}>
        {words}
      </div>
    </div>
  );
}

const PANES: readonly (readonly [PaneId, string])[] = [
  ['code', 'Code'],
  ['stage', 'Stage'],
  ['tables', 'Tables'],
];

function TabBar() {
  const pane = useStore((s) => s.pane);
  return (
    <nav className="tabbar" aria-label="Panes">
      {PANES.map(([id, name]) => (
        <button key={id} type="button" aria-pressed={id === pane} onClick={() => choosePane(id)}>
          {name}
        </button>
      ))}
    </nav>
  );
}

const KEYS: Record<string, () => void> = {
  ' ': togglePlay,
  ArrowRight: () => step(1),
  ArrowLeft: () => step(-1),
  'Shift+ArrowRight': () => microStep(1),
  'Shift+ArrowLeft': () => microStep(-1),
  '.': () => microStep(1),
  ',': () => microStep(-1),
  ']': () => stepPhase(1),
  '[': () => stepPhase(-1),
  'Shift+Home': () => seek(0),
  'Shift+End': () => seek(lastMoment(get())),
  j: () => moveSelection(1),
  k: () => moveSelection(-1),
  ArrowDown: () => moveSelection(1),
  ArrowUp: () => moveSelection(-1),
  Escape: () => showDrawer(false),
  x: () => chooseAlgorithm(get().algorithm === 'array' ? 'list' : 'array'),
  e: () => focusEditor(),
  '?': () => showDialog('help'),
  'Shift+?': () => showDialog('help'),
};

/** The page's keys: off while typing, but for Ctrl+S. */
function useKeys(): void {
  useEffect(() => {
    const onKey = (e: KeyboardEvent) => {
      if ((e.ctrlKey || e.metaKey) && e.key.toLowerCase() === 's') {
        e.preventDefault();
        showDialog('share');
        return;
      }
      if (e.ctrlKey || e.metaKey || e.altKey || e.defaultPrevented) return;
      const target = e.target as HTMLElement;
      if (target.closest('input, textarea, select, dialog, [popover], .monaco-editor, [role="tablist"]'))
        return;
      if (e.key === ' ' && target.closest('button')) return;
      const act = KEYS[`${e.shiftKey ? 'Shift+' : ''}${e.key}`];
      if (!act) return;
      // Escape closes what is open by itself.
      if (e.key !== 'Escape') e.preventDefault();
      act();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
}
