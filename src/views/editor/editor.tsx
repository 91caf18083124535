/**
 * The source editor as the page uses it: plain at once, Monaco when it has come, plain for good on narrow screens.
 * Text, selection and focus pass from one to the other.
 */
import {
  type ComponentType,
  useCallback,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';
import { lineColAt } from '../../base/diagnostic.ts';
import { isListed } from '../../store/recipe-arrival.ts';
import { useStore } from '../../store/store.ts';
import { late } from '../late.tsx';
import { NARROW, useMedia } from '../use-media.ts';
import type { EditorHandle, EditorProps, SourceRange } from './editor-props.ts';
import { PatchButton } from './patch-button.tsx';
import { PlainEditor } from './plain-editor.tsx';

export interface SourceEditorProps extends EditorProps {
  /** Called once the editor that stays is there. */
  onReady?(): void;
}

/** Where nothing can be held above a line, the gutter shows no plus. */
const NO_HOVER = '(hover: none)';

/** In the place of the editor where a program is too big for it. */
const Listing = late<Pick<EditorProps, 'ref'>>('listing', () =>
  import('./listing.tsx').then(({ Listing }) => Listing),
);

type EditorComponent = ComponentType<EditorProps>;

/** Kept for the life of the page: a second editor need not start plain. */
let monacoEditor: EditorComponent | undefined;

async function loadMonaco(): Promise<EditorComponent> {
  const { ProgramEditor } = await import('./program-editor.tsx');
  monacoEditor = ProgramEditor;
  return ProgramEditor;
}

/** After the first picture: the editor is big, and the page can be read without it. */
function whenIdle(task: () => void): () => void {
  if (typeof requestIdleCallback === 'function') {
    const id = requestIdleCallback(task, { timeout: 1500 });
    return () => cancelIdleCallback(id);
  }
  const id = setTimeout(task, 200);
  return () => clearTimeout(id);
}

export function SourceEditor({ onReady, ref, onCaret, ...props }: SourceEditorProps): React.JSX.Element {
  const isNarrow = useMedia(NARROW);
  const hasNoHover = useMedia(NO_HOVER);
  const [caret, setCaret] = useState<number | null>(null);
  const report = useCallback(
    (offset: number) => {
      setCaret(offset);
      onCaret(offset);
    },
    [onCaret],
  );
  const [loaded, setLoaded] = useState<EditorComponent | undefined>(() => monacoEditor);
  const [hasFailed, setFailed] = useState(false);
  const frame = useRef<HTMLDivElement>(null);
  const current = useRef<EditorHandle>(null);
  /** What the new editor takes over; set only when the old one had the focus. */
  const handover = useRef<SourceRange | null>(null);
  const isPlain = isNarrow || !loaded;
  const Shown = isPlain ? PlainEditor : loaded;
  const isRead = useStore(isListed);

  useEffect(() => {
    if (isNarrow || loaded || hasFailed) return;
    let isWanted = true;
    const take = (component: EditorComponent): void => {
      if (!isWanted) return;
      const hadFocus = frame.current?.contains(document.activeElement) ?? false;
      handover.current = hadFocus ? (current.current?.selection() ?? null) : null;
      setLoaded(() => component);
    };
    // Offline, or a file gone after a new deployment: the plain editor stays and does the work.
    const stop = whenIdle(() => loadMonaco().then(take, () => isWanted && setFailed(true)));
    return () => {
      isWanted = false;
      stop();
    };
  }, [isNarrow, loaded, hasFailed]);

  useLayoutEffect(() => {
    if (isPlain || !handover.current) return;
    current.current?.revealOffset(handover.current.from, handover.current.to);
    handover.current = null;
  }, [isPlain]);

  const isReady = isNarrow || loaded !== undefined || hasFailed;
  useEffect(() => {
    if (isReady) onReady?.();
  }, [isReady, onReady]);

  useImperativeHandle(ref, () => ({
    focus: () => current.current?.focus(),
    revealOffset: (offset, to) => current.current?.revealOffset(offset, to),
    selection: () => current.current?.selection() ?? null,
    lineBox: (line) => current.current?.lineBox(line) ?? null,
  }));

  return (
    <div ref={frame} className="program-frame">
      {isRead ? <Listing ref={current} /> : <Shown {...props} onCaret={report} ref={current} />}
      {!isRead && (isPlain || hasNoHover) && caret !== null && (
        <PatchButton
          line={lineColAt(props.value, caret).line}
          canPatch={props.canPatch}
          onPatch={props.onPatch}
        />
      )}
    </div>
  );
}
