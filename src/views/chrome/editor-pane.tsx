import { useEffect, useRef, useState } from 'react';
import { lineColAt } from '../../base/diagnostic.ts';
import { plural } from '../../figures/index.ts';
import { sayEditorReady } from '../../store/effects.ts';
import { chooseLayout, choosePane, focus, hover, setText } from '../../store/intents.ts';
import { lineOfUid, uidOfLine } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';
import { SourceEditor } from '../editor/editor.tsx';
import type { EditorHandle } from '../editor/editor-props.ts';
import type { PatchRequest } from '../editor/patch-desk.tsx';
import { late } from '../late.tsx';
import { useIsDark } from '../use-media.ts';

const Problems = late('problems', () => import('./problems.tsx').then(({ Problems }) => Problems));
const PatchDesk = late('patch', () => import('../editor/patch-desk.tsx').then(({ PatchDesk }) => PatchDesk));

export function EditorPane() {
  const text = useStore((s) => s.text);
  const good = useStore((s) => s.good);
  const diagnostics = useStore((s) => s.diagnostics);
  const isDark = useIsDark();
  const editor = useRef<EditorHandle>(null);
  const [request, setRequest] = useState<PatchRequest | null>(null);

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
          onHoverLine={hoverLine}
          theme={isDark ? 'dark' : 'light'}
          canPatch={hasInsn}
          onPatch={(line, kind) => setRequest((last) => ({ id: (last?.id ?? 0) + 1, line, kind }))}
          onReady={sayEditorReady}
        />
      </div>
      {request && <PatchDesk request={request} editor={editor} />}
      <Problems onGo={(offset) => editor.current?.revealOffset(offset)} />
    </section>
  );
}

let editorHandle: EditorHandle | null = null;
/** Into the editor, wherever the page is: at once where it is in view, so that what is typed next comes to it. */
function enter(act: (editor: EditorHandle) => void): void {
  const isLearn = get().layout === 'learn';
  const isThere = isLearn && document.querySelector('.pane.code')?.getClientRects().length === 1;
  if (!isLearn) chooseLayout('learn');
  choosePane('code');
  if (isThere && editorHandle) act(editorHandle);
  // It must be there before it can take the focus.
  else requestAnimationFrame(() => editorHandle && act(editorHandle));
}
export const focusEditor = (): void => enter((editor) => editor.focus());
export const revealInEditor = (from: number, to = from): void =>
  enter((editor) => editor.revealOffset(from, to));

/** The caret selects the insn on its line, in every view. */
function focusCaret(offset: number): void {
  const { good, stale, text, focusUid } = get();
  if (!good || stale) return;
  const uid = uidOfLine(good, lineColAt(text, offset).line);
  if (uid === null || (focusUid !== null && lineOfUid(good, focusUid) === lineOfUid(good, uid))) return;
  focus(uid);
}

function hasInsn(line: number): boolean {
  const { good, stale } = get();
  return good !== null && !stale && uidOfLine(good, line) !== null;
}

function hoverLine(line: number | null): void {
  const { good, stale } = get();
  hover(line === null || !good || stale ? null : uidOfLine(good, line));
}
