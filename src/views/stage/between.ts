/**
 * Between two texts with numbers in them (paths, transforms): the numbers travel, each from the one at its place in
 * `from`; all else is as in `to`. Does what interpolateString of d3 does, without the colours that come along with it.
 */
const NUMBER = /[-+]?(?:\d+\.?\d*|\.?\d+)(?:[eE][-+]?\d+)?/g;

export function between(from: string, to: string): (t: number) => string {
  const starts = from.match(NUMBER) ?? [];
  const ends = to.match(NUMBER) ?? [];
  const words = to.split(NUMBER);
  return (t) => {
    let text = words[0];
    for (let k = 0; k < ends.length; k++) {
      const end = ends[k];
      const start = starts[k];
      text += start === undefined || start === end ? end : +start * (1 - t) + +end * t;
      text += words[k + 1];
    }
    return text;
  };
}
