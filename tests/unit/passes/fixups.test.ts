/**
 * Would catch: insns that are rewritten and must not be: halves of a constant, what an earlier pass put, calls that only
 * look like one; records that go to the wrong insn; and a table in which one rewrite hides another.
 */
import { describe, expect, it } from 'vitest';
import { factsOfAux } from '../../../src/analysis/facts.ts';
import { word0 } from '../../../src/isa/insn.ts';
import { divGuard } from '../../../src/passes/div-guard.ts';
import { fixups } from '../../../src/passes/fix/fixups.ts';
import { passById } from '../../../src/passes/index.ts';
import { passContext } from '../../../src/passes/pass.ts';
import { PROFILES } from '../../../src/patch/profiles.ts';
import { auxAt, auxColumns, makeProgram } from '../../../src/program/program.ts';
import { fixed, fixedProgram } from './fix-text.ts';

const EVERYTHING = `.prog socket
  .map 4 array key=4 value=8 max=10
  .map 5 prog_array key=4 value=4 max=5
  r6 = r1
  *(u32 *)(r10 - 4) = 0
  r2 = r10
  r2 += -4
  r1 = map[fd:4]
  call map_lookup_elem
  call jiffies64
  r0 = *(u16 *)skb[12]
  r1 = r6
  r2 = map[fd:5]
  r3 = 3
  call tail_call
L: may_goto M
  goto L
M: r0 /= r6
  exit`;

describe('fixups', () => {
  it('stands where a kernel has it, and has a name of its own', () => {
    expect(passById('fixups')).toBe(fixups);
    expect(passById('inline_loop')?.source).toContain('optimize_bpf_loop');
  });

  it('of one program does all there is to do; a second time, which no kernel has, only divisions are left', () => {
    const once = fixed(EVERYTHING);
    const added = { lookup: 6, jiffies: 1, load: 5, mayGoto: 6, setUp: 2, division: 3 };
    expect(once).toHaveLength(16 + Object.values(added).reduce((sum, cnt) => sum + cnt, 0));
    const twice = fixed(EVERYTHING, { passes: [fixups, fixups] });
    expect(twice).toHaveLength(once.length + added.division);
    expect(fixed(EVERYTHING, { passes: [fixups, divGuard] })).toEqual(twice);
  });

  it('leaves halves of constants and what nobody looked at', () => {
    const second = word0(0x85, 0, 0, 0);
    const insns = Int32Array.of(word0(0x18, 1, 0, 0), 1, second, 118, word0(0x85, 0, 0, 0), 1, 0x95, 0);
    const run = (program: ReturnType<typeof makeProgram>) => {
      const facts = program.aux
        ? factsOfAux(program.aux)
        : { seen: new Uint8Array(4).fill(1), zextDst: new Uint8Array(4) };
      return fixups.run(program, passContext({ facts, rnd: () => 0 }));
    };
    expect(run(makeProgram({ insns })).cnt).toBe(0);
    expect(run(makeProgram({ insns, aux: auxColumns(4) })).cnt).toBe(0);
  });

  it('the record of a call stays with the last insn of what stands for it', () => {
    const text = EVERYTHING.replace('call map_lookup_elem', 'call map_lookup_elem ;@aux ptr_type=5');
    const { aux, insns } = fixedProgram(text);
    const records = [...Array(insns.length / 2).keys()].map((k) => auxAt(aux!, k));
    const at = records.findIndex(({ ptrType, mapIdx }) => ptrType === 5 && mapIdx === 1);
    expect([...insns.subarray(2 * at, 2 * at + 2)]).toEqual([word0(0xb7, 0, 0, 0), 0]);
    expect(records[at - 1].mapIdx).toBe(0);
  });

  it.each(PROFILES.map(({ id, rules }) => [id, rules] as const))('rules of %s', (id, rules) => {
    const after = fixed(EVERYTHING, { rules });
    const has = (part: RegExp): boolean => after.some((line) => part.test(line));
    expect(has(/^r0 <<= 3/)).toBe(true);
    expect(has(/bpf_skb_load_helper_16_no_cache/)).toBe(true);
    expect(has(/^tail_call/)).toBe(true);
    expect(has(/^may_goto/)).toBe(rules.linux < 609);
    expect(has(/^call bpf_jiffies64/)).toBe(id === 'rfc-2019');
    expect(has(/arch_bpf_timed_may_goto/)).toBe(rules.linux >= 615);
  });
});
