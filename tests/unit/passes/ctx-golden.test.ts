/**
 * Real programs (../shared/golden) in which Linux 6.18 rewrote accesses to the context and at most divisions besides:
 * insn for insn. Would catch a rewrite that parts from the kernel's in code as compilers write it, where contexts are
 * spilled, joined and kept in other registers than r1.
 */
import { describe, expect, it } from 'vitest';
import { divGuard } from '../../../src/passes/div-guard.ts';
import { subprogsAt } from '../analysis/mock-programs.ts';
import { comparable, rewritten } from './ctx-linux.ts';
import { sharedLines, wordsOfHex } from './shared.ts';

interface Golden {
  readonly id: string;
  readonly prog_type: number;
  readonly before: { readonly insns: string; readonly func_info: readonly [number, string][] };
  readonly after: { readonly insns: string };
}

const golden = sharedLines<Golden>('golden/golden-plain.jsonl') ?? [];

/** Programs with a rewritten context, by how many insns they grow. */
const GROWTH = {
  ...{ skb_grow: 19, skb_sock: 2, skb_narrow: 23, skb_write: 6, pkt_write: 11, xdp_fields: 5, ctx_merge: 3 },
  ...{ divmod: 16, atomics: 0, big_switch: 72, chain32: 0, sdivmod: 28, long_line: 225 },
};

describe.skipIf(golden.length === 0)('context accesses in real programs (../shared/golden)', () => {
  it.each(Object.entries(GROWTH))('%s grows by %i', (name, growth) => {
    const { prog_type: progType, before, after } = golden.find(({ id }) => id.startsWith(`${name}:`))!;
    const insns = wordsOfHex(before.insns);
    const theirs = wordsOfHex(after.insns);
    const subprogs = subprogsAt(before.func_info.map(([start]) => start));
    const ours = rewritten({ progType, insns, subprogs, maps: [], behind: [divGuard] });
    expect(comparable(ours, 'ours')).toEqual(comparable(theirs, 'kernel'));
    expect((theirs.length - insns.length) / 2).toBe(growth);
  });
});
