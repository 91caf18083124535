/**
 * Programs that operate a page (screen readers, voice input, form fillers, tests) change a text box by selecting
 * all of the text area and writing over it, many lines at once. Monaco's text area is only a window on its text:
 * it does not take note of such a selection in time, and would indent the lines as if they were typed. Here the
 * text stands as it was given, in place of what was selected.
 */
import { monaco } from './monaco.ts';

/** Whether all of the editor's text area is selected, which Monaco need not know. */
function isWholeSelected(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLTextAreaElement) || !target.classList.contains('inputarea')) return false;
  const { value, selectionStart, selectionEnd } = target;
  return value !== '' && selectionStart === 0 && selectionEnd === value.length;
}

/** Listens on the editor's element before Monaco does; the listeners go with the element. */
export function acceptWholeText(editor: monaco.editor.ICodeEditor, host: HTMLElement): void {
  const isOpen = (): boolean => !editor.getOption(monaco.editor.EditorOption.readOnly);
  const selectAllIfAsked = (target: EventTarget | null): void => {
    if (isOpen() && isWholeSelected(target)) editor.setSelection(editor.getModel()!.getFullModelRange());
  };
  const write = (event: InputEvent): void => {
    const { inputType, data, isComposing, target } = event;
    if (inputType !== 'insertText' || isComposing || data === null || !isOpen()) return;
    const inArea = target instanceof HTMLTextAreaElement && target.classList.contains('inputarea');
    if (!inArea || !(data.includes('\n') || isWholeSelected(target))) return;
    event.preventDefault();
    selectAllIfAsked(target);
    editor.pushUndoStop();
    editor.executeEdits('whole-text', [
      { range: editor.getSelection()!, text: data, forceMoveMarkers: true },
    ]);
    editor.pushUndoStop();
  };
  const capture = { capture: true };
  host.addEventListener('beforeinput', write, capture);
  // A selection made before the focus came would be overwritten by Monaco on focus.
  host.addEventListener('focus', (event) => selectAllIfAsked(event.target), capture);
  host.addEventListener(
    'keydown',
    ({ key, target }) => {
      if (key === 'Delete' || key === 'Backspace') selectAllIfAsked(target);
    },
    capture,
  );
}
