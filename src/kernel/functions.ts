/**
 * What the rewriting of calls asks of one build of a kernel: where its functions and variables stand. None of it is ABI,
 * so all of it is one value, and another build is another value.
 */
export interface KernelFunctions {
  /** By symbol: imm of a call, which is the distance in bytes from `__bpf_call_base`. */
  readonly calls: Readonly<Record<string, number>>;
  /** By symbol: addresses that rewritten programs load from. */
  readonly addresses: Readonly<Record<string, bigint>>;
}

/**
 * Stands for a function or variable of which a build does not say where it is. As imm of a call it is the id that no
 * helper has, as an address nothing is ever there: the rewritten program shows what is called and cannot be mistaken
 * for one that would work.
 */
export const NOT_KNOWN = 0;

/** imm of a call of a kernel function that has no helper id of its own. */
export const callTo = ({ calls }: KernelFunctions, symbol: string): number =>
  Object.hasOwn(calls, symbol) ? calls[symbol] : NOT_KNOWN;

/** Address of a kernel variable. */
export const addressOf = ({ addresses }: KernelFunctions, symbol: string): bigint =>
  Object.hasOwn(addresses, symbol) ? addresses[symbol] : BigInt(NOT_KNOWN);

interface Symbols {
  readonly byCall: ReadonlyMap<number, string>;
  readonly byAddress: ReadonlyMap<bigint, string>;
}
const symbolsOf = new WeakMap<KernelFunctions, Symbols>();

function turnedRound(functions: KernelFunctions): Symbols {
  const turned = {
    byCall: new Map(Object.entries(functions.calls).map(([symbol, imm]) => [imm, symbol])),
    byAddress: new Map(Object.entries(functions.addresses).map(([symbol, at]) => [at, symbol])),
  };
  symbolsOf.set(functions, turned);
  return turned;
}

const namesIn = (functions: KernelFunctions): Symbols => symbolsOf.get(functions) ?? turnedRound(functions);

/** The function that a call with this imm reaches, as rewritten programs have it; undefined: none that is known. */
export const calledSymbol = (functions: KernelFunctions, imm: number): string | undefined =>
  namesIn(functions).byCall.get(imm);

/** The variable at this address; undefined: none that is known. */
export const addressSymbol = (functions: KernelFunctions, address: bigint): string | undefined =>
  namesIn(functions).byAddress.get(address);
