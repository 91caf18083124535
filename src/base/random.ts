/**
 * Random numbers that a seed decides: splitmix32, the 32-bit sibling of splitmix64 (Steele, Lea, Flood 2014) with
 * the mixing constants 0x21f0aaad and 0x735a2d97. Good enough to tell numbers apart, no secret to anybody.
 */
export function splitmix32(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) >>> 0;
  };
}
