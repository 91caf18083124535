/** Would catch: a helper written out with a wrong insn, errno or constant, in a kernel that calls it, or not at all. */
import { describe, expect, it } from 'vitest';
import { LINUX_6_18_X86_64 } from '../../../src/kernel/kernel.ts';
import { fixed, fixedProgram, lines } from './fix-text.ts';

const called = (helper: string, options = {}, prog = 'tc'): string[] =>
  fixed(`.prog ${prog}\ncall ${helper}\nexit`, options).slice(0, -1);

describe('helpers in place', () => {
  it('jiffies64', () => {
    const read = ['r0 = 0xffffffff83009980 ll', 'r0 = *(u64 *)(r0 +0)'];
    expect(called('jiffies64')).toEqual(read);
    expect(called('jiffies64', { rules: { linux: 601 } })).toEqual(read);
    expect(called('jiffies64', { rules: { linux: 502 } })).toEqual(['call bpf_jiffies64']);
  });

  it('get_smp_processor_id', () => {
    expect(called('get_smp_processor_id')).toEqual(
      lines(`
        r0 = -2085560268
        r0 = &(void __percpu *)(r0)
        r0 = *(u32 *)(r0 +0)`),
    );
    const old = called('get_smp_processor_id', { rules: { linux: 601 } });
    expect(old).toEqual(['call bpf_get_smp_processor_id']);
  });

  it('kptr_xchg', () => {
    expect(called('kptr_xchg')).toEqual(['r0 = r2', 'r0 = atomic64_xchg((u64 *)(r1 +0), r0)']);
    expect(called('kptr_xchg', { rules: { linux: 608 } })).toEqual(['call bpf_kptr_xchg']);
  });

  it('get_branch_snapshot; the build does not say which function that is', () => {
    expect(called('get_branch_snapshot', {}, 'kprobe')).toEqual(
      lines(`
        if r3 != 0x0 goto pc+7
        w0 = -1431655765
        r2 *= r0
        r2 >>= 36
        call bpf_unspec
        if r0 == 0x0 goto pc+4
        w0 *= 24
        goto pc+3
        r0 = -22
        goto pc+1
        r0 = -2`),
    );
  });

  it('timer_set_callback is given the program itself', () => {
    expect(called('timer_set_callback')).toEqual(['r3 = 0x0 ll', 'call bpf_timer_set_callback']);
  });

  it.each(['sk', 'inode', 'task', 'cgrp'])('%s_storage_get is told whether it may sleep', (kind) => {
    const helper = `${kind}_storage_get`;
    const of = (gfp: number): string[] => [`r5 = ${gfp}`, `call bpf_${helper}`];
    expect(called(helper)).toEqual(of(0x820));
    expect(called(helper, {}, 'syscall')).toEqual(of(0xcc0));
    expect(called(helper, { attach: 'lsm.s' }, 'lsm')).toEqual(of(0xcc0));
    expect(called(helper, { attach: 'lsm' }, 'lsm')).toEqual(of(0x820));
    expect(called(helper, { rules: { linux: 602 } })).toEqual(of(0xa20));
    expect(called(helper, { rules: { linux: 517 } })).toEqual([`call bpf_${helper}`]);
  });

  it.each([
    ...['get_current_task', 'get_current_task_btf', 'ktime_get_ns', 'get_prandom_u32', 'map_update_elem'],
    ...['for_each_map_elem', 'get_attach_cookie', 'timer_init', 'get_numa_node_id', 'loop', 'unspec'],
  ])('%s keeps its id', (helper) => {
    expect(called(helper, {}, 'kprobe')).toEqual([`call bpf_${helper}`]);
  });

  it('of a build that says nothing, addresses are 0 and everything else is there', () => {
    const kernel = { ...LINUX_6_18_X86_64, functions: { calls: {}, addresses: {} } };
    expect(called('jiffies64', { kernel })).toEqual(['r0 = 0x0 ll', 'r0 = *(u64 *)(r0 +0)']);
    expect(called('get_smp_processor_id', { kernel })[0]).toBe('r0 = 0');
  });

  it('a call of a kernel function or of a subprogram is no call of the helper with that number', () => {
    const { insns } = fixedProgram(`.prog tc
      .insn 0x85, r0, r2, 0, 118
      .insn 0x85, r0, r1, 0, 1
      exit
      r0 = 0
      exit`);
    expect([...insns]).toEqual([0x2085, 118, 0x1085, 1, 0x95, 0, 0xb7, 0, 0x95, 0]);
  });
});
