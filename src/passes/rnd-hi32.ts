/** Zero extension and the test of its marks in one walk, which is how a kernel runs them. */
import type { Pass } from './pass.ts';
import { subregEdits } from './subreg.ts';

export const rndHi32: Pass = {
  id: 'rnd_hi32',
  label: 'Random upper halves',
  why: 'Loaded with BPF_F_TEST_RND_HI32, your program gets random upper halves wherever Linux believes that nobody reads them: were it wrong, the program would misbehave.',
  layer: 'verifier',
  source: 'opt_subreg_zext_lo32_rnd_hi32(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'records',
  run: (program, ctx) => subregEdits(program, ctx, true),
};
