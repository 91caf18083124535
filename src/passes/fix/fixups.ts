/**
 * What the kernel rewrites last, in one walk over the program: divisions, loads of packets in the classic way, pointer
 * arithmetic of the unprivileged, may_goto, casts of arena pointers, tail calls, and the calls of helpers whose work is
 * better done in place. Each family stands in a file of its own beside this one; here is who is asked about which insn.
 *
 * A call that stays a call keeps the id of its helper: the address that a kernel writes over it belongs to one build.
 * So do calls of a map's own functions (bpf_map_update_elem, bpf_for_each_map_elem, ...), which change in nothing else.
 * Only functions without an id have the imm of a build (`kernel.functions`).
 *
 * Not rewritten, because it takes what nobody notes here: kernel functions by BTF id, per-cpu memory of bpf_percpu_obj_new,
 * the hidden callback of bpf_throw.
 */

import { OP_CALL } from '../../isa/flow.ts';
import { codeOf, srcOf } from '../../isa/insn.ts';
import { secondSlots } from '../../isa/pairs.ts';
import { helperId } from '../../kernel/helpers.ts';
import { editBuilder } from '../../patch/edit-builder.ts';
import type { EditList } from '../../patch/ops.ts';
import { type Program, slotCnt } from '../../program/program.ts';
import type { Pass, PassContext } from '../pass.ts';
import { ALU_LIMIT_CODES, fixAluLimit } from './alu-limit.ts';
import { CAST_CODE, fixCast, isArenaArithmetic, narrowed } from './cast.ts';
import { DIVISION_CODES, fixDivision } from './division.ts';
import { fixLdAbs, LD_ABS_CODES } from './ld-abs.ts';
import { MAP_LOOKUP_FIXES } from './map-lookup.ts';
import { fixMayGoto, MAY_GOTO_CODE, setUpCounts } from './may-goto.ts';
import type { KnownFix, Site } from './site.ts';
import { HELPER_FIXES } from './small-helpers.ts';
import { pokesOf, TAIL_CALL_FIXES } from './tail-call.ts';
import { TRACING_FIXES } from './tracing.ts';

/** By helper id. */
const CALL_FIXES: ReadonlyMap<number, KnownFix> = new Map(
  Object.entries({ ...TAIL_CALL_FIXES, ...MAP_LOOKUP_FIXES, ...HELPER_FIXES, ...TRACING_FIXES }).map(
    ([helper, known]) => [helperId(helper), known],
  ),
);

const fixCall: KnownFix = {
  since: 0,
  fix: (site) => {
    if (srcOf(site.w0) !== 0) return false;
    const known = CALL_FIXES.get(site.imm);
    return known !== undefined && site.ctx.rules.linux >= known.since && known.fix(site);
  },
};

/** By opcode. */
const FIXES: (KnownFix | undefined)[] = Array.from({ length: 256 });
for (const code of DIVISION_CODES) FIXES[code] = { since: 0, fix: fixDivision };
for (const code of LD_ABS_CODES) FIXES[code] = { since: 0, fix: fixLdAbs };
for (const code of ALU_LIMIT_CODES) FIXES[code] = { since: 0, fix: fixAluLimit };
FIXES[CAST_CODE] = { since: 609, fix: fixCast };
FIXES[MAY_GOTO_CODE] = { since: 609, fix: fixMayGoto };
FIXES[OP_CALL] = fixCall;

function fixAt(site: Site): void {
  const isNarrowed = site.ctx.rules.linux >= 609 && isArenaArithmetic(site);
  if (isNarrowed) site.w0 = narrowed(site.w0);
  const known = FIXES[codeOf(site.w0)];
  if (known !== undefined && site.ctx.rules.linux >= known.since && known.fix(site)) return;
  if (!isNarrowed) return;
  site.edits.replace(site.at);
  site.edits.put(site.w0, site.imm);
}

function run(program: Program, ctx: PassContext): EditList {
  const { insns, subprogs } = program;
  const n = slotCnt(program);
  const second = secondSlots(insns);
  const edits = editBuilder(program);
  const site: Site = {
    ...{ program, ctx, edits, at: 0, w0: 0, imm: 0, subprog: 0 },
    pokes: pokesOf(program),
    mayGotoDepths: new Map(),
  };
  for (let i = 0; i < n; i++) {
    if (i === subprogs.start[site.subprog + 1]) site.subprog++;
    if (second[i] === 1) continue;
    site.at = i;
    site.w0 = insns[2 * i];
    site.imm = insns[2 * i + 1];
    fixAt(site);
  }
  setUpCounts(site);
  return edits.finish();
}

export const fixups: Pass = {
  id: 'fixups',
  label: 'Calls and divisions',
  why: 'Linux writes small helpers and map lookups into your program in place of the calls, and keeps your divisions, packet loads and endless loops from doing harm.',
  layer: 'verifier',
  source: 'do_misc_fixups(), Linux 6.18, kernel/bpf/verifier.c',
  needs: 'records',
  run,
};
