/**
 * Insns on no path: each unbroken run of them is one removal. As opt_remove_dead_code(), Linux 6.18,
 * kernel/bpf/verifier.c.
 */
import { editBuilder } from '../patch/edit-builder.ts';
import type { EditList } from '../patch/ops.ts';
import { type Program, slotCnt } from '../program/program.ts';
import type { Pass, PassContext } from './pass.ts';

function run(program: Program, { facts: { seen } }: PassContext): EditList {
  const n = slotCnt(program);
  const edits = editBuilder(program);
  for (let i = 0; i < n; i++) {
    if (seen[i] !== 0) continue;
    const from = i;
    while (i < n && seen[i] === 0) i++;
    edits.remove(from, i - from);
  }
  return edits.finish();
}

export const deadCode: Pass = {
  id: 'dead_code',
  label: 'Dead code',
  why: 'No path through your program reaches these insns, so Linux cuts them out.',
  layer: 'verifier',
  source: 'opt_remove_dead_code(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'records',
  adds: false,
  run,
};
