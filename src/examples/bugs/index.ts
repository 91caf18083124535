/** Known bugs, one scene each, in the order of docs/SEMANTICS.md. Loaded when the page stands. */
import type { Example } from '../example.ts';
import { mainline } from './mainline.ts';
import { rfcAux } from './rfc-aux.ts';
import { rfcInsns } from './rfc-insns.ts';
import { rfcTables } from './rfc-tables.ts';

const numberOf = ({ id }: Example): number => Number(id.replace(/\D+/, ''));

export const BUGS: readonly Example[] = [
  ...[...rfcInsns, ...rfcTables, ...rfcAux].sort((a, b) => numberOf(a) - numberOf(b)),
  ...mainline,
];
