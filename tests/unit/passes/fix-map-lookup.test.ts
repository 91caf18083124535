/**
 * Would catch: a lookup of one map type with another's insns, a wrong size of elements, test, mask or place of the value,
 * and lookups that are written out though the map is not known, not always the same, or may be another.
 */
import { describe, expect, it } from 'vitest';
import { fixed, lines } from './fix-text.ts';

const LOOKUP = 'call map_lookup_elem';
/** The rewritten call in `r1 = map; lookup; exit`. */
const lookedUp = (map: string, options = {}): string[] =>
  fixed(
    `.prog tc
    ${map}
    *(u64 *)(r10 - 8) = 0
    r2 = r10
    r2 += -8
    r1 = map[fd:4]
    ${LOOKUP}
    exit`,
    options,
  ).slice(4, -1);

const ARRAY = (size: string, max = 100): string[] =>
  lines(`
    r1 += 312
    r0 = *(u32 *)(r2 +0)
    if r0 >= 0x${max.toString(16)} goto pc+3
    ${size}
    r0 += r1
    goto pc+1
    r0 = 0`);

const STAYS = ['call bpf_map_lookup_elem'];

describe('a lookup written into the program', () => {
  it.each([
    [8, 'r0 <<= 3'],
    [1, 'r0 <<= 3'],
    [12, 'r0 <<= 4'],
    [64, 'r0 <<= 6'],
    [24, 'r0 *= 24'],
    [20, 'r0 *= 24'],
    [0x100001, 'r0 *= 1048584'],
  ])('array of %i-byte values: %s', (value, size) => {
    expect(lookedUp(`.map 4 array key=4 value=${value} max=100`)).toEqual(ARRAY(size));
  });

  it('array of somebody without privileges: the index is masked', () => {
    const of = (max: number): string[] =>
      lookedUp(`.map 4 array key=4 value=8 max=${max}`, { unprivileged: true });
    expect(of(100)).toEqual(
      lines(`
        r1 += 312
        r0 = *(u32 *)(r2 +0)
        if r0 >= 0x64 goto pc+4
        w0 &= 127
        r0 <<= 3
        r0 += r1
        goto pc+1
        r0 = 0`),
    );
    expect([1, 2, 3, 64, 65, 4294967295].map((max) => of(max)[3])).toEqual(
      ['0', '1', '3', '63', '127', '-1'].map((mask) => `w0 &= ${mask}`),
    );
  });

  it('per-cpu array', () => {
    expect(lookedUp('.map 4 percpu_array key=4 value=24 max=5')).toEqual(
      lines(`
        r1 += 312
        r0 = *(u32 *)(r2 +0)
        if r0 >= 0x5 goto pc+5
        r0 <<= 3
        r0 += r1
        r0 = *(u64 *)(r0 +0)
        r0 = &(void __percpu *)(r0)
        goto pc+1
        r0 = 0`),
    );
  });

  it('array of maps, with and without privileges', () => {
    const map = '.map 4 array_of_maps key=4 value=4 max=3 inner=hash key=4 value=8 max=1';
    const of = (test: string): string[] =>
      lines(`
        r1 += 312
        r0 = *(u32 *)(r2 +0)
        ${test}
        r0 <<= 3
        r0 += r1
        r0 = *(u64 *)(r0 +0)
        if r0 == 0x0 goto pc+1
        goto pc+1
        r0 = 0`);
    expect(lookedUp(map)).toEqual(of('if r0 >= 0x3 goto pc+5'));
    const masked = lookedUp(map, { unprivileged: true });
    expect(masked).toEqual(of('if r0 >= 0x3 goto pc+6\nw0 &= 3'));
  });

  it.each([
    ['hash key=4', [], 56],
    ['hash key=8', [], 56],
    ['hash key=9', [], 64],
    ['percpu_hash key=4', ['r0 = *(u64 *)(r0 +0)', 'r0 = &(void __percpu *)(r0)'], 56],
    ['hash_of_maps key=4', ['r0 = *(u64 *)(r0 +0)'], 56],
  ])('%s', (map, load, value) => {
    expect(lookedUp(`.map 4 ${map} value=4 max=5`)).toEqual([
      'call __htab_map_lookup_elem',
      `if r0 == 0x0 goto pc+${1 + load.length}`,
      `r0 += ${value}`,
      ...load,
    ]);
  });

  it('LRU hash: what is found is marked as used', () => {
    expect(lookedUp('.map 4 lru_hash key=4 value=8 max=5')).toEqual(
      lines(`
        call __htab_map_lookup_elem
        if r0 == 0x0 goto pc+4
        r1 = *(u8 *)(r0 +35)
        if r1 != 0x0 goto pc+1
        *(u8 *)(r0 +35) = 1
        r0 += 56`),
    );
  });

  it('xskmap', () => {
    expect(lookedUp('.map 4 xskmap key=4 value=4 max=9')).toEqual(
      lines(`
        r0 = *(u32 *)(r2 +0)
        if r0 >= 0x9 goto pc+5
        r0 <<= 3
        r1 += 304
        r0 += r1
        r0 = *(u64 *)(r0 +0)
        goto pc+1
        r0 = 0`),
    );
  });

  it.each([
    'lru_percpu_hash key=4 value=8 max=5',
    'lpm_trie key=8 value=8 max=5',
    'devmap key=4 value=4 max=5',
    // BPF_F_INNER_MAP: a map of another size may stand in its place.
    'array key=4 value=8 max=5 flags=0x1000',
    'percpu_array key=4 value=8 max=5 flags=0x1000',
  ])('%s stays a call', (map) => {
    expect(lookedUp(`.map 4 ${map}`)).toEqual(STAYS);
  });

  it('of a map that nobody described stays a call', () => {
    expect(lookedUp('')).toEqual(STAYS);
    expect(lookedUp('.map 5 array key=4 value=8 max=5')).toEqual(STAYS);
  });

  it('of one of two maps stays a call; of a map within a map it is that map', () => {
    const program = (maps: string, load: string): string[] =>
      fixed(`.prog tc
        ${maps}
        *(u64 *)(r10 - 8) = 0
        r6 = *(u32 *)(r1 + 8)
        ${load}
        r2 = r10
        r2 += -8
        call map_lookup_elem
        exit`);
    const two = program(
      '.map 4 array key=4 value=8 max=5\n.map 5 array key=4 value=8 max=5',
      'r1 = map[fd:4]\nif r6 == 0 goto L\nr1 = map[fd:5]\nL:',
    );
    expect(two).toContain(STAYS[0]);
    expect(two.at(-2)).toBe(STAYS[0]);
    const nested = program(
      '.map 4 array_of_maps key=4 value=4 max=3 inner=array key=4 value=24 max=7',
      lines(`
        r2 = r10
        r2 += -8
        r1 = map[fd:4]
        call map_lookup_elem
        if r0 != 0 goto L
        exit
        L: r1 = r0`).join('\n'),
    );
    expect(nested.slice(-8, -1)).toEqual(ARRAY('r0 *= 24', 7));
  });

  it('of 6.1 knows no per-cpu maps, the rest it writes alike', () => {
    const of = (map: string, linux: number): string[] =>
      lookedUp(`.map 4 ${map} key=4 value=8 max=100`, { rules: { linux } });
    expect(of('percpu_array', 601)).toEqual(STAYS);
    expect(of('percpu_hash', 609)).toEqual(STAYS);
    expect(of('percpu_hash', 610)).not.toEqual(STAYS);
    expect(of('array', 601)).toEqual(ARRAY('r0 <<= 3'));
    expect(of('array', 409)).toEqual(STAYS);
    expect(of('hash', 502)).toEqual(of('hash', 618));
    expect(of('xskmap', 502)).toEqual(STAYS);
  });
});
