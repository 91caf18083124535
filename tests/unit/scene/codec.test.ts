/** Would catch: a link that loses a field, a damaged or hostile link that throws, hangs, fills the memory or lies. */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeScene, encodeScene, SCENE_SIZE_MAX, sceneSize } from '../../../src/scene/codec.ts';
import { DEFAULT_SCENE, type Scene } from '../../../src/scene/scene.ts';
import { checkUpgraders, upgrade } from '../../../src/scene/upgraders.ts';

const scene: Scene = {
  source: 'start:\n  r0 = 1\n\tif r1 != 0 goto start ; „ünïcode“ \u{1f600}\n  exit\n',
  recipe: 'scale2~1000000~7',
  pass: 'hard_wire,dead_code,blind',
  step: 1,
  algorithm: 'array',
  seed: 0xffffffff,
  layer: 'core',
  semantics: 'rfc',
  moment: { op: 3, micro: 2 },
  from: 1,
  layout: 'debug',
  race: { program: 'page', at: 7 },
  hidden: ['unchanged'],
  pins: [7, null, 0],
  table: 'jumps',
  focus: 4,
  theme: 'dark',
};

const linkOf = (text: string, version = 1): string =>
  `#${version}.${deflateRawSync(Buffer.from(text)).toString('base64url')}`;

/** FNV-1a, as the links of all versions carry it. */
function sumOf(text: string): string {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
  return (hash >>> 0).toString(36);
}

const SAME = '#1.q1Yqzi8tSk5VslIqMlCwVTCMyUutyCyJyVPSUSouzQUKV5ibl1lUKdUCAA';

