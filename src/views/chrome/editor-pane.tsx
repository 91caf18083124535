import { useEffect, useMemo, useRef } from 'react';
import { lineColAt } from '../../base/diagnostic.ts';
import { plural } from '../../figures/index.ts';
import { sayEditorReady } from '../../store/effects.ts';
import { focus, hover, setText } from '../../store/intents.ts';
import { definitionAt, hoverAt, lineOfUid, patchLines, uidOfLine } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';
import { SourceEditor } from '../editor/editor.tsx';
import type { EditorHandle, LineHighlight } from '../editor/editor-props.ts';
import { useIsDark } from '../use-media.ts';
import { Problems } from './problems.tsx';

export function EditorPane() {
  const text = useStore((s) => s.text);
  const good = useStore((s) => s.good);
  const stale = useStore((s) => s.stale);
  const diagnostics = useStore((s) => s.diagnostics);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const patched = useStore(patchLines);
  const isDark = useIsDark();
  const editor = useRef<EditorHandle>(null);

  const highlights = useMemo<LineHighlight[]>(() => {
    if (!good || stale) return [];
    const marks: LineHighlight[] = [...patched];
    const add = (uid: number | null, kind: LineHighlight['kind']) => {
      const line = uid === null ? 0 : lineOfUid(good, uid);
      if (line > 0) marks.push({ line, kind });
    };
    add(focusUid, 'focus');
    add(hoverUid, 'hover');
    return marks;
  }, [good, stale, focusUid, hoverUid, patched]);

  // Where the editor can be reached from: keys and problems.
  useEffect(() => {
    editorHandle = editor.current;
  });

  const cnt = good?.trace.inputCnt ?? 0;
  const functions = good?.before.subprogs.start.length ?? 1;
  return (
    <section className="pane code" aria-label="Source">
      <div className="pane-head">
        <h2 style={{ fontSize: 12 }}>Program</h2>
        <span className="space" />
        <span className="dim">
          {plural(cnt, 'slot')} {'\u00b7'} {plural(functions, 'function')}
        </span>
      </div>
      <div className="fill">
        <SourceEditor
          ref={editor}
          value={text}
          onChange={setText}
          diagnostics={diagnostics}
          onCaret={focusCaret}
          highlights={highlights}
          onHoverLine={hoverLine}
          theme={isDark ? 'dark' : 'light'}
          hoverAt={hoverAt}
          definitionAt={definitionAt}
          onReady={sayEditorReady}
        />
      </div>
      <Problems onGo={(offset) => editor.current?.revealOffset(offset)} />
    </section>
  );
}

let editorHandle: EditorHandle | null = null;
export const focusEditor = (): void => editorHandle?.focus();
export const revealInEditor = (offset: number): void => editorHandle?.revealOffset(offset);

/** The caret selects the insn on its line, in every view. */
function focusCaret(offset: number): void {
  const { good, stale, text, focusUid } = get();
  if (!good || stale) return;
  const uid = uidOfLine(good, lineColAt(text, offset).line);
  if (uid === null || (focusUid !== null && lineOfUid(good, focusUid) === lineOfUid(good, uid))) return;
  focus(uid);
}

function hoverLine(line: number | null): void {
  const { good, stale } = get();
  hover(line === null || !good || stale ? null : uidOfLine(good, line));
}
