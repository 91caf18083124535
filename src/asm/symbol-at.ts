/** Which label a place of the text names, for going to its definition and for marking its mentions. */
import type { Assembly } from './assembly.ts';

export interface SymbolRange {
  readonly from: number;
  readonly to: number;
}

export interface SymbolHit {
  readonly name: string;
  readonly slot: number;
  readonly definition: SymbolRange;
  readonly mentions: readonly SymbolRange[];
}

/** The label defined or mentioned at a UTF-16 offset of `text`, the text that was assembled. */
export function symbolAt(assembly: Assembly, text: string, offset: number): SymbolHit | undefined {
  const { labels, labelRefs } = assembly;
  const covers = (from: number, to: number): boolean => from <= offset && offset <= to;
  let name = labels.find(({ from, to }) => covers(from, to))?.name;
  for (let i = 0; name === undefined && i < labelRefs.length; i += 3)
    if (covers(labelRefs[i], labelRefs[i + 1])) name = text.slice(labelRefs[i], labelRefs[i + 1]);
  const label = labels.find((one) => one.name === name);
  if (label === undefined) return undefined;
  const mentions: SymbolRange[] = [];
  for (let i = 0; i < labelRefs.length; i += 3) {
    const [from, to] = [labelRefs[i], labelRefs[i + 1]];
    if (to - from === label.name.length && text.startsWith(label.name, from)) mentions.push({ from, to });
  }
  return { name: label.name, slot: label.slot, definition: { from: label.from, to: label.to }, mentions };
}
