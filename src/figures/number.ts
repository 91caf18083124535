/** How numbers are written in pictures: signed distances with a true minus, thousands apart. */
export const MINUS = '\u2212';

export const signed = (n: number): string => (n < 0 ? `${MINUS}${grouped(-n)}` : `+${grouped(n)}`);

export function grouped(n: number): string {
  const digits = String(n);
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

/** "0 to 8": the numbers of so many things. */
export const upTo = (cnt: number): string => (cnt === 0 ? 'none' : `0 to ${grouped(cnt - 1)}`);

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${grouped(n)} ${n === 1 ? one : many}`;
