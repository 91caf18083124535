/**
 * The editor in the colours of the page: Monaco wants its colours as hex, so they are read from the CSS variables
 * of tokens.css whenever the theme changes. Quiet on purpose: weight marks the operation, colour is for change.
 */
import { monaco } from './monaco.ts';

const NAMES = { light: 'bpf-light', dark: 'bpf-dark' } as const;

/** A CSS colour in hex or as 'rgba(...)', as '#RRGGBB[AA]'; undefined for what is neither (system colours). */
export function hexOf(colour: string): string | undefined {
  const text = colour.trim();
  if (/^#[0-9a-f]{6}([0-9a-f]{2})?$/i.test(text)) return text;
  // A build shortens #FFFFFF to #FFF.
  if (/^#[0-9a-f]{3,4}$/i.test(text)) return `#${[...text.slice(1)].map((digit) => digit + digit).join('')}`;
  const parts = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+))?\s*\)$/.exec(text);
  if (!parts) return undefined;
  const byte = (value: number) => Math.round(value).toString(16).padStart(2, '0');
  const alpha = parts[4] === undefined ? '' : byte(Number(parts[4]) * 255);
  return `#${byte(Number(parts[1]))}${byte(Number(parts[2]))}${byte(Number(parts[3]))}${alpha}`;
}

/** Which variable each colour of Monaco is. */
const COLOURS: Readonly<Record<string, string>> = {
  'editor.background': '--surface-1',
  'editor.foreground': '--text',
  'editorCursor.foreground': '--text',
  'editorLineNumber.foreground': '--dim',
  'editorLineNumber.activeForeground': '--text',
  'editor.inactiveSelectionBackground': '--sel',
  // Monaco colours the first depth of brackets whatever its options say; the others follow it.
  'editorBracketHighlight.foreground1': '--text',
  'editorBracketHighlight.foreground2': '--text',
  'editorBracketHighlight.foreground3': '--text',
  'editorBracketMatch.background': '--foc-wash',
  'editorBracketMatch.border': '--foc',
  'editorError.foreground': '--err',
  'editorWarning.foreground': '--rew',
  'editorWidget.background': '--surface-2',
  'editorWidget.foreground': '--text',
  'editorWidget.border': '--hairline',
  'editorHoverWidget.background': '--surface-2',
  'editorHoverWidget.foreground': '--text',
  'editorHoverWidget.border': '--hairline',
  'menu.background': '--surface-2',
  'menu.foreground': '--text',
  'menu.border': '--edge',
  'menu.separatorBackground': '--hairline',
  'menu.selectionBackground': '--surface-3',
  'menu.selectionForeground': '--text',
  'input.background': '--surface-1',
  'input.foreground': '--text',
  'input.border': '--edge',
  'inputOption.activeBorder': '--foc',
  focusBorder: '--foc',
  'editorLink.activeForeground': '--foc',
};

/** Which variable colours each token kind; bold by `weight`. */
const TOKENS: readonly { readonly token: string; readonly colour: string; readonly bold?: true }[] = [
  { token: '', colour: '--text' },
  { token: 'opcode', colour: '--text', bold: true },
  { token: 'func', colour: '--text' },
  { token: 'label', colour: '--text', bold: true },
  { token: 'directive', colour: '--foc' },
  { token: 'register', colour: '--text' },
  { token: 'number', colour: '--dim' },
  { token: 'string', colour: '--dim' },
  { token: 'comment', colour: '--dim' },
  { token: 'punct', colour: '--text' },
];

/** Defines the theme anew from the variables as they are now, and shows it. */
export function applyTheme(theme: 'light' | 'dark'): void {
  const style = getComputedStyle(document.documentElement);
  const read = (name: string): string | undefined => hexOf(style.getPropertyValue(name));
  const colors: Record<string, string> = {};
  for (const [key, name] of Object.entries(COLOURS)) {
    const colour = read(name);
    if (colour) colors[key] = colour;
  }
  const foc = read('--foc');
  if (foc) colors['editor.selectionBackground'] = `${foc}33`;
  monaco.editor.defineTheme(NAMES[theme], {
    base: theme === 'dark' ? 'vs-dark' : 'vs',
    inherit: true,
    rules: TOKENS.map(({ token, colour, bold }) => ({
      token,
      foreground: (read(colour) ?? (theme === 'dark' ? '#E6EAF0' : '#1B1F24')).slice(1, 7),
      fontStyle: bold ? 'bold' : '',
    })),
    colors,
  });
  monaco.editor.setTheme(NAMES[theme]);
}
