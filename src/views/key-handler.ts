/** Does what the table of commands says of a key, unless it is somebody else's where it was pressed. */
import { canRun, commandOfKey, isHere } from '../store/commands.ts';
import { get } from '../store/store.ts';
import { keyOf } from './key-names.ts';
import { page } from './page-actions.ts';

/** Where keys are letters, or mean what stands there. */
const OWN_KEYS = 'input, textarea, select, dialog, [popover], .monaco-editor, [role="tablist"]';
/** What is pressed by Enter and Space. */
const PRESSED = 'button, a[href], summary, [role="button"]';
/** What scrolls or moves by keys of its own. */
const MOVED = '[role="region"], [role="slider"], [role="separator"], [role="listbox"], [role="radiogroup"]';
const MOVES = /^(Arrow(Up|Down|Left|Right)|Page(Up|Down)|Home|End)$/;

/** Whether a key is the page's where it was pressed. */
function isForPage(key: string, target: Element): boolean {
  if (key.startsWith('Ctrl+')) return true;
  if (get().dialog !== null || target.closest(OWN_KEYS)) return false;
  if ((key === 'Enter' || key === 'Space') && target.closest(PRESSED)) return false;
  return !(MOVES.test(key) && target.closest(MOVED));
}

function onKey(e: KeyboardEvent): void {
  const key = keyOf(e);
  if (key === null || e.defaultPrevented || !(e.target instanceof Element)) return;
  const command = isForPage(key, e.target) ? commandOfKey.get(key) : undefined;
  if (!command || !isHere(command, get())) return;
  // Escape closes what is open by itself, too.
  if (key !== 'Escape') e.preventDefault();
  if (canRun(command, get())) command.run(page);
}

/** Hear the keys from now on, after those that were pressed `early`; what comes back ends it. */
export function handleKeys(early: readonly KeyboardEvent[]): () => void {
  early.forEach(onKey);
  window.addEventListener('keydown', onKey);
  return () => window.removeEventListener('keydown', onKey);
}
