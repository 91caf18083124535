/**
 * The program in a plain text area: on narrow screens and touch, where Monaco is not at home, and everywhere
 * until Monaco has come.
 */
import { useImperativeHandle, useLayoutEffect, useRef } from 'react';
import { lineColAt } from '../../base/diagnostic.ts';
import './editor.css';
import { EDITOR_LABEL } from './editor-options.ts';
import type { EditorProps } from './editor-props.ts';
import { focusBehind } from './leave-editor.ts';

const LINE_HEIGHT = 20;
const PADDING_TOP = 8;
const PADDING_LEFT = 24;

export function PlainEditor(props: EditorProps): React.JSX.Element {
  const { value, onChange, onCaret, onLeave, onPatch, diagnostics, readOnly = false, ref } = props;
  const area = useRef<HTMLTextAreaElement>(null);

  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    revealOffset(offset, to = offset) {
      const element = area.current;
      if (!element) return;
      element.focus();
      element.setSelectionRange(offset, to);
      const line = element.value.slice(0, offset).split('\n').length - 1;
      const top = line * LINE_HEIGHT;
      if (top < element.scrollTop || top > element.scrollTop + element.clientHeight - LINE_HEIGHT)
        element.scrollTop = Math.max(0, top - element.clientHeight / 2);
    },
    selection() {
      const element = area.current;
      return element && { from: element.selectionStart, to: element.selectionEnd };
    },
    lineBox(line) {
      const element = area.current;
      if (!element) return null;
      const { left, top: frameTop } = element.getBoundingClientRect();
      const top = frameTop + PADDING_TOP + (line - 1) * LINE_HEIGHT - element.scrollTop;
      return { left: left + PADDING_LEFT, top, bottom: top + LINE_HEIGHT };
    },
  }));

  // A caret that was set from outside is reported as well as one that was moved.
  useLayoutEffect(() => {
    const element = area.current!;
    let last = -1;
    const report = (): void => {
      if (document.activeElement !== element || element.selectionStart === last) return;
      last = element.selectionStart;
      onCaret(last);
    };
    document.addEventListener('selectionchange', report);
    element.addEventListener('selectionchange', report);
    return () => {
      document.removeEventListener('selectionchange', report);
      element.removeEventListener('selectionchange', report);
    };
  }, [onCaret]);

  return (
    <textarea
      ref={area}
      className="program-plain"
      aria-label={EDITOR_LABEL}
      aria-invalid={diagnostics.some(({ severity }) => severity === 'error')}
      value={value}
      readOnly={readOnly}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.altKey && event.code === 'KeyP') {
          event.preventDefault();
          onPatch?.(lineColAt(value, event.currentTarget.selectionStart).line, null);
        }
        if (event.key !== 'Escape') return;
        event.stopPropagation();
        if (onLeave) onLeave();
        else focusBehind(event.currentTarget);
      }}
      spellCheck={false}
      autoCapitalize="off"
      autoComplete="off"
      autoCorrect="off"
      wrap="off"
    />
  );
}
