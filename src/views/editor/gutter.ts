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

const pinnedLines = (highlights: readonly LineHighlight[]): Set<number> =>
  new Set(highlights.flatMap(({ line, kind }) => (kind === 'pin' ? [line] : [])));

function signDecorations(highlights: readonly LineHighlight[]): monaco.editor.IModelDeltaDecoration[] {
  const signs = new Map<number, LineHighlight[]>();
  for (const highlight of highlights) {
    if (!isSign(highlight.kind)) continue;
    const others = signs.get(highlight.line);
    if (others) others.push(highlight);
    else signs.set(highlight.line, [highlight]);
  }
  const pinned = pinnedLines(highlights);
  return Array.from(signs, ([line, at]) => signsAt(line, at, pinned.has(line)));
}

/** Of all but signs: these follow the pointer. */
function otherDecorations(highlights: readonly LineHighlight[]): monaco.editor.IModelDeltaDecoration[] {
  const pinned = new Set<number>();
  return highlights.flatMap(({ line, kind, letter = '' }) => {
    // One letter has room on a line.
    if (isSign(kind) || (kind === 'pin' && pinned.has(line))) return [];
    if (kind !== 'pin')
      return [
        atLine(line, {
          ...{ isWholeLine: true, className: `program-${kind}`, marginClassName: `program-${kind}-margin` },
        }),
      ];
    pinned.add(line);
    return [
      atLine(line, {
        linesDecorationsClassName: `program-pin pin-${letter}`,
        linesDecorationsTooltip: `pin ${letter}`,
      }),
    ];
  });
}

/** What decides how the signs look: that of `highlights` which is not of what follows the pointer. */
const signsIn = (highlights: readonly LineHighlight[]): LineHighlight[] =>
  highlights.filter(({ kind }) => isSign(kind) || kind === 'pin');

const isSame = (a: LineHighlight, b: LineHighlight): boolean =>
  a.line === b.line && a.kind === b.kind && a.letter === b.letter && a.tip === b.tip && a.isIdle === b.isIdle;

/**
 * Shows highlights. There may be a sign on every line, and to put a thousand of them anew takes ten milliseconds: they are
 * left alone while they are the same, and no edit has moved a line.
 */
export function highlighter(
  editor: monaco.editor.IStandaloneCodeEditor,
): (highlights: readonly LineHighlight[]) => void {
  const signs = editor.createDecorationsCollection();
  const others = editor.createDecorationsCollection();
  let known: readonly LineHighlight[] = [];
  let hasMoved = false;
  editor.onDidChangeModelContent(({ changes, isFlush }) => {
    hasMoved ||=
      isFlush ||
      changes.some(({ range, text }) => range.startLineNumber !== range.endLineNumber || text.includes('\n'));
  });
  return (highlights) => {
    const now = signsIn(highlights);
    if (hasMoved || now.length !== known.length || now.some((one, i) => !isSame(one, known[i])))
      signs.set(signDecorations(now));
    known = now;
    hasMoved = false;
    others.set(otherDecorations(highlights));
  };
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
