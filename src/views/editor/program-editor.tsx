/** The source editor as the page shows it: Monaco with what is linked to a line, and the signs of the edits. A chunk of its own, see editor.tsx. */
import { useMemo } from 'react';
import { definitionAt, hoverAt } from '../../store/editor-answers.ts';
import { patchMarks } from '../../store/patch-marks.ts';
import { lineOfUid } from '../../store/selectors.ts';
import { PIN_LETTERS, useStore } from '../../store/store.ts';
import type { EditorProps, LineHighlight } from './editor-props.ts';
import { MonacoEditor } from './monaco-editor.tsx';

/** Of the last text that gave a picture; while it is not the present one, nothing is known of lines. */
function useHighlights(): readonly LineHighlight[] {
  const good = useStore((s) => s.good);
  const stale = useStore((s) => s.stale);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const pins = useStore((s) => s.pins);
  const signs = useStore(patchMarks);
  return useMemo(() => {
    if (!good || stale) return [];
    const highlights: LineHighlight[] = [...signs];
    const add = (uid: number | null, mark: Omit<LineHighlight, 'line'>): void => {
      const line = uid === null ? 0 : lineOfUid(good, uid);
      if (line > 0) highlights.push({ line, ...mark });
    };
    add(focusUid, { kind: 'focus' });
    add(hoverUid, { kind: 'hover' });
    for (const [k, uid] of pins.entries()) add(uid, { kind: 'pin', letter: PIN_LETTERS[k] });
    return highlights;
  }, [good, stale, focusUid, hoverUid, pins, signs]);
}

export function ProgramEditor(props: EditorProps): React.JSX.Element {
  return <MonacoEditor {...props} {...{ hoverAt, definitionAt }} highlights={useHighlights()} />;
}
