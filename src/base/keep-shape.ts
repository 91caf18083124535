/**
 * V8 throws compiled code away when the last object of a shape that it was compiled for is collected. What is made anew
 * for each run and dropped at its end would so be compiled anew after each garbage collection, and a pass over 100,000
 * insns took five times as long. One object of each such shape stays for good.
 */
const kept: object[] = [];

export function keepShape(one: object): void {
  kept.push(one);
}
