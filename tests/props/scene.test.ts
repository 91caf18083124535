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
  recipe: fc.oneof(fc.constant(''), id),
  pass: id,
  step: fc.option(uint31),
  algorithm: id,
  seed: fc.nat({ max: 0xffffffff }),
  // 'auto' stood in old links for what 'verifier' says.
  layer: id.filter((one) => one !== 'auto'),
  semantics: id,
  moment,
  from: fc.option(uint31),
  layout: id,
  race: fc.record({ program: id, at: uint31 }),
  hidden: fc.array(id, { maxLength: 16 }),
  pins: fc.array(fc.option(fc.nat({ max: 0xffffffff })), { maxLength: 16 }),
  table: id,
  focus: fc.option(fc.nat({ max: 0xffffffff })),
  theme: fc.option(id),
});

describe('scene links', () => {
  it('decode(encode(scene)) is the scene', () =>
    fc.assert(
      fc.property(scenes, (scene) => {
        expect(decodeScene(encodeScene(scene))).toEqual({ scene, problems: [], raw: null });
      }),
    ));

  it('a link cut anywhere never throws, and says so unless nothing of the scene is missing', () =>
    fc.assert(
      fc.property(scenes, fc.nat(), (scene, cut) => {
        const link = encodeScene(scene);
        const got = decodeScene(link.slice(0, 2 + (cut % (link.length - 2))));
        // The last bits only say that nothing more comes.
        if (got.problems.length === 0) expect(got.scene).toEqual(scene);
      }),
    ));

  it('a link with a changed letter never throws, and never passes for the scene it was', () =>
    fc.assert(
      fc.property(scenes, fc.nat(), fc.nat({ max: 62 }), (scene, at, by) => {
        const link = encodeScene(scene);
        const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
        const pos = 3 + (at % (link.length - 3));
        const other = letters[(letters.indexOf(link[pos]) + 1 + by) % 64];
        const got = decodeScene(link.slice(0, pos) + other + link.slice(pos + 1));
        // The last letter has bits that mean nothing; whatever else changes must be noticed.
        if (got.problems.length === 0) expect(got.scene).toEqual(scene);
      }),
      { numRuns: 300 },
    ));

  it('whatever stands in the hash, something is shown', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isForm) => {
        const { scene } = decodeScene(isForm ? `#1.${text}` : `#${text}`);
        expect(typeof scene.source).toBe('string');
      }),
    ));
});
