/** Two remaps one after the other are a remap: a jump follows `inner` twice, a call `outer` twice. */
import type { Remap } from './remap.ts';

export function composeRemap(a: Remap, b: Remap): Remap {
  const end = a.outer.length - 1;
  const outer = new Int32Array(end + 1);
  const inner = new Int32Array(end + 1);
  const heir = new Int32Array(end);
  const dead = new Uint8Array(end);
  for (let t = 0; t <= end; t++) {
    outer[t] = b.outer[a.outer[t]];
    inner[t] = b.inner[a.inner[t]];
  }
  for (let t = 0; t < end; t++) {
    heir[t] = a.heir[t] < 0 ? -1 : b.heir[a.heir[t]];
    dead[t] = heir[t] < 0 ? 1 : 0;
  }
  return { outer, inner, heir, dead };
}

export function identityRemap(slotCnt: number): Remap {
  const outer = new Int32Array(slotCnt + 1);
  for (let t = 0; t <= slotCnt; t++) outer[t] = t;
  return { outer, inner: outer.slice(), heir: outer.slice(0, slotCnt), dead: new Uint8Array(slotCnt) };
}
