/**
 * How long it took others to patch a program of n insns, for the complexity chart: what the RFC of 2019 published, and
 * what was measured on Linux 6.18. All but one are the array way. Their machines and patches differ, so slopes may be
 * compared and heights not.
 */

export interface PatchTimes {
  readonly id: string;
  readonly label: string;
  /** The same where there is little room. */
  readonly short: string;
  /** Who says so, and how it was measured. */
  readonly source: string;
  /** What n counts. */
  readonly counts: string;
  /** It took no longer than that: no measured point. */
  readonly isBound: boolean;
  /** n and seconds. */
  readonly points: readonly (readonly [n: number, seconds: number])[];
}

const RFC = 'Jiong Wang, “[RFC bpf-next 0/8] bpf: accelerate insn patching speed”, 4 July 2019';

export const PATCH_TIMES: readonly PatchTimes[] = [
  {
    id: 'rfc-array',
    label: 'array, RFC of 2019',
    short: 'RFC array',
    source: `${RFC}, cover letter`,
    counts: 'patched insns',
    isBound: false,
    points: [
      [15_000, 3],
      [45_000, 29],
      [95_000, 125],
      [195_000, 712],
      [1_000_000, 5_100],
    ],
  },
  {
    id: 'rfc-list',
    label: 'list, RFC of 2019',
    short: 'RFC list',
    source: `${RFC}, cover letter: under half a second`,
    counts: 'patched insns',
    isBound: true,
    points: [[1_000_000, 0.5]],
  },
  {
    id: 'linux-6.18',
    label: 'array, Linux 6.18',
    short: 'Linux 6.18',
    source:
      'Measured on Linux 6.18.44, x86-64: loading a socket filter of n insns (6 of 7 are 32-bit additions, 1 of 7 a conditional jump to the next insn) with BPF_F_TEST_RND_HI32, minus the same load without it; each patch puts 4 insns for 1; one run each on a shared virtual machine with 2 cores',
    counts: 'insns, 6 of 7 patched',
    isBound: false,
    points: [
      [1_000, 0.0024],
      [2_000, 0.0107],
      [5_000, 0.0611],
      [10_000, 0.2632],
      [15_000, 0.7437],
      [30_000, 3.1972],
      [45_000, 8.0779],
      [95_000, 38.1809],
      [195_000, 163.878],
    ],
  },
];
