/**
 * What the source editor is told and what it reports, the same for Monaco and for the plain text area. The editor
 * is dumb: meanings and definitions are asked for, positions are UTF-16 offsets or 1-based lines.
 */
import type { Ref } from 'react';
import type { Diagnostic } from '../../base/diagnostic.ts';

/** focus and hover tint a line; the others put the sign of an edit before it. */
export type HighlightKind = 'focus' | 'hover' | 'replace' | 'rewrite' | 'prepend' | 'remove';

export interface LineHighlight {
  /** 1-based. */
  readonly line: number;
  readonly kind: HighlightKind;
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
}

export interface EditorProps {
  readonly value: string;
  onChange(text: string): void;
  readonly diagnostics: readonly Diagnostic[];
  onCaret(offset: number): void;
  readonly highlights: readonly LineHighlight[];
  onHoverLine(line: number | null): void;
  readonly theme: 'light' | 'dark';
  readonly readOnly?: boolean;
  /** Paragraphs of plain text on what stands at the offset. */
  hoverAt?(offset: number): readonly string[] | null;
  /** Where the name at the offset is defined. */
  definitionAt?(offset: number): SourceRange | null;
  /** Esc: where the focus goes; without it, to the next stop of the page. */
  onLeave?(): void;
  readonly ref?: Ref<EditorHandle>;
}
