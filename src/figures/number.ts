/** How numbers are written in pictures: signed distances with a true minus, thousands apart. */
export const MINUS = '\u2212';

export const signed = (n: number): string => (n < 0 ? `${MINUS}${grouped(-n)}` : `+${grouped(n)}`);

export function grouped(n: number): string {
  const digits = String(n);
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ',');
}

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${grouped(n)} ${n === 1 ? one : many}`;
