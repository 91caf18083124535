/** The passes, in the order in which a kernel runs them; hand-written edits come first. One line each. */
import { blind } from './blind.ts';
import { ctxAccess } from './ctx/access.ts';
import { deadCode } from './dead-code.ts';
import { deadCodeRfc } from './dead-code-rfc.ts';
import { divGuard } from './div-guard.ts';
import { edits } from './edits.ts';
import { fixups } from './fix/fixups.ts';
import { hardWire } from './hard-wire.ts';
import { inlineLoop } from './inline-loop.ts';
import { nops, nopsAll } from './nops.ts';
import type { Pass } from './pass.ts';
import { rndHi32 } from './rnd-hi32.ts';
import { sanitize } from './sanitize.ts';
import { zext } from './zext.ts';

export const PASSES: readonly Pass[] = [
  edits,
  inlineLoop,
  hardWire,
  deadCode,
  nops,
  nopsAll,
  sanitize,
  ctxAccess,
  divGuard,
  fixups,
  zext,
  rndHi32,
  blind,
];

/** Not offered, but there for who names them. */
const UNLISTED: readonly Pass[] = [deadCodeRfc];

export const passById = (id: string): Pass | undefined =>
  [...PASSES, ...UNLISTED].find((pass) => pass.id === id);
