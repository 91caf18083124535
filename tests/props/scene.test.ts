/** Would catch: a scene that a link does not carry whole, and a broken link that throws or is not called broken. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeScene, encodeScene } from '../../src/scene/codec.ts';
import type { Scene } from '../../src/scene/scene.ts';

const id = fc.string({ minLength: 1, maxLength: 20 });
const uint31 = fc.nat({ max: 0x7fffffff });
const moment = fc.record({ op: uint31, micro: uint31 });
const scenes: fc.Arbitrary<Scene> = fc.record({
  source: fc.oneof(
    fc.string({ unit: 'binary', maxLength: 400 }),
    fc.string({ unit: fc.constantFrom('\ud800', '\udfff', 'a', '"', '\\', '\0', ',', '{') }),
  ),
  pass: id,
  algorithm: id,
  seed: fc.nat({ max: 0xffffffff }),
  layer: id,
  semantics: id,
  moment,
  compare: fc.option(moment),
  layout: id,
  focus: fc.option(fc.nat({ max: 0xffffffff })),
  pins: fc.array(fc.nat({ max: 0xffffffff }), { maxLength: 6 }),
  filters: fc.array(id, { maxLength: 16 }),
  theme: fc.option(id),
});

describe('scene links', () => {
  it('decode(encode(scene)) is the scene', () =>
    fc.assert(
      fc.asyncProperty(scenes, async (scene) => {
        expect(await decodeScene(await encodeScene(scene))).toEqual({ scene, problems: [], raw: null });
      }),
    ));

  it('a link cut anywhere never throws, and says so unless nothing is left', () =>
    fc.assert(
      fc.asyncProperty(scenes, fc.nat(), async (scene, cut) => {
        const link = await encodeScene(scene);
        const { problems } = await decodeScene(link.slice(0, 2 + (cut % (link.length - 2))));
        expect(problems.length).toBeGreaterThan(0);
      }),
    ));

  it('a link with a changed letter never throws, and never passes for the scene it was', () =>
    fc.assert(
      fc.asyncProperty(scenes, fc.nat(), fc.nat({ max: 62 }), async (scene, at, by) => {
        const link = await encodeScene(scene);
        const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const pos = 3 + (at % (link.length - 3));
        const other = letters[(letters.indexOf(link[pos]) + 1 + by) % 64];
        const got = await decodeScene(link.slice(0, pos) + other + link.slice(pos + 1));
        // The last letter has bits that mean nothing; whatever else changes must be noticed.
        if (got.problems.length === 0) expect(got.scene).toEqual(scene);
      }),
      { numRuns: 300 },
    ));

  it('whatever stands in the hash, something is shown', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.boolean(), async (text, isForm) => {
        const { scene } = await decodeScene(isForm ? `#1.${text}` : `#${text}`);
        expect(typeof scene.source).toBe('string');
      }),
    ));
});
