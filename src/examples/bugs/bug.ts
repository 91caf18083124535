/** A known bug of the RFC or of mainline as an example: under the rules of its time it shows, under ours it does not. */
import type { Example } from '../example.ts';

export type Bug = Omit<Example, 'group' | 'semantics'>;

const bugsOf =
  (group: string, semantics: string, pass = 'edits') =>
  (bugs: readonly (Omit<Bug, 'pass'> & Partial<Bug>)[]): Example[] =>
    bugs.map((bug) => ({ group, semantics, pass, ...bug }));

export const bugsOfRfc = bugsOf('Bugs of the RFC', 'rfc-2019');
export const bugsOf618 = bugsOf('Bugs of mainline', 'linux-6.18');
export const bugsOf61 = bugsOf('Bugs of mainline', 'linux-6.1');
