/** `--lines`: one line of output for each line of input. */

/** Lines whose answers are put together at once: short texts that live on until the end cost more than making them. */
const LINES_AT_ONCE = 2048;

/** `answer` of each line, a line each. A newline at the end begins no further line, and a CR before one is no part of it. */
export function eachLine(input: string, answer: (line: string) => string): string {
  const done: string[] = [];
  let lines: string[] = [];
  for (let from = 0; from < input.length; ) {
    const newline = input.indexOf('\n', from);
    const to = newline < 0 ? input.length : newline;
    const end = to > from && input[to - 1] === '\r' ? to - 1 : to;
    lines.push(answer(input.slice(from, end)), '\n');
    if (lines.length >= 2 * LINES_AT_ONCE) {
      done.push(lines.join(''));
      lines = [];
    }
    from = to + 1;
  }
  return done.join('') + lines.join('');
}
