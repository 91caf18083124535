/**
 * Columns that are computed when somebody reads them. To who reads, copies or sends the object they are like any other.
 */

/** `known` with more properties, each computed when first read and then kept. */
export function withLazy<K extends object, L extends object>(
  known: K,
  compute: { readonly [P in keyof L]: () => L[P] },
): K & L {
  for (const key of Object.keys(compute) as (keyof L)[]) {
    Object.defineProperty(known, key, {
      configurable: true,
      enumerable: true,
      get: () => {
        const value = compute[key]();
        Object.defineProperty(known, key, { value, configurable: true, enumerable: true, writable: false });
        return value;
      },
    });
  }
  return known as K & L;
}
