/**
 * What is drawn over an older picture is what would be drawn anew. Catches an element that is used for another mark and
 * keeps an attribute, a text or a child of the one before, or stands at a wrong place; and one that is made anew although it
 * is known.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Mark, toSvg } from '../../../src/figures/index.ts';
import { drawMarks } from '../../../src/views/stage/draw-marks.ts';
import { staying } from '../../../src/views/stage/keep-order.ts';

/** As much of a document as drawing needs. */
class Node {
  parent: Element | null = null;
  nodeValue: string | null = null;
  get nextElementSibling(): Element | null {
    const others = this.parent?.nodes ?? [];
    return (
      (others.slice(others.indexOf(this) + 1).find((node) => node instanceof Element) as Element) ?? null
    );
  }
  remove(): void {
    if (this.parent) this.parent.nodes = this.parent.nodes.filter((node) => node !== this);
    this.parent = null;
  }
}
class Element extends Node {
  nodes: Node[] = [];
  readonly attrs = new Map<string, string>();
  readonly tag: string;
  constructor(tag: string) {
    super();
    this.tag = tag;
  }
  get firstChild(): Node | null {
    return this.nodes[0] ?? null;
  }
  get firstElementChild(): Element | null {
    return (this.nodes.find((node) => node instanceof Element) as Element | undefined) ?? null;
  }
  get lastElementChild(): Element | null {
    return (this.nodes.findLast((node) => node instanceof Element) as Element | undefined) ?? null;
  }
  set textContent(text: string) {
    this.nodes = [];
    if (text === '') return;
    const node = new Node();
    node.nodeValue = text;
    this.appendChild(node);
  }
  appendChild(node: Node): void {
    this.insertBefore(node, null);
  }
  insertBefore(node: Node, behind: Node | null): void {
    node.remove();
    node.parent = this;
    this.nodes.splice(behind ? this.nodes.indexOf(behind) : this.nodes.length, 0, node);
    moves++;
  }
  setAttribute(name: string, value: string): void {
    this.attrs.set(name, value);
    writes++;
  }
  removeAttribute(name: string): void {
    this.attrs.delete(name);
  }
  getAttribute(name: string): string | null {
    return this.attrs.get(name) ?? null;
  }
}
let moves = 0;
let writes = 0;
let made = 0;

type Plain =
  | string
  | { readonly tag: string; readonly attrs: Record<string, string>; readonly nodes: Plain[] };
const plain = (node: Node): Plain =>
  node instanceof Element
    ? {
        tag: node.tag,
        attrs: Object.fromEntries([...node.attrs].sort(([a], [b]) => (a < b ? -1 : 1))),
        nodes: node.nodes.filter((child) => child.nodeValue !== '').map(plain),
      }
    : (node.nodeValue ?? '');

const before = globalThis.document;
beforeAll(() => {
  globalThis.document = {
    createElementNS: (_: string, tag: string) => {
      made++;
      return new Element(tag);
    },
  } as unknown as Document;
});
afterAll(() => {
  globalThis.document = before;
});

const draw = (parent: Element, marks: readonly Mark[]): void =>
  drawMarks(parent as unknown as SVGElement, marks, { duration: 0 });

const attrs = fc.record(
  { class: fc.constantFrom('a', 'b'), x: fc.integer({ min: 0, max: 2 }), id: fc.constant(undefined) },
  { requiredKeys: [] },
);
const span = fc.record(
  {
    text: fc.constantFrom('', 'r0', '+3'),
    cls: fc.constantFrom('', 'dist'),
    x: fc.nat(2),
    length: fc.nat(2),
  },
  { requiredKeys: ['text'] },
);
const leaf = fc.record({
  tag: fc.constantFrom('text' as const, 'title' as const),
  attrs,
  content: fc.oneof(
    fc.record({ text: fc.constantFrom('', 'one', 'two') }),
    fc.record({ spans: fc.array(span, { maxLength: 3 }) }),
    fc.constant({}),
  ),
});
const keyed = <T>(item: fc.Arbitrary<T>) =>
  fc.uniqueArray(fc.tuple(fc.nat(12).map(String), item), { maxLength: 8, selector: ([key]) => key });
const leaves = keyed(leaf).map((all) =>
  all.map(([key, { tag, attrs: of, content }]): Mark => ({ tag, key, attrs: of, ...content })),
);
const picture = keyed(fc.tuple(fc.constantFrom('g' as const, 'rect' as const), attrs, leaves)).map((all) =>
  all.map(
    ([key, [tag, of, children]]): Mark =>
      tag === 'g' ? { tag, key, attrs: of, children } : { tag, key, attrs: of },
  ),
);

describe('drawing', () => {
  test('over any picture gives the picture', () => {
    fc.assert(
      fc.property(fc.array(picture, { minLength: 2, maxLength: 5 }), (pictures) => {
        const used = new Element('svg');
        for (const marks of pictures) {
          draw(used, marks);
          const anew = new Element('svg');
          draw(anew, marks);
          expect(plain(used), toSvg(marks)).toEqual(plain(anew));
        }
      }),
    );
  });

  const row = (uid: number, y: number): Mark => ({
    ...{ tag: 'g', key: String(uid), attrs: { transform: `translate(0,${y})`, 'data-uid': uid } },
    children: [
      {
        tag: 'text',
        key: 'text',
        attrs: { x: 0 },
        spans: [{ text: String(uid) }, { text: 'exit', cls: 'dim' }],
      },
    ],
  });
  const rows = (from: number) => Array.from({ length: 30 }, (_, i) => row(from + i, i * 20));

  test('other rows at the same places makes no element and writes what is another', () => {
    const svg = new Element('svg');
    draw(svg, rows(0));
    made = writes = moves = 0;
    draw(svg, rows(500));
    expect({ made, moves, writes }).toEqual({ made: 0, moves: 0, writes: 30 });
  });

  test('what scrolls by three rows moves three elements', () => {
    const svg = new Element('svg');
    draw(svg, rows(0));
    made = moves = 0;
    draw(svg, rows(3));
    expect({ made, moves }).toEqual({ made: 0, moves: 3 });
  });

  test('a row that is still there is the same element, while others take what is free', () => {
    const svg = new Element('svg');
    draw(svg, rows(0));
    const kept = svg.nodes[20];
    draw(svg, rows(15));
    expect(svg.nodes.indexOf(kept)).toBe(5);
  });
});

test('as many as can stay where they are', () => {
  const naive = (places: readonly number[]): number => {
    const best = places.map(() => 1);
    places.forEach((place, i) => {
      for (let k = 0; k < i; k++)
        if (places[k] >= 0 && places[k] < place) best[i] = Math.max(best[i], best[k] + 1);
    });
    return Math.max(0, ...best.filter((_, i) => places[i] >= 0));
  };
  const some = fc
    .tuple(fc.uniqueArray(fc.nat(30), { maxLength: 12 }), fc.array(fc.nat(12), { maxLength: 4 }))
    .map(([places, gaps]) => gaps.reduce((all, gap) => all.toSpliced(gap, 0, -1), places));
  fc.assert(
    fc.property(some, (places) => {
      const stays = staying(places);
      const kept = places.filter((_, i) => stays[i] === 1);
      expect(kept).toEqual(kept.toSorted((a, b) => a - b));
      expect(kept.every((place) => place >= 0)).toBe(true);
      expect(kept.length).toBe(naive(places));
    }),
  );
});
