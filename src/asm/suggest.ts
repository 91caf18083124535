/** The nearest known name to a misspelt one. */

/** Number of letters to insert, delete, replace or swap; gives up above `limit`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before = new Int32Array(b.length + 1);
  let row = Int32Array.from({ length: b.length + 1 }, (_, i) => i);
  let above = new Int32Array(b.length + 1);
  for (let i = 1; i <= a.length; i++) {
    [before, above, row] = [above, row, before];
    row[0] = i;
    let best = i;
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(above[j] + 1, row[j - 1] + 1, above[j - 1] + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        row[j] = Math.min(row[j], before[j - 2] + 1);
      best = Math.min(best, row[j]);
    }
    if (best > limit) return limit + 1;
  }
  return row[b.length];
}

const LONGEST = 64;

/** The candidate that is closest to `name`, if any is close. */
export function nearest(name: string, candidates: Iterable<string>): string | undefined {
  if (name.length > LONGEST) return undefined;
  let limit = Math.max(1, Math.floor(name.length / 3));
  let best: string | undefined;
  for (const candidate of candidates) {
    const steps = distance(name, candidate, limit);
    if (steps <= limit) {
      best = candidate;
      if (steps === 0) return best;
      limit = steps - 1;
      if (limit === 0) return best;
    }
  }
  return best;
}
