/** Would catch: a wrong place in the trampoline's array, and one kind of program taken for another. */
import { describe, expect, it } from 'vitest';
import { fixed, lines } from './fix-text.ts';

const called = (helper: string, attach?: string, prog = 'tracing'): string[] =>
  fixed(`.prog ${prog}\ncall ${helper}\nexit`, attach === undefined ? {} : { attach }).slice(0, -1);

const RESULT = lines(`
  r0 = *(u64 *)(r1 -8)
  r0 <<= 3
  r0 += r1
  r3 = *(u64 *)(r0 +0)
  *(u64 *)(r2 +0) = r3
  r0 = 0`);

describe('helpers of tracing programs', () => {
  it('get_func_arg', () => {
    expect(called('get_func_arg')).toEqual(
      lines(`
        r0 = *(u64 *)(r1 -8)
        if w2 >= w0 goto pc+6
        r2 <<= 3
        r2 += r1
        r0 = *(u64 *)(r2 +0)
        *(u64 *)(r3 +0) = r0
        r0 = 0
        goto pc+1
        r0 = -22`),
    );
  });

  it('get_func_ret: only behind the function there is a result', () => {
    for (const attach of ['fexit', 'fexit.s', 'fmod_ret'])
      expect(called('get_func_ret', attach)).toEqual(RESULT);
    for (const attach of ['fentry', 'fentry.s']) expect(called('get_func_ret', attach)).toEqual(['r0 = -95']);
    // Where nobody says which, nothing is guessed.
    expect(called('get_func_ret')).toEqual(['call bpf_get_func_ret']);
  });

  it('get_func_arg_cnt and get_func_ip', () => {
    expect(called('get_func_arg_cnt')).toEqual(['r0 = *(u64 *)(r1 -8)']);
    expect(called('get_func_ip')).toEqual(['r0 = *(u64 *)(r1 -16)']);
  });

  it.each(['get_func_arg', 'get_func_ret', 'get_func_arg_cnt', 'get_func_ip'])(
    '%s stays a call in other programs and other kernels',
    (helper) => {
      expect(called(helper, 'fexit', 'kprobe')).toEqual([`call bpf_${helper}`]);
      const text = `.prog tracing\ncall ${helper}\nexit`;
      const old = fixed(text, { attach: 'fexit', rules: { linux: 502 } });
      expect(old).toEqual([`call bpf_${helper}`, 'exit']);
    },
  );
});
