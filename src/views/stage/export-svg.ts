/** The picture on the stage as a file of its own: what is drawn, with its colours and type put in. */
import { momentWords, stepNow } from '../../store/selectors.ts';
import { get } from '../../store/store.ts';
import { say } from '../../store/visit.ts';

/** What a drawing needs of its style; in this order, so that equal looks are equal texts. */
const PROPERTIES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-dasharray',
  'stroke-linecap',
  'stroke-linejoin',
  'shape-rendering',
  'opacity',
  'visibility',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
  'text-decoration-line',
  'dominant-baseline',
  'white-space',
] as const;

/** Space above the rows for the names of the columns. */
const HEAD_H = 32;
const NS = 'http://www.w3.org/2000/svg';

/** Classes of the file: one for each look, whatever made it. */
class Looks {
  readonly rules: string[] = [];
  readonly #known = new Map<string, string>();
  of(style: CSSStyleDeclaration): string {
    const text = PROPERTIES.map((name) => `${name}:${style.getPropertyValue(name)}`).join(';');
    const known = this.#known.get(text);
    if (known !== undefined) return known;
    const name = `s${this.#known.size}`;
    this.#known.set(text, name);
    this.rules.push(`.${name}{${text}}`);
    return name;
  }
}

/** What only the page and assistive technology ask for; what others are filled with keeps its name. */
export const isPageOnly = (name: string, tag: string): boolean =>
  name === 'id' ? tag !== 'pattern' : /^(class|role|tabindex|aria-.*|data-.*)$/.test(name);

/** A copy of a drawn element in which each look is a class; null: nothing of it is seen. */
function copyOf(el: Element, looks: Looks): Element | null {
  const style = getComputedStyle(el);
  if (style.display === 'none' && !el.closest('defs')) return null;
  const copy = document.createElementNS(NS, el.tagName);
  for (const { name, value } of el.attributes)
    if (!isPageOnly(name, el.tagName)) copy.setAttribute(name, value);
  if (el.tagName !== 'title') copy.setAttribute('class', looks.of(style));
  for (const child of el.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.textContent ?? '');
    else if (child instanceof Element) copy.append(copyOf(child, looks) ?? '');
  }
  return copy;
}

const element = (tag: string, attrs: Readonly<Record<string, string | number>>, text = ''): Element => {
  const el = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attrs)) el.setAttribute(name, String(value));
  el.textContent = text;
  return el;
};

/** Names of the columns where the page has them. */
function headsOf(head: Element | null, left: number, looks: Looks): Element[] {
  return [...(head?.children ?? [])].map((part) => {
    const select = part.querySelector('select');
    const name = part.querySelector('b') ?? select ?? part;
    const words = select?.selectedOptions[0]?.text ?? name.textContent ?? '';
    const title = words.charAt(0).toUpperCase() + words.slice(1);
    const style = getComputedStyle(name);
    const box = part.getBoundingClientRect();
    // Names of narrow columns stand at the edge where their values do.
    const isEnd = getComputedStyle(part).textAlign === 'right';
    const x = (isEnd ? box.right : box.left) - left;
    const look = `fill:${style.color};text-anchor:${isEnd ? 'end' : 'start'}`;
    return element('text', { x, y: HEAD_H / 2 + 4, class: looks.of(style), style: look }, title);
  });
}

/** The stage as SVG text; null when there is none. */
export function stageSvg(): string | null {
  // Of a refused run most is folded: what is drawn then stands in front of the stage, which is empty.
  const svg =
    document.querySelector<SVGSVGElement>('.broken-stage svg') ??
    document.querySelector<SVGSVGElement>('.stage-scroll svg');
  if (!svg) return null;
  const looks = new Looks();
  const { width, height, left } = svg.getBoundingClientRect();
  const root = element('svg', {
    xmlns: NS,
    viewBox: `0 0 ${width} ${height + HEAD_H}`,
    width,
    height: height + HEAD_H,
  });
  const s = get();
  const rows = element('g', { transform: `translate(0,${HEAD_H})` });
  for (const child of svg.children) rows.append(copyOf(child, looks) ?? '');
  const heads = headsOf(document.querySelector('.stage-head'), left, looks);
  const surface = getComputedStyle(document.body).backgroundColor;
  root.append(
    element('title', {}, `BPF Patch Explorer: ${momentWords(s)}`),
    element('desc', {}, `${stepNow(s)?.title ?? ''} ${location.href}`),
    element('style', {}, looks.rules.join('\n')),
    element('rect', { width, height: height + HEAD_H, fill: surface }),
    ...heads,
    rows,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

/** Another drawing of the page as SVG text, by itself. */
export function drawingSvg(svg: SVGSVGElement, title: string): string {
  const looks = new Looks();
  const { width, height } = svg.getBoundingClientRect();
  const root = element('svg', { xmlns: NS, viewBox: `0 0 ${width} ${height}`, width, height });
  const parts = [...svg.children].map((child) => copyOf(child, looks) ?? '');
  root.append(
    element('title', {}, title),
    element('style', {}, looks.rules.join('\n')),
    element('rect', { width, height, fill: getComputedStyle(document.body).backgroundColor }),
    ...parts,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${new XMLSerializer().serializeToString(root)}\n`;
}

export function saveDrawing(svg: SVGSVGElement | null, title: string, name: string): void {
  say(svg === null ? 'There is no picture to save.' : saved(drawingSvg(svg, title), name));
}

/** Save it under a name that says which moment it is. */
export function saveStage(): void {
  const text = stageSvg();
  say(text === null ? 'There is no picture to save.' : saved(text, `bpf-patch-op-${get().op}.svg`));
}

function saved(text: string, name: string): string {
  const url = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the file by the next turn.
  setTimeout(() => URL.revokeObjectURL(url));
  return `Saved ${name}, ${Math.ceil(text.length / 1000)} kB.`;
}
