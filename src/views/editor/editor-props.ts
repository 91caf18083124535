/**
 * What the source editor is told and what it reports, the same for Monaco and for the plain text area. The editor
 * is dumb: meanings and definitions are asked for, positions are UTF-16 offsets or 1-based lines.
 */
import type { Ref } from 'react';
import type { Diagnostic } from '../../base/diagnostic.ts';

/** The sign of an edit before a line; rewrite is a replace by as much. */
export type SignKind = 'replace' | 'rewrite' | 'prepend' | 'remove';

/** focus and hover tint a line, a pin puts its letter before it, the others the sign of an edit. */
export type HighlightKind = 'focus' | 'hover' | 'pin' | SignKind;

export interface LineHighlight {
  /** 1-based. */
  readonly line: number;
  readonly kind: HighlightKind;
  /** Of a pin, A to F. */
  readonly letter?: string;
  /** Of a sign: what it means, in words. */
  readonly tip?: string;
  /** Of a sign: nobody does what it says. */
  readonly isIdle?: boolean;
}

export interface SourceRange {
  readonly from: number;
  readonly to: number;
}

export interface EditorHandle {
  focus(): void;
  /** Puts the caret there, or selects up to `to`; scrolls only if it is out of view, and takes the focus. */
  revealOffset(offset: number, to?: number): void;
  /** What is selected; null before there is an editor. */
  selection(): SourceRange | null;
  /** Where a line stands on the screen; null before there is an editor. */
  lineBox(line: number): LineBox | null;
}

/** In pixels of the window. */
export interface LineBox {
  readonly left: number;
  readonly top: number;
  readonly bottom: number;
}

export interface EditorProps {
  readonly value: string;
  onChange(text: string): void;
  readonly diagnostics: readonly Diagnostic[];
  onCaret(offset: number): void;
  onHoverLine(line: number | null): void;
  readonly theme: 'light' | 'dark';
  readonly readOnly?: boolean;
  /** Whether an insn stands on the line, which can be patched. */
  canPatch?(line: number): boolean;
  /** Somebody asked to patch the insn of a line: by its sign, by the plus beside it, or by the key. */
  onPatch?(line: number, kind: SignKind | null): void;
  /** Esc: where the focus goes; without it, to the next stop of the page. */
  onLeave?(): void;
  readonly ref?: Ref<EditorHandle>;
}

/** What Monaco shows besides, which the plain text area cannot. */
export interface MonacoProps extends EditorProps {
  readonly highlights: readonly LineHighlight[];
  /** Paragraphs of plain text on what stands at the offset. */
  hoverAt?(offset: number): readonly string[] | null;
  /** Where the name at the offset is defined. */
  definitionAt?(offset: number): SourceRange | null;
}
