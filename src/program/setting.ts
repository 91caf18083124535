/**
 * What a program is loaded with beside its insns: its type, its maps, and what else the kernel knows of its
 * surroundings. A text states it; passes and analysis ask for it. Unknown is a value of its own: nothing is guessed.
 */

export interface MapInfo {
  /** How insns name it: the number in the first imm of the ld_imm64 that loads it (a descriptor, an id, an index). */
  readonly ref: number;
  readonly name: string;
  /** Number as in linux/bpf.h (kernel/map-types.ts has the names); 0: not known. */
  readonly type: number;
  readonly keySize: number;
  readonly valueSize: number;
  readonly maxEntries: number;
  /** BPF_F_RDONLY_PROG and the other bits of map_flags. */
  readonly flags: number;
  /** Values of a frozen read-only array map of one element, by byte; null: nobody knows. */
  readonly frozen: Uint8Array | null;
  /** What a map of maps holds. */
  readonly inner: MapInfo | null;
}

export interface Setting {
  /** Number as in linux/bpf.h (kernel/prog-types.ts has the names); 0: not known. */
  readonly progType: number;
  /** What it attaches to where that changes the rewrite, such as "Qdisc_ops.reset"; missing: not known. */
  readonly attach?: string;
  /** Numbers of subprograms that the verifier looks at by themselves, whoever calls them (BTF calls them global). */
  readonly globals?: readonly number[];
  /**
   * Program and maps come from somebody without CAP_PERFMON: dead code stays as a trap, indexes into maps are masked, and
   * no tail call is ever poked into a jump.
   */
  readonly unprivileged?: boolean;
  /** How many CPUs the machine numbers (nr_cpu_ids): their numbers end before it; missing: not known. */
  readonly cpuCnt?: number;
  readonly maps: readonly MapInfo[];
}

export const NO_SETTING: Setting = { progType: 0, maps: [] };
