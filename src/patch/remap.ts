/**
 * Old slot -> new slot. Every fixup (jump off, call imm, line info, subprog start, aux home) is one read of a
 * Remap. All arrays but `heir` and `dead` have an entry for the end of the program (index = number of old slots).
 */
export interface Remap {
  /** First slot of the expansion, prepended insns included: calls, PSEUDO_FUNC, subprogs, line info go here. */
  readonly outer: Int32Array;
  /** Behind the prepended insns: jumps go here. Of a removed slot both name the next survivor. */
  readonly inner: Int32Array;
  /** Slot that inherits the aux record (the last one of a replace), -1 when removed. */
  readonly heir: Int32Array;
  /** 1 where the old slot was removed. */
  readonly dead: Uint8Array;
}
