/** What a worker can run before it has loaded everything (known-first.ts), by ids: plain data, for who has to choose. */
import type { RunInput } from './run-with.ts';

export const FIRST = {
  passes: ['div_guard', 'blind'],
  algorithms: ['stream', 'array', 'list'],
  semantics: ['engine'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

const isIn = (ids: readonly string[], id: string): boolean => ids.includes(id);

/** Whether a run names nothing else. */
export const isFirst = ({
  recipe = '',
  pass,
  algorithm,
  semantics = FIRST.semantics[0],
}: RunInput): boolean =>
  recipe === '' &&
  pass.split(',').every((id) => isIn(FIRST.passes, id)) &&
  isIn(FIRST.algorithms, algorithm) &&
  isIn(FIRST.semantics, semantics);
