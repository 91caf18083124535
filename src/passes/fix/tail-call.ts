/**
 * bpf_tail_call() is no call: it never comes back, so it gets an opcode of its own, which no dump shows. imm says which
 * poke descriptor belongs to it, counted from 1: where map and index are one and the same on every way, the JIT writes
 * a jump that is poked whenever the map changes. Without one imm is 0.
 *
 *   call bpf_tail_call   ->   tail_call K          of somebody without privileges:   if r3 >= max goto +2
 *                                                                                    w3 &= mask
 *                                                                                    tail_call 0
 *
 * As do_misc_fixups(), Linux 6.18, kernel/bpf/verifier.c; descriptors since 5.5. (With bpf_jit_harden a kernel makes no
 * descriptors. A pass cannot know that blinding follows; only imm would be another.)
 */

import { ALU_OP, JMP_OP } from '../../isa/code-parts.ts';
import { word0 } from '../../isa/insn.ts';
import { OP_TAIL_CALL } from '../../isa/opcodes.ts';
import { R3 } from '../../isa/registers.ts';
import type { Program } from '../../program/program.ts';
import { putAlu32K, putIfK } from '../put.ts';
import { indexMask, mapAt, mapNumberAt } from './maps.ts';
import { type Fix, type KnownFix, noted, type Pokes, type Site } from './site.ts';

/** The table of descriptors that the text states, if there is one. */
export function pokesOf({ places }: Program): Pokes {
  const at = places.find(({ kind }) => kind === 'poke')?.at ?? [];
  const stated = new Map<number, number>();
  for (const [k, slot] of at.entries()) if (!stated.has(slot)) stated.set(slot, k + 1);
  return { stated, last: at.length };
}

const pokeNumber = ({ pokes, at }: Site): number => pokes.stated.get(at) ?? ++pokes.last;

function hasDescriptor(site: Site): boolean {
  const { rules, setting } = site.ctx;
  return (
    rules.linux >= 505 && setting.unprivileged !== true && mapNumberAt(site) > 0 && noted(site, 'callArg') > 0
  );
}

const fixTailCall: Fix = (site) => {
  const { edits, at, ctx } = site;
  const map = mapAt(site);
  edits.replace(at);
  if (ctx.setting.unprivileged && map !== undefined) {
    putIfK(edits, JMP_OP.JGE, R3, map.maxEntries | 0, 2);
    putAlu32K(edits, ALU_OP.AND, R3, indexMask(map.maxEntries));
  }
  edits.put(word0(OP_TAIL_CALL, 0, 0, 0), hasDescriptor(site) ? pokeNumber(site) : 0);
  return true;
};

export const TAIL_CALL_FIXES: Readonly<Record<string, KnownFix>> = {
  tail_call: { since: 402, fix: fixTailCall },
};
