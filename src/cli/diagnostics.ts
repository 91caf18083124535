/** Problems as compilers print them: `file:line:col: error: text`. */
import { type Diagnostic, lineColAt } from '../base/diagnostic.ts';

export const nameOf = (file: string | undefined): string =>
  file === undefined || file === '-' ? '<stdin>' : file;

export function diagnosticText(
  file: string | undefined,
  source: string,
  diagnostics: readonly Diagnostic[],
): string {
  return diagnostics
    .map(({ from, severity, message, hint }) => {
      const { line, col } = lineColAt(source, from);
      return `${nameOf(file)}:${line}:${col}: ${severity}: ${message}${hint === undefined ? '' : ` (${hint})`}\n`;
    })
    .join('');
}
