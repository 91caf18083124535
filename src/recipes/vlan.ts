/**
 * Five rounds of packet loads, each of which jumps to one error exit far behind if it fails: 510 loads grow to six insns
 * each, and the longest jumps come close to what 16 bits hold.
 */
import { R1, R2, R3, R6 } from '../isa/registers.ts';
import { programOf } from './code.ts';
import { inlinedLoads } from './load-abs.ts';
import type { Recipe } from './recipe.ts';
import { Code, IF } from './words.ts';

const ROUNDS = 5;
/** Pushes (and pops) a round, where there is room. */
const PUSH_CNT_MAX = 51;
/** Insns of a push, and of a pop. */
const PUSH_SIZE = 7;
const POP_SIZE = 5;
/** In front of the rounds and behind them. */
const FRAME_SIZE = 4;
/** What the kernel's test compares with, and what it returns. */
const WANTED_BYTE = 52;
const RESULT = 3_055;
const N_MAX = 2 ** 15 - PUSH_CNT_MAX * 2 * ROUNDS * 6;

/** A load, and where it and what follows it go wrong. */
function tryLoad(code: Code, errorAt: number): void {
  code.loadAbs(0);
  code.jumpIf(IF.NE_32, 0, WANTED_BYTE, errorAt);
  code.movReg(R1, R6);
}

export const vlan: Recipe = {
  id: 'vlan',
  label: 'Packet loads under one long jump',
  why: 'Hundreds of insns grow to six inside the span of hundreds of jumps, and the longest of them nearly fills its 16 bits.',
  source: 'bpf_fill_ld_abs_vlan_push_pop(), Linux 6.18, tools/testing/selftests/bpf/test_verifier.c',
  n: { min: FRAME_SIZE + ROUNDS * (PUSH_SIZE + POP_SIZE), max: N_MAX, standard: N_MAX },
  ...{ isSeeded: false, params: [], pass: 'edits' },
  build({ n }) {
    const code = new Code(n);
    const errorAt = n - 2;
    const room = Math.floor((n - FRAME_SIZE) / (ROUNDS * (PUSH_SIZE + POP_SIZE)));
    const pushCnt = Math.min(PUSH_CNT_MAX, room);
    code.movReg(R6, R1);
    for (let round = 0; round < ROUNDS; round++) {
      for (let j = 0; j < pushCnt; j++) {
        tryLoad(code, errorAt);
        code.mov(R2, 1);
        code.mov(R3, 2);
        code.callHelper('skb_vlan_push');
        code.jumpIf(IF.NE, 0, 0, errorAt);
      }
      for (let j = 0; j < pushCnt; j++) {
        tryLoad(code, errorAt);
        code.callHelper('skb_vlan_pop');
        code.jumpIf(IF.NE, 0, 0, errorAt);
      }
    }
    code.fillTo(n - 3, RESULT);
    code.jump(n - 1);
    code.mov32(0, 0);
    code.exit();
    return { program: programOf(code), edits: inlinedLoads(code.insns) };
  },
};
