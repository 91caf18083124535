/**
 * What is wrong with a text, where, and what to do about it. `from` and `to` are UTF-16 offsets into the
 * source (half open), so every consumer (editor, command line, list of problems) derives its own coordinates.
 */
export interface Diagnostic {
  readonly code: string;
  readonly severity: 'error' | 'warning';
  readonly from: number;
  readonly to: number;
  readonly message: string;
  readonly hint?: string;
}

/** A value that is always there, with what was wrong on the way to it. */
export interface Diagnosed<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** 1-based line and column of a UTF-16 offset. */
export function lineColAt(text: string, offset: number): { line: number; col: number } {
  let line = 1;
  let start = 0;
  for (let i = text.indexOf('\n'); i >= 0 && i < offset; i = text.indexOf('\n', i + 1)) {
    line++;
    start = i + 1;
  }
  return { line, col: offset - start + 1 };
}
