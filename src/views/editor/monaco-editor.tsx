/** The source editor: Monaco, wired to props. */
import { useEffect, useImperativeHandle, useLayoutEffect, useRef } from 'react';
import type { Diagnostic } from '../../base/diagnostic.ts';
import { answerFor, BPF_LANGUAGE, rangeOf } from './bpf-language.ts';
import './editor.css';
import { editorOptions } from './editor-options.ts';
import type { MonacoProps } from './editor-props.ts';
import { applyTheme } from './editor-theme.ts';
import { highlighter, lineBoxOf, watchGutter } from './gutter.ts';
import { focusBehind } from './leave-editor.ts';
import { minimalEdit } from './minimal-edit.ts';
import { monaco } from './monaco.ts';
import { acceptWholeText } from './whole-text.ts';

/** More marks than this help nobody and cost time at each keystroke. */
const MARKERS_MAX = 500;

/** Esc first closes what is open; only then it leaves. */
const NOTHING_OPEN =
  'editorTextFocus && !editorHasSelection && !editorHasMultipleSelections && !findWidgetVisible && !markersNavigationVisible && !editorHoverVisible';

const markerOf = (model: monaco.editor.ITextModel, problem: Diagnostic): monaco.editor.IMarkerData => {
  const { startLineNumber, startColumn, endLineNumber, endColumn } = rangeOf(model, problem.from, problem.to);
  const isEmpty = startLineNumber === endLineNumber && startColumn === endColumn;
  return {
    startLineNumber,
    startColumn: isEmpty ? Math.max(1, startColumn - 1) : startColumn,
    endLineNumber,
    endColumn: isEmpty ? endColumn + 1 : endColumn,
    severity: problem.severity === 'error' ? monaco.MarkerSeverity.Error : monaco.MarkerSeverity.Warning,
    message: problem.hint ? `${problem.message}\n${problem.hint}` : problem.message,
    code: problem.code,
  };
};

/** Monaco keeps empty elements with the role of an alert for what it says; the page's alerts are to be the only ones. */
function announceWithoutRole(): void {
  for (const element of document.querySelectorAll('.monaco-aria-container .monaco-alert')) {
    element.removeAttribute('role');
    element.setAttribute('aria-live', 'assertive');
  }
}

type LiveEditor = {
  readonly editor: monaco.editor.IStandaloneCodeEditor;
  readonly model: monaco.editor.ITextModel;
  readonly show: (highlights: MonacoProps['highlights']) => void;
  /** The text as the app knows it: given by it or reported to it last. */
  known: string;
  /** Tells the app the text if it knows another. */
  report(): void;
};

/** Makes the editor in `host`; `props` always answers with the newest props. */
function openEditor(host: HTMLElement, props: () => MonacoProps): LiveEditor {
  const model = monaco.editor.createModel(props().value, BPF_LANGUAGE);
  model.updateOptions({
    bracketColorizationOptions: { enabled: false, independentColorPoolPerBracketType: false },
  });
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  answerFor(model, props);
  const fontFamily = getComputedStyle(host).getPropertyValue('--code').trim() || 'monospace';
  const reduced = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const editor = monaco.editor.create(host, {
    ...editorOptions(fontFamily),
    cursorBlinking: reduced ? 'solid' : 'blink',
    readOnly: props().readOnly ?? false,
    model,
  });
  // What Monaco offers to peek at would open in a part of it that is left out here.
  editor.createContextKey('inReferenceSearchEditor', true);
  announceWithoutRole();
  acceptWholeText(editor, host);
  const live: LiveEditor = {
    editor,
    model,
    show: highlighter(editor),
    known: props().value,
    report() {
      const text = model.getValue();
      if (text === live.known) return;
      live.known = text;
      props().onChange(text);
    },
  };
  model.onDidChangeContent(live.report);
  // The model has changed other line ends to \n: the app must count offsets in the same text.
  live.report();

  editor.onDidChangeCursorPosition(({ position }) => props().onCaret(model.getOffsetAt(position)));
  let hovered: number | null = null;
  const hover = (line: number | null): void => {
    if (line === hovered) return;
    hovered = line;
    props().onHoverLine(line);
  };
  editor.onMouseMove(({ target }) => hover(target.position?.lineNumber ?? null));
  editor.onMouseLeave(() => hover(null));
  watchGutter(editor, props);
  editor.addAction({
    id: 'leave-editor',
    label: 'Leave the editor',
    keybindings: [monaco.KeyCode.Escape],
    precondition: NOTHING_OPEN,
    run: () => {
      const { onLeave } = props();
      if (onLeave) onLeave();
      else focusBehind(host);
    },
  });
  return live;
}

/** Brings the text in line with the app, as one undoable edit that keeps the caret. */
function adopt(live: LiveEditor, value: string): void {
  if (value === live.known) return;
  const edit = minimalEdit(live.model.getValue(), value.replace(/\r\n?/g, '\n'));
  live.known = value;
  if (!edit) {
    live.report();
    return;
  }
  const { model } = live;
  model.pushStackElement();
  model.pushEditOperations(
    live.editor.getSelections(),
    [{ range: rangeOf(model, edit.from, edit.to), text: edit.text, forceMoveMarkers: false }],
    () => null,
  );
  model.pushStackElement();
}

export function MonacoEditor(props: MonacoProps): React.JSX.Element {
  const { value, diagnostics, highlights, theme, readOnly = false, ref } = props;
  const host = useRef<HTMLDivElement>(null);
  const live = useRef<LiveEditor | null>(null);
  const newest = useRef(props);
  useLayoutEffect(() => {
    newest.current = props;
  });

  useLayoutEffect(() => {
    const opened = openEditor(host.current!, () => newest.current);
    live.current = opened;
    return () => {
      live.current = null;
      opened.editor.dispose();
      opened.model.dispose();
    };
  }, []);

  useEffect(() => live.current?.editor.updateOptions({ readOnly }), [readOnly]);

  useEffect(() => {
    applyTheme(theme);
    // The page may write its own theme in an effect that runs after this one.
    const again = requestAnimationFrame(() => applyTheme(theme));
    return () => cancelAnimationFrame(again);
  }, [theme]);

  useLayoutEffect(() => {
    if (live.current) adopt(live.current, value);
  }, [value]);

  useEffect(() => {
    if (!live.current) return;
    const { model } = live.current;
    const markers = diagnostics.slice(0, MARKERS_MAX).map((problem) => markerOf(model, problem));
    monaco.editor.setModelMarkers(model, 'assembler', markers);
  }, [diagnostics]);

  useEffect(() => live.current?.show(highlights), [highlights]);

  useImperativeHandle(ref, () => ({
    lineBox: (line) => (live.current ? lineBoxOf(live.current.editor, line) : null),
    focus: () => live.current?.editor.focus(),
    revealOffset(offset, to = offset) {
      if (!live.current) return;
      const { editor, model } = live.current;
      const range = rangeOf(model, offset, to);
      editor.setSelection(range);
      editor.revealRangeInCenterIfOutsideViewport(range, monaco.editor.ScrollType.Immediate);
      editor.focus();
    },
    selection() {
      const selected = live.current?.editor.getSelection();
      if (!live.current || !selected) return null;
      const { model } = live.current;
      return {
        from: model.getOffsetAt(selected.getStartPosition()),
        to: model.getOffsetAt(selected.getEndPosition()),
      };
    },
  }));

  // Menus hang beside Monaco's own element, and find its colours by this class.
  return <div ref={host} className="program-editor monaco-component" />;
}
