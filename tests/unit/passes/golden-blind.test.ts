/**
 * Blinding what Linux 6.18 made of a program without it must give what Linux 6.18 made of it with it. The random
 * numbers are read out of the kernel's own result: they stand in the second insn of each expansion.
 * Would catch: anything blinded that the kernel leaves alone, or the reverse, in real programs.
 */
import { describe, expect, it } from 'vitest';
import { factsOf } from '../../../src/analysis/facts.ts';
import { codeOf, srcOf } from '../../../src/isa/insn.ts';
import { blind } from '../../../src/passes/blind.ts';
import { passContext } from '../../../src/passes/pass.ts';
import type { Patched } from '../../../src/patch/algorithm.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram, type Program } from '../../../src/program/program.ts';
import { linesOf, sharedLines, wordsOfHex } from './shared.ts';

interface Golden {
  readonly id: string;
  readonly after: { readonly insns: string; readonly func_info: readonly unknown[] };
}

function blinded(program: Program, rnd: () => number): Patched | null {
  const patching = stream.open(program, { layer: 'core' });
  const applied = patching.apply(blind.run(program, passContext({ facts: factsOf(program), rnd })));
  const result = applied.ok ? patching.finish() : applied;
  return result.ok ? result.value : null;
}

/** Addresses and map ids are those of one load: both halves of a 64-bit constant, and what helpers are called. */
function maskedLines(words: Int32Array, volatileAt: ReadonlySet<number>): string[] {
  return linesOf(words).map((line, i) =>
    volatileAt.has(i) || line.startsWith('85') ? line.replace(/imm .*/, 'imm ?') : line,
  );
}

/** Numbers in the order in which insns are examined; those that were not rewritten may be anything. */
function numbersIn(result: Int32Array, program: Program, { outer }: Patched['remap']): number[] {
  const numbers: number[] = [];
  for (let i = 0; i < outer.length - 1; i++) {
    const w0 = program.insns[2 * i];
    if (codeOf(w0) === 0x18 && srcOf(w0) === 4) i++;
    else numbers.push(outer[i + 1] - outer[i] > 1 ? result[2 * (outer[i] + 1) + 1] : 0);
  }
  return numbers;
}

const plain = sharedLines<Golden>('golden/golden-plain.jsonl') ?? [];
const hardened = new Map((sharedLines<Golden>('golden/golden-blind.jsonl') ?? []).map((g) => [g.id, g]));
// A program of several functions is blinded function by function in copies that no dump shows.
const single = plain.filter(({ id, after }) => hardened.has(id) && after.func_info.length <= 1);

describe('blinding real programs', () => {
  it.skipIf(single.length === 0)(`${single.length || 'no'} programs (../shared/golden)`, () => {
    const differing: string[] = [];
    for (const { id, after } of single) {
      const program = makeProgram({ insns: wordsOfHex(after.insns) });
      const wanted = wordsOfHex(hardened.get(id)!.after.insns);
      const shape = blinded(program, () => 0)!;
      const numbers = numbersIn(wanted, program, shape.remap);
      let drawn = 0;
      const got = blinded(program, () => numbers[drawn++])!;
      const volatileAt = new Set<number>();
      for (let i = 0; i < program.insns.length / 2; i++)
        if (codeOf(program.insns[2 * i]) === 0x18)
          for (const half of [i, i + 1]) volatileAt.add(got.remap.outer[half]);
      const [a, b] = [maskedLines(got.program.insns, volatileAt), maskedLines(wanted, volatileAt)];
      const at = a.findIndex((line, i) => line !== b[i]);
      if (at >= 0 || a.length !== b.length)
        differing.push(`${id}: ${a.length} / ${b.length}, ${at}: ${a[at]} / ${b[at]}`);
    }
    expect(differing).toEqual([]);
  });
});
