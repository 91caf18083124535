/** Would catch: streams of others that are not read, output of a damaged one that is lost, a limit that is not kept. */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { splitmix32 } from '../../../src/base/random.ts';
import { fromBase64url, toBase64url } from '../../../src/scene/base64url.ts';
import { deflate, inflate } from '../../../src/scene/deflate.ts';

const rnd = splitmix32(7);
const noise = (size: number, letters: number): Uint8Array =>
  Uint8Array.from({ length: size }, () => rnd() % letters);

const texts: readonly [string, Uint8Array][] = [
  ['nothing', new Uint8Array(0)],
  ['one byte', Uint8Array.of(65)],
  ['one byte many times', new Uint8Array(70_000).fill(97)],
  ['noise', noise(100_000, 256)],
  ['few letters', noise(50_000, 3)],
  ['assembly', new TextEncoder().encode('r0 = *(u32 *)(r1 + 4)\nif r0 != 7 goto pc+3\n'.repeat(500))],
];
const manners: readonly [string, object][] = [
  ['best', { level: 9 }],
  ['stored', { level: 0 }],
  ['fixed codes', { strategy: constants.Z_FIXED }],
  ['codes only', { strategy: constants.Z_HUFFMAN_ONLY }],
];

describe('inflate', () => {
  for (const [manner, options] of manners)
    it.each(texts)(`${manner}: %s`, (_, text) => {
      const { bytes, end } = inflate(deflateRawSync(text, options), 1 << 20);
      expect(end).toBe('whole');
      expect(Buffer.compare(bytes, text)).toBe(0);
    });

  it('stops at the limit, and exactly there', () => {
    const packed = deflateRawSync(new Uint8Array(1000));
    expect(inflate(packed, 1000).end).toBe('whole');
    expect(inflate(packed, 999)).toMatchObject({ end: 'limit' });
    expect(inflate(packed, 999).bytes).toHaveLength(999);
  });

  it.each([100, 1024, 1500])('gives what came before the cut at byte %i', (size) => {
    const text = noise(5000, 20);
    const packed = deflateRawSync(text);
    const { bytes, end } = inflate(packed.subarray(0, size), 1 << 20);
    expect(end).toBe('damaged');
    // More than four bits a letter are sent, less than five.
    expect(bytes.length).toBeGreaterThan((size - 80) * 1.6);
    expect(Buffer.compare(bytes, text.subarray(0, bytes.length))).toBe(0);
  });

  it('gives what came before a block that is none, to the byte', () => {
    const text = noise(4000, 20);
    const open = deflateRawSync(text, { finishFlush: constants.Z_SYNC_FLUSH });
    const { bytes, end } = inflate(Buffer.concat([open, Uint8Array.of(7)]), 1 << 20);
    expect(end).toBe('damaged');
    expect(Buffer.compare(bytes, text)).toBe(0);
  });

  it('what stands behind the end is not looked at, however much it is', () => {
    const text = noise(100, 20);
    const packed = Buffer.concat([deflateRawSync(text), noise(300_000, 256)]);
    const { bytes, end } = inflate(packed, 1 << 20);
    expect(end).toBe('whole');
    expect(Buffer.compare(bytes, text)).toBe(0);
  });
});

describe('deflate', () => {
  it.each(texts)('zlib reads it: %s', (_, text) => {
    expect(Buffer.compare(inflateRawSync(deflate(text)), text)).toBe(0);
  });
});

describe('base64url', () => {
  it('writes what Node writes and reads it back', () => {
    for (let size = 0; size < 50; size++) {
      const bytes = noise(size, 256);
      expect(toBase64url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
      expect(fromBase64url(toBase64url(bytes))).toEqual({ bytes, sound: true });
    }
  });

  it('reads up to the first letter that does not belong', () => {
    expect(fromBase64url('AAAA*AAAA')).toEqual({ bytes: new Uint8Array(3), sound: false });
    expect(fromBase64url('AAAAäAAA')).toMatchObject({ sound: false });
  });
});
