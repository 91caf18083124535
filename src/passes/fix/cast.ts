/**
 * Arena pointers, of which programs only ever see the lower half.
 *
 *   d = addr_space_cast(s, 0, 1)   ->   w d = s       to the kernel's view; the JIT adds the base when it is used
 *   d = addr_space_cast(s, 1, 0)   ->   w d = s       only if the arena keeps user addresses out of its contents
 *   d += s, d an arena pointer     ->   w d += s      any 64-bit arithmetic; the insn's record says so
 *
 * As do_misc_fixups(), Linux 6.18, kernel/bpf/verifier.c (`needs_zext`; here: `ptr_type` arena at an ALU64 insn).
 */

import { ALU_OP, CLASS, CLASS_MASK, SRC } from '../../isa/code-parts.ts';
import { codeOf, dstOf, offOf, srcOf } from '../../isa/insn.ts';
import { ADDR_SPACE_CAST, CAST_TO_KERNEL } from '../../isa/marks.ts';
import { F_NO_USER_CONV } from '../../kernel/map-flags.ts';
import { mapTypeNumber } from '../../kernel/map-types.ts';
import { regTypeNumber } from '../../kernel/reg-types.ts';
import { putMov32X } from '../put.ts';
import { type Fix, noted, type Site } from './site.ts';

const ARENA_MAP = mapTypeNumber('arena');
const ARENA_POINTER = regTypeNumber('arena');

export const CAST_CODE = CLASS.ALU64 | SRC.X | ALU_OP.MOV;

const hasPlainArena = ({ ctx }: Site): boolean =>
  ctx.setting.maps.some(({ type, flags }) => type === ARENA_MAP && (flags & F_NO_USER_CONV) !== 0);

export const fixCast: Fix = (site) => {
  const { edits, at, w0, imm } = site;
  if (imm === 0) return false;
  if (!(offOf(w0) === ADDR_SPACE_CAST && imm === CAST_TO_KERNEL) && !hasPlainArena(site)) return false;
  edits.replace(at);
  putMov32X(edits, dstOf(w0), srcOf(w0));
  return true;
};

/** Whether the insn at the site reckons with an arena pointer in 64 bits. */
export const isArenaArithmetic = (site: Site): boolean =>
  (codeOf(site.w0) & CLASS_MASK) === CLASS.ALU64 && noted(site, 'ptrType') === ARENA_POINTER;

/** The same in 32 bits. */
export const narrowed = (w0: number): number => (w0 & ~CLASS_MASK) | CLASS.ALU;
