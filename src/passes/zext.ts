/** Zero extension by itself, as on a machine whose 32-bit insns leave the upper half of a register as it was. */
import type { Pass } from './pass.ts';
import { subregEdits } from './subreg.ts';

export const zext: Pass = {
  id: 'zext',
  label: 'Zero extension',
  why: 'Your 32-bit result is read as 64 bits later, so where the machine does not clear upper halves by itself Linux puts an insn behind it that does.',
  layer: 'verifier',
  source: 'opt_subreg_zext_lo32_rnd_hi32(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'insns',
  run: (program, ctx) => subregEdits(program, ctx, false),
};
