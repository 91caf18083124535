/** What stands small at the right end of a node beside its insn, if both have room. */
import type { Geometry } from '../geometry.ts';
import { TIGHTEST } from '../insn-text.ts';
import { label, type Mark } from '../mark.ts';

const CHAR_W = 6.62; // 11 px of the code face
const PAD = 10;

export interface FittedTag {
  /** Empty: it has no room. */
  readonly tag: string;
  /** Characters of the insn's text that fit beside it. */
  readonly fit: number;
}

/** The longest of the tags that leaves the text room; phones and dense rows have room for none. */
export function fitTag(g: Geometry, tags: readonly string[], text: string): FittedTag {
  if (g.boxed && !g.narrow)
    for (const tag of tags) {
      const fit = g.fit - Math.ceil((tag.length * CHAR_W + PAD) / g.charW);
      if (text.length * TIGHTEST <= fit) return { tag, fit };
    }
  return { tag: '', fit: g.fit };
}

/** The tag in a node that ends at `right`; a blank keeps it apart from the insn for whoever reads the row as text. */
export const tagMarks = (tag: string, right: number): Mark[] =>
  tag === '' ? [] : [label('tag', right - 8, 0, ` ${tag}`, 'node-tag')];
