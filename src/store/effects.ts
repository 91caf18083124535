/** What touches the outside, set going once: engine, address, theme, clock, and the first visit. */
import { EXAMPLES } from '../examples/index.ts';
import { OP } from '../patch/trace.ts';
import { keepAddress, openLast } from './address.ts';
import { openExample } from './intents.ts';
import { playClock } from './playback.ts';
import { runOnChange } from './running.ts';
import { get, type State, set, useStore } from './store.ts';
import { seek } from './time.ts';

export interface StartOptions {
  /** False when time must stand still: tests, reduced motion. */
  readonly autoplay: boolean;
  /** Whether to say on the root element when nothing is pending. */
  readonly testing: boolean;
}

export function startEffects(options: StartOptions): void {
  const busy = idleMark(options.testing);
  let isFirstVisit = false;
  runOnChange(
    (isBusy) => busy('run', isBusy),
    () => {
      if (isFirstVisit) arriveFirst();
      isFirstVisit = false;
    },
  );
  keepAddress((isBusy) => busy('address', isBusy));
  keepTheme();
  playClock();
  addBugs((isBusy) => busy('examples', isBusy));
  void openLast().then((opened) => {
    if (opened) return;
    isFirstVisit = true;
    const [first] = EXAMPLES;
    openExample(first);
    set({ playing: options.autoplay, touched: false });
  });
}

/** Scenes of known bugs are not needed for the first picture. */
function addBugs(busy: (isBusy: boolean) => void): void {
  busy(true);
  void import('../examples/bugs/index.ts')
    .then(({ BUGS }) => set({ examples: [...EXAMPLES, ...BUGS] }))
    // Without them the page has fewer examples, that is all.
    .catch(() => {})
    .finally(() => busy(false));
}

/** A first visit plays up to the first re-target; when nothing may move, it stands there. */
function arriveFirst(): void {
  const { good, playing } = get();
  const at = good ? good.trace.opKind.indexOf(OP.RETARGET) : -1;
  if (playing) set({ stopAt: at < 0 ? null : at + 1 });
  else {
    seek(at + 1);
    set({ touched: false });
  }
}

/** `data-idle` on the root element says that nothing is pending, for tests. */
function idleMark(testing: boolean): (part: string, isBusy: boolean) => void {
  // Until Monaco has taken over from the plain text area, keys may go to either.
  const pending = new Set<string>(['start', 'editor']);
  const mark = (part: string, isBusy: boolean) => {
    pending.delete('start');
    if (isBusy) pending.add(part);
    else pending.delete(part);
    if (testing) document.documentElement.dataset.idle = String(pending.size === 0);
  };
  pendingMark = mark;
  return mark;
}

let pendingMark = (_part: string, _isBusy: boolean): void => {};
/** A part of the page that is loaded or computed later is under way, or has come. */
export const sayPending = (part: string, isBusy: boolean): void => pendingMark(part, isBusy);
/** The editor that will stay is there. */
export const sayEditorReady = (): void => sayPending('editor', false);

function keepTheme(): void {
  const show = ({ theme }: State) => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  show(get());
  useStore.subscribe(show);
}
