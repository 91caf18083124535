/**
 * The strip between line numbers and text: signs of edits, letters of pins, and a plus beside an insn that has no
 * sign yet. A click on one of them, the key or the menu asks to patch the insn.
 */
import type { EditorProps, HighlightKind, LineBox, LineHighlight, SignKind } from './editor-props.ts';
import { monaco } from './monaco.ts';

const SIGNS: readonly string[] = ['replace', 'rewrite', 'prepend', 'remove'] satisfies readonly SignKind[];
const isSign = (kind: HighlightKind): kind is SignKind => SIGNS.includes(kind);

const atLine = (
  line: number,
  options: monaco.editor.IModelDecorationOptions,
): monaco.editor.IModelDeltaDecoration => ({ range: new monaco.Range(line, 1, line, 1), options });

/** All signs of a line in one decoration, because Monaco draws several on top of each other. */
function signsAt(line: number, signs: readonly LineHighlight[], isPinned: boolean) {
  const classes = new Set(['program-sign', ...signs.map(({ kind }) => `program-${kind}`)]);
  if (isPinned) classes.add('program-beside');
  if (signs.every(({ isIdle }) => isIdle)) classes.add('program-idle');
  return atLine(line, {
    linesDecorationsClassName: [...classes].join(' '),
    linesDecorationsTooltip: signs.map(({ kind, tip }) => tip ?? kind).join('\n'),
  });
}

export function decorationsOf(highlights: readonly LineHighlight[]): monaco.editor.IModelDeltaDecoration[] {
  const signs = new Map<number, LineHighlight[]>();
  const pinned = new Set<number>();
  const decorations: monaco.editor.IModelDeltaDecoration[] = [];
  for (const highlight of highlights) {
    const { line, kind, letter = '' } = highlight;
    if (isSign(kind)) signs.set(line, [...(signs.get(line) ?? []), highlight]);
    else if (kind === 'pin') {
      // One letter has room on a line.
      if (pinned.has(line)) continue;
      pinned.add(line);
      decorations.push(
        atLine(line, {
          linesDecorationsClassName: `program-pin pin-${letter}`,
          linesDecorationsTooltip: `pin ${letter}`,
        }),
      );
    } else
      decorations.push(
        atLine(line, {
          ...{ isWholeLine: true, className: `program-${kind}`, marginClassName: `program-${kind}-margin` },
        }),
      );
  }
  for (const [line, at] of signs) decorations.push(signsAt(line, at, pinned.has(line)));
  return decorations;
}

/** Where a line stands in the window. */
export function lineBoxOf(editor: monaco.editor.ICodeEditor, line: number): LineBox | null {
  const frame = editor.getDomNode()?.getBoundingClientRect();
  if (!frame) return null;
  const top = frame.top + editor.getTopForLineNumber(line) - editor.getScrollTop();
  const left = frame.left + editor.getLayoutInfo().contentLeft;
  return { left, top, bottom: top + editor.getOption(monaco.editor.EditorOption.lineHeight) };
}

/** Signs that stand on a line now, the plus not among them. */
function signKindsAt(editor: monaco.editor.ICodeEditor, line: number): SignKind[] {
  const decorations = editor.getLineDecorations(line) ?? [];
  const classes = decorations.flatMap(({ options }) => options.linesDecorationsClassName?.split(' ') ?? []);
  return SIGNS.filter((kind): kind is SignKind => classes.includes(`program-${kind}`));
}

export function watchGutter(editor: monaco.editor.IStandaloneCodeEditor, props: () => EditorProps): void {
  const plus = editor.createDecorationsCollection();
  let plusLine = 0;
  const showPlus = (line: number): void => {
    if (line === plusLine) return;
    plusLine = line;
    const isFree = line > 0 && signKindsAt(editor, line).length === 0 && (props().canPatch?.(line) ?? false);
    plus.set(
      isFree
        ? [
            atLine(line, {
              linesDecorationsClassName: 'program-add',
              linesDecorationsTooltip: 'Patch this insn (Alt+P)',
            }),
          ]
        : [],
    );
  };
  editor.onMouseMove(({ target }) => showPlus(target.position?.lineNumber ?? 0));
  editor.onMouseLeave(() => showPlus(0));
  editor.onDidChangeModelContent(() => showPlus(0));
  editor.onMouseDown(({ target, event }) => {
    if (target.type !== monaco.editor.MouseTargetType.GUTTER_LINE_DECORATIONS || !event.leftButton) return;
    const line = target.position.lineNumber;
    const [kind = null] = signKindsAt(editor, line);
    const { canPatch, onPatch } = props();
    if (kind === null && !canPatch?.(line)) return;
    // The caret goes along, so that every view shows the insn that is meant.
    const column = editor.getModel()?.getLineFirstNonWhitespaceColumn(line) ?? 1;
    editor.setPosition({ lineNumber: line, column });
    onPatch?.(line, kind);
  });
  editor.addAction({
    id: 'patch-insn',
    label: 'Patch this insn',
    keybindings: [monaco.KeyMod.Alt | monaco.KeyCode.KeyP],
    precondition: 'editorTextFocus && !editorReadonly',
    contextMenuGroupId: 'navigation',
    contextMenuOrder: 0,
    run: () => {
      const line = editor.getPosition()?.lineNumber;
      if (line !== undefined) props().onPatch?.(line, signKindsAt(editor, line)[0] ?? null);
    },
  });
}
