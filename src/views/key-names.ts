/** Keys as the table of commands names them, and as a person reads them. */

/** What is asked of a keyboard event. */
type Pressed = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey' | 'getModifierState'
>;

/**
 * 'ArrowRight', 'Shift+ArrowRight', 'Ctrl+K', 'Shift+A', 'a', '?', 'Space'. A sign is what it is, however it is typed
 * (with Shift here, with AltGr there); the command key counts as Ctrl. Null: with Alt it is the browser's.
 */
export function keyOf(e: Pressed): string | null {
  const isAltGr = e.getModifierState('AltGraph');
  const isCtrl = (e.ctrlKey || e.metaKey) && !isAltGr;
  if (e.altKey && !isAltGr) return null;
  const key = e.key === ' ' ? 'Space' : e.key;
  const isLetter = key.length === 1 && key.toLowerCase() !== key.toUpperCase();
  const isSign = key.length === 1 && !isLetter;
  const isShift = e.shiftKey && !isSign;
  const name = !isLetter ? key : isShift || isCtrl ? key.toUpperCase() : key.toLowerCase();
  return `${isCtrl ? 'Ctrl+' : ''}${isShift ? 'Shift+' : ''}${name}`;
}

const SHOWN: Readonly<Record<string, string>> = {
  ArrowLeft: '\u2190',
  ArrowRight: '\u2192',
  ArrowUp: '\u2191',
  ArrowDown: '\u2193',
  PageUp: 'PgUp',
  PageDown: 'PgDn',
  Escape: 'Esc',
  '-': '\u2212',
};

/** "Shift+\u2192", "Ctrl+K"; on a Mac "\u2318K". */
export function keyWords(key: string, isMac: boolean): string {
  const parts = key.split(/\+(?=.)/).map((part) => SHOWN[part] ?? part);
  return isMac && parts[0] === 'Ctrl' ? `\u2318${parts.slice(1).join('+')}` : parts.join('+');
}

/** Keys of one line of the sheet; a row of neighbours is written with its ends: "1\u20134". */
export function lineWords(keys: readonly string[], isMac: boolean): readonly string[] {
  const [first] = keys;
  const stem = first.slice(0, -1);
  const isRow =
    keys.length > 2 &&
    keys.every((key, i) => key === stem + String.fromCharCode(first.charCodeAt(first.length - 1) + i));
  if (isRow) return [`${keyWords(first, isMac)}\u2013${keys[keys.length - 1].slice(-1)}`];
  return keys.map((key) => keyWords(key, isMac));
}

export const isMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);
