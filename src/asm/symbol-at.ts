/** Where the label that a place of the text names is defined. */
import type { Assembly } from './assembly.ts';

/** The definition of the label defined or mentioned at a UTF-16 offset of `text`, the text that was assembled. */
export function symbolAt(
  { labels, labelRefs }: Assembly,
  text: string,
  offset: number,
): { readonly from: number; readonly to: number } | null {
  const covers = (from: number, to: number): boolean => from <= offset && offset <= to;
  let label = labels.find(({ from, to }) => covers(from, to));
  for (let i = 0; !label && i < labelRefs.length; i += 3) {
    const [from, to] = [labelRefs[i], labelRefs[i + 1]];
    if (covers(from, to)) label = labels.find(({ name }) => name === text.slice(from, to));
  }
  return label ? { from: label.from, to: label.to } : null;
}
