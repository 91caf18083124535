/** Problems as compilers print them: `file:line:col: error: text`. */
import type { Diagnostic } from '../base/diagnostic.ts';

export const nameOf = (file: string | undefined): string =>
  file === undefined || file === '-' ? '<stdin>' : file;

export function diagnosticText(
  file: string | undefined,
  source: string,
  diagnostics: readonly Diagnostic[],
): string {
  // Mostly they come in the order of the text, so that its lines are counted once, and not anew for each of a thousand.
  let [line, start] = [1, 0];
  return diagnostics
    .map(({ from, severity, message, hint }) => {
      if (from < start) [line, start] = [1, 0];
      for (let at = source.indexOf('\n', start); at >= 0 && at < from; at = source.indexOf('\n', start)) {
        line++;
        start = at + 1;
      }
      const col = from - start + 1;
      return `${nameOf(file)}:${line}:${col}: ${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}\n`;
    })
    .join('');
}
