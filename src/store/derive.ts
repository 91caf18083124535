/** A selector that computes again only when what it reads has changed, so that views compare by identity. */
export function derive<S, D extends readonly unknown[], R>(
  read: (state: S) => readonly [...D],
  compute: (...deps: D) => R,
): (state: S) => R {
  let last: readonly [...D] | null = null;
  let result: R;
  return (state) => {
    const deps = read(state);
    if (last === null || deps.some((dep, i) => !Object.is(dep, last?.[i]))) {
      result = compute(...(deps as unknown as D));
      last = deps;
    }
    return result;
  };
}
