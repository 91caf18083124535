/**
 * Contexts as programs see them: what a load from the context gives, field by field. The numbers of the kernel's own
 * structs behind them stand in a file of one named kernel (ctx-6.18-x86-64.ts); these here are the ABI.
 */

/** A field of a context. `off` and `size` in bytes; narrower loads inside of it read a part. */
export interface CtxField {
  readonly name: string;
  readonly off: number;
  readonly size: number;
  /** Verifier's type of what a load gives (kernel/reg-types.ts): 1 a number, 8 packet, 12 sock_common ... */
  readonly reg: number;
  /** The verifier says "or null" of it. */
  readonly maybeNull: boolean;
}

export interface CtxType {
  /** Name of the struct, such as __sk_buff. */
  readonly name: string;
  readonly size: number;
  readonly fields: readonly CtxField[];
}
