/**
 * Would catch: two role colours that somebody with another colour vision takes for one, and a colour that cannot be
 * read on its surface. Visions by the matrices of Machado, Oliveira and Fernandes (2009) for full severity; distance in
 * OKLab (Ottosson 2020), times 100; contrast as WCAG 2 defines it.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

type Rgb = readonly [number, number, number];

const css = readFileSync(new URL('../../../src/views/tokens.css', import.meta.url), 'utf8');

/** Custom properties of the first block whose selector begins so. */
function tokensOf(selector: string): Map<string, string> {
  const from = css.indexOf(selector);
  const block = css.slice(css.indexOf('{', from) + 1, css.indexOf('}', from));
  return new Map(Array.from(block.matchAll(/--([\w-]+):\s*([^;]+);/g), ([, name, value]) => [name, value]));
}

const THEMES = { light: tokensOf(':root'), dark: tokensOf('[data-theme="dark"]') };
/** What colours mean; plain text is told from them by their second signal, a sign, a bar or a strike. */
const ROLES = ['ins', 'del', 'ret', 'rew', 'foc'] as const;

const VISIONS: Readonly<Record<string, readonly Rgb[]>> = {
  usual: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

function linearOf(theme: ReadonlyMap<string, string>, token: string): Rgb {
  const hex = /^#([0-9a-f]{6})$/i.exec(theme.get(token) ?? '');
  if (!hex) throw new Error(`--${token} is no colour of six digits`);
  const channel = (at: number) => {
    const c = Number.parseInt(hex[1].slice(at, at + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return [channel(0), channel(2), channel(4)];
}

const dot = (a: Rgb, b: Rgb): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const times = (m: readonly Rgb[], v: Rgb): Rgb => [dot(m[0], v), dot(m[1], v), dot(m[2], v)];
const clamp = (v: Rgb): Rgb => v.map((c) => Math.max(0, Math.min(1, c))) as unknown as Rgb;

const TO_LMS: readonly Rgb[] = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];
const TO_LAB: readonly Rgb[] = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];
const labOf = (linear: Rgb): Rgb => times(TO_LAB, times(TO_LMS, linear).map(Math.cbrt) as unknown as Rgb);

const distance = (a: Rgb, b: Rgb): number =>
  100 * Math.hypot(...labOf(a).map((value, k) => value - labOf(b)[k]));

const luminance = (linear: Rgb): number => dot([0.2126, 0.7152, 0.0722], linear);
function contrast(a: Rgb, b: Rgb): number {
  const [lo, hi] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (hi + 0.05) / (lo + 0.05);
}

describe.each(Object.entries(THEMES))('%s colours', (_name, theme) => {
  it.each(Object.entries(VISIONS))('are told apart by %s vision', (_vision, matrix) => {
    for (const [i, a] of ROLES.entries())
      for (const b of ROLES.slice(i + 1)) {
        const [x, y] = [a, b].map((role) => clamp(times(matrix, linearOf(theme, role))));
        expect(distance(x, y), `${a} and ${b}`).toBeGreaterThanOrEqual(12.5);
      }
  });

  it('can be read on both surfaces, and on their own wash', () => {
    // Focus is a bar and an outline, never text on the second surface.
    for (const role of [...ROLES, 'text', 'dim', 'err'] as const)
      for (const surface of ['surface-1', 'surface-2'])
        expect(
          contrast(linearOf(theme, role), linearOf(theme, surface)),
          `${role} on ${surface}`,
        ).toBeGreaterThanOrEqual(role === 'foc' ? 4.4 : 4.5);
    for (const role of ['ins', 'del', 'ret', 'rew', 'err'])
      expect(
        contrast(linearOf(theme, role), linearOf(theme, `${role}-wash`)),
        `${role} on its wash`,
      ).toBeGreaterThanOrEqual(4.5);
    for (const line of ['edge', 'ghost'])
      expect(contrast(linearOf(theme, line), linearOf(theme, 'surface-1')), line).toBeGreaterThanOrEqual(3);
  });
});
