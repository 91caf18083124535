/** Patch points put into the text by hand, and what has to be run so that they are seen. */
import { act } from './intents.ts';
import { EDITS, PASSES_MAX, passIds } from './pass-list.ts';
import { opAt } from './patch-marks.ts';
import { get, useStore } from './store.ts';
import { seek } from './time.ts';

/**
 * Takes a text with a patch point of the insn in `slot`, runs the patch points first if they are not run, and goes to
 * the op that carries this one out. No pass that was chosen is dropped. Gives what happened besides, in a sentence or
 * none.
 */
export function putPatch(text: string, slot: number): string {
  const ids = passIds(get());
  const isRun = ids[0] === EDITS;
  const passes = isRun ? ids : [EDITS, ...ids.filter((id) => id !== EDITS)];
  if (passes.length > PASSES_MAX) {
    act({ text, playing: false, notices: [] });
    return `It is not run: ${ids.length} passes are chosen, and there is no room for one more.`;
  }
  act({
    ...{ text, playing: false, stopAt: null, micro: 0, notices: [] },
    ...(isRun ? {} : { pass: passes.join(','), op: 0 }),
    step: passes.length > 1 ? 0 : null,
  });
  seekWhenRun(text, slot);
  if (isRun) return '';
  const [, next] = passes;
  const label = get().catalog.passes.find(({ id }) => id === next)?.label ?? next;
  return `\u201cMy patch points\u201d is now run first, before \u201c${label}\u201d.`;
}

/** The text without a patch point: nothing else changes. */
export const takePatch = (text: string): void => act({ text, playing: false, notices: [] });

/** When the next answer comes, to the op of the patch, if it has one. */
function seekWhenRun(text: string, slot: number): void {
  const stop = useStore.subscribe((s, old) => {
    if (s.good === old.good && s.diagnostics === old.diagnostics) return;
    stop();
    const isOfIt = s.text === text && !s.stale && s.good?.pass === EDITS;
    const op = s.good && isOfIt ? opAt(s.good.trace, slot) : 0;
    if (op > 0) seek(op);
  });
}
