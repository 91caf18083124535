/**
 * A figure is a function from data to marks: a small tree that says what to draw, with geometry decided and no DOM
 * in sight. The stage moves marks by key; tests and exports write the same tree as text.
 */
export type Attr = string | number | undefined;

/** A run of text inside a line; one with an `x` starts at that place. */
export interface Span {
  readonly text: string;
  readonly cls?: string;
  readonly x?: number;
  readonly anchor?: 'end';
  /** Width the run is squeezed into. */
  readonly length?: number;
}

/** Attributes of the tspan of a run. */
export const spanAttrs = (span: Span): Record<string, Attr> => ({
  class: span.cls,
  x: span.x,
  'text-anchor': span.anchor,
  textLength: span.length,
  lengthAdjust: span.length === undefined ? undefined : 'spacingAndGlyphs',
});

/** How a mark comes to where it stands, for those who see it move; times are those at single speed. */
export interface Moves {
  /** What it begins with when it is new. */
  readonly from?: Readonly<Record<string, Attr>>;
  /** Milliseconds that it waits, and that it travels. */
  readonly delay?: number;
  readonly duration?: number;
}

export interface Mark {
  readonly tag: 'g' | 'rect' | 'text' | 'path' | 'circle' | 'title';
  /** Identity among its siblings: a mark with the same key is the same thing, moved. */
  readonly key: string;
  readonly attrs: Readonly<Record<string, Attr>>;
  readonly text?: string;
  readonly spans?: readonly Span[];
  readonly children?: readonly Mark[];
  /** Holds for what is in it, too. */
  readonly moves?: Moves;
}

type Attrs = Record<string, Attr>;

export const group = (key: string, attrs: Attrs, children: readonly Mark[]): Mark => ({
  tag: 'g',
  key,
  attrs,
  children,
});
export const path = (key: string, d: string, cls: string, attrs: Attrs = {}): Mark => ({
  tag: 'path',
  key,
  attrs: { d, class: cls, ...attrs },
});
export const rect = (
  key: string,
  x: number,
  y: number,
  width: number,
  height: number,
  cls: string,
  attrs: Attrs = {},
): Mark => ({ tag: 'rect', key, attrs: { x, y, width, height, class: cls, ...attrs } });
export const circle = (key: string, cx: number, cy: number, r: number, cls: string): Mark => ({
  tag: 'circle',
  key,
  attrs: { cx, cy, r, class: cls },
});
export const label = (
  key: string,
  x: number,
  y: number,
  text: string,
  cls: string,
  attrs: Attrs = {},
): Mark => ({ tag: 'text', key, attrs: { x, y, class: cls, ...attrs }, text });
export const spans = (key: string, x: number, y: number, parts: readonly Span[], cls: string): Mark => ({
  tag: 'text',
  key,
  attrs: { x, y, class: cls },
  spans: parts,
});

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const attrText = (attrs: Readonly<Record<string, Attr>>): string =>
  Object.entries(attrs)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => ` ${name}="${escapeText(String(value))}"`)
    .join('');

/** The marks as SVG text, for snapshots and exports. */
export function toSvg(marks: readonly Mark[], indent = ''): string {
  return marks
    .map((mark) => {
      const attrs = attrText(mark.attrs);
      if (mark.children)
        return `${indent}<${mark.tag}${attrs}>\n${toSvg(mark.children, `${indent}  `)}${indent}</${mark.tag}>\n`;
      const inner = mark.spans
        ? mark.spans
            .map((span) => `<tspan${attrText(spanAttrs(span))}>${escapeText(span.text)}</tspan>`)
            .join('')
        : escapeText(mark.text ?? '');
      return `${indent}<${mark.tag}${attrs}>${inner}</${mark.tag}>\n`;
    })
    .join('');
}