describe('scene links', () => {
  it('every field comes back, and a default scene too', () => {
    expect(decodeScene(encodeScene(scene))).toEqual({ scene, problems: [], raw: null });
    expect(decodeScene(encodeScene(DEFAULT_SCENE)).scene).toEqual(DEFAULT_SCENE);
  });

  it('defaults take no room', () => {
    expect(encodeScene(DEFAULT_SCENE).length).toBeLessThan(40);
    expect(encodeScene({ ...DEFAULT_SCENE, source: 'exit\n' })).toMatch(/^#1\.[\w-]+$/);
  });

  it('has the same letters everywhere', () => {
    // Written out once: a change of these letters means that equal scenes no longer have equal links.
    const { scene: got } = decodeScene(SAME);
    expect(got).toEqual({ ...DEFAULT_SCENE, source: 'r0 = 1\nexit\n' });
    expect(encodeScene(got)).toBe(SAME);
  });

  it('a link of the first form opens: fields that are no more are passed over, the layer is told', () => {
    const old = '{"layer":"auto","compare":[7],"layout":"race","pins":[1],"filters":["x"],"source":"exit"';
    const text = `${old},"sum":"${sumOf(old)}"}`;
    const got = decodeScene(linkOf(text));
    expect(got).toEqual({
      scene: { ...DEFAULT_SCENE, layout: 'race', pins: [1], source: 'exit' },
      ...{ problems: [], raw: null },
    });
  });

  it('what belongs to others (an embedding) is left to them', () => {
    const link = `${encodeScene(scene)}&embed=stage&theme=dark`;
    expect(decodeScene(link)).toEqual({ scene, problems: [], raw: null });
  });

  it('an empty hash is the default scene; anything else is told apart', () => {
    expect(decodeScene('')).toEqual({ scene: DEFAULT_SCENE, problems: [], raw: null });
    expect(decodeScene('#')).toEqual({ scene: DEFAULT_SCENE, problems: [], raw: null });
    for (const hash of ['#hello', '#0.AA', '#1', '#-1.x', '#1e3.AA']) {
      expect(decodeScene(hash).problems, hash).toHaveLength(1);
    }
  });

  it('a newer version shows what can be read and says so', () => {
    const { scene: got, problems } = decodeScene(linkOf('{"pass":"blind","future":[1]}', 9));
    expect(got).toEqual({ ...DEFAULT_SCENE, pass: 'blind' });
    expect(problems).toEqual([expect.stringContaining('newer version (9')]);
  });

  it('a newer version of which nothing can be read is newer, not damaged', () => {
    expect(decodeScene('#9.abcd').problems).toEqual([expect.stringContaining('newer version (9')]);
  });

  it('unknown fields are ignored, bad ones are the default and named', () => {
    const { scene: got, problems } = decodeScene(
      linkOf('{"seed":-1,"moment":[2,"x"],"focus":1.5,"pass":7,"wing":1,"source":"exit"}'),
    );
    expect(got).toEqual({ ...DEFAULT_SCENE, source: 'exit' });
    expect(problems.map((p) => /"(\w+)"/.exec(p)?.[1])).toEqual([
      undefined, // and it has no check sum
      'pass',
      'seed',
      'moment',
      'focus',
    ]);
  });

  it('what is no object is refused', () => {
    for (const text of ['[1]', '3', '"x"', 'null', '', '{', '{"']) {
      const { scene: got, problems } = decodeScene(linkOf(text));
      expect(got, text).toEqual(DEFAULT_SCENE);
      expect(problems, text).toHaveLength(1);
    }
  });

  it('a prototype cannot be reached through a link', () => {
    const { scene: got } = decodeScene(linkOf('{"__proto__":{"seed":7},"constructor":{"x":1}}'));
    expect(got).toEqual(DEFAULT_SCENE);
    expect(({} as Record<string, unknown>).x).toBeUndefined();
  });

  it('half a link keeps the small fields and the beginning of the source', () => {
    const long = {
      ...scene,
      source: Array.from({ length: 500 }, (_, i) => `r${i % 10} = ${i * 7919}`).join('\n'),
    };
    const link = encodeScene(long);
    const { scene: got, problems, raw } = decodeScene(link.slice(0, link.length >> 1));
    expect({ ...got, source: '' }).toEqual({ ...long, source: '' });
    expect(got.source.length).toBeGreaterThan(1000);
    expect(long.source.startsWith(got.source)).toBe(true);
    expect(problems).toEqual([expect.stringContaining('damaged')]);
    expect(raw).toContain(got.source.slice(0, 6));
  });

  it('an altered text is called altered', () => {
    const bytes = Buffer.from(encodeScene(scene).slice(3), 'base64url');
    const text = inflateRawSync(bytes).toString().replace('r0 = 1', 'r0 = 2');
    const { scene: got, problems } = decodeScene(linkOf(text));
    expect(got.source).toContain('r0 = 2');
    expect(problems).toEqual([expect.stringContaining('altered')]);
  });

  it('a link that would fill the memory is refused with the number, without being inflated', () => {
    const bomb = linkOf(`{"source":"${'a'.repeat(SCENE_SIZE_MAX)}"}`);
    expect(bomb.length).toBeLessThan(10_000);
    const { scene: got, problems } = decodeScene(bomb);
    expect(got).toEqual(DEFAULT_SCENE);
    expect(problems).toEqual([expect.stringContaining('2,097,152')]);
    expect(sceneSize({ ...DEFAULT_SCENE, source: 'a'.repeat(SCENE_SIZE_MAX) })).toBeGreaterThan(
      SCENE_SIZE_MAX,
    );
  });

  it('line breaks that a mail program put in do no harm', () => {
    const link = encodeScene(scene);
    expect(decodeScene(link.replace(/(.{40})/g, '$1\r\n')).scene).toEqual(scene);
  });
});

describe('upgraders', () => {
  it('a missing one is found when the module is loaded', () => {
    expect(() => checkUpgraders({ 1: (p) => ({ ...p }) }, 3)).toThrow('version 2');
    expect(() => checkUpgraders({ 1: (p) => ({ ...p }), 2: (p) => ({ ...p }) }, 3)).not.toThrow();
  });

  it('run in order, from the version of the link on', () => {
    const add = (name: string) => (plain: Readonly<Record<string, unknown>>) => ({
      ...plain,
      [name]: Object.keys(plain).length,
    });
    const steps = { 1: add('one'), 2: add('two') };
    expect(upgrade({ zero: 0 }, 1, steps, 3)).toEqual({ zero: 0, one: 1, two: 2 });
    expect(upgrade({ zero: 0 }, 2, steps, 3)).toEqual({ zero: 0, two: 1 });
    expect(upgrade({ zero: 0 }, 5, steps, 3)).toEqual({ zero: 0 });
  });
});
