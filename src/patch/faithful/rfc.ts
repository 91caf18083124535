/**
 * What the 2019 RFC does (Jiong Wang, "bpf: accelerate insn patching speed", July 2019, bpf_linearize_list_insn() and
 * verifier_linearize_list_insn()), bugs included; docs/SEMANTICS.md lists them. Each list of edits is linearized by
 * itself, as each of the RFC's passes does.
 */
import { enlarged } from '../../base/grow.ts';
import { err, ok, type Result } from '../../base/result.ts';
import { defines32 } from '../../isa/flow.ts';
import { SLOT_WORDS } from '../../isa/insn.ts';
import { type Aux, type AuxColumns, type Program, slotCnt } from '../../program/program.ts';
import type { OpenOptions, PatchError } from '../algorithm.ts';
import { composeRemap, identityRemap } from '../compose.ts';
import { group, invalid } from '../errors.ts';
import type { Remap } from '../remap.ts';
import { resolveEdits } from '../resolve.ts';
import { noWork, type Work } from '../work.ts';
import type { Faithful, FaithfulPatched, FaithfulPatching, Told } from './faithful.ts';
import { FRESH, listOf, NODE, type RfcList } from './rfc-list.ts';
import { mapOf, relocate } from './rfc-relocate.ts';

interface Linearized {
  readonly program: Program;
  readonly remap: Remap;
  readonly told: Pick<Told, 'idxMap' | 'overrun' | 'behind' | 'oob'>;
}

/** Copy nodes in order, those removed only `withRemoved`, until `cnt` slots are full. */
function copyOut(program: Program, list: RfcList, cnt: number, withRemoved: boolean) {
  const insns = new Int32Array(cnt * SLOT_WORDS);
  const uid = new Uint32Array(cnt);
  const origIdx = new Int32Array(cnt);
  let { nextUid } = program;
  let idx = 0;
  for (let node = 0; node < list.cnt && idx < cnt; node++) {
    if (!withRemoved && (list.flags[node] & NODE.REMOVED) !== 0) continue;
    const t = list.orig[node];
    insns[idx * SLOT_WORDS] = list.insns[node * SLOT_WORDS];
    insns[idx * SLOT_WORDS + 1] = list.insns[node * SLOT_WORDS + 1];
    uid[idx] = t === FRESH ? nextUid++ : program.uid[t];
    origIdx[idx] = t === FRESH ? -1 : program.origIdx[t];
    idx++;
  }
  return { insns, uid, origIdx, nextUid };
}

/** Record number of all insns that edits put: nothing but `seen`. */
function withFreshRecord(records: AuxColumns): AuxColumns {
  const cnt = records.seen.length;
  const columns = Object.entries(records).map(([name, column]) => [name, enlarged(column, cnt + 1)]);
  const grown = Object.fromEntries(columns) as AuxColumns;
  grown.seen[cnt] = 1;
  return grown;
}

/** The record goes to the node that holds the slot, which is the first one of a patch. */
function auxOut(aux: Aux, list: RfcList): Aux {
  const home = new Int32Array(list.liveCnt);
  const zextDst = new Uint8Array(list.liveCnt);
  const fresh = ~aux.records.seen.length;
  let idx = 0;
  for (let node = 0; node < list.cnt; node++) {
    if ((list.flags[node] & NODE.REMOVED) !== 0) continue;
    const t = list.orig[node];
    const written = t === FRESH || (list.flags[node] & NODE.PATCHED) !== 0;
    home[idx] = t === FRESH ? fresh : aux.home[t];
    zextDst[idx++] = written
      ? defines32(list.insns[node * SLOT_WORDS], list.insns[node * SLOT_WORDS + 1])
      : aux.zextDst[t];
  }
  return { records: withFreshRecord(aux.records), home, zextDst };
}

/**
 * The entry `linfoIdx` is taken for the function's first insn; those behind the function move with its end. There
 * are no subprograms in this layer: starts are carried along for who looks at the program as a whole.
 */
function coreTables({ lineInfo, subprogs }: Program, map: Int32Array, cnt: number, linfoIdx: number) {
  const insnOff = lineInfo.insnOff.slice();
  const base = insnOff[linfoIdx];
  for (let k = linfoIdx; k < insnOff.length; k++) {
    const t = insnOff[k] - base;
    insnOff[k] = t < map.length ? map[t] + base : insnOff[k] + cnt - map.length;
  }
  const start = subprogs.start.map((t) => map[t] ?? 0);
  return { lineInfo: { ...lineInfo, insnOff }, subprogs: { ...subprogs, start } };
}

/**
 * The table is emptied and filled again from the calls that were relocated; what else the entries know stays where it
 * stood in the table, whosever it is now.
 */
function refilled({ subprogs }: Program, callees: readonly number[]): Program['subprogs'] {
  const starts = Int32Array.from(new Set([0, ...callees])).sort();
  const old = (column: Int32Array, blank = -1): Int32Array =>
    starts.map((_, k) => (k < column.length ? column[k] : blank));
  return {
    start: starts,
    ident: old(subprogs.ident),
    name: old(subprogs.name),
    linfoIdx: old(subprogs.linfoIdx, 0),
    stackDepth: old(subprogs.stackDepth),
  };
}

/** All line entries go where their slot's node went; nobody asks whether the insn is still there. */
const verifierTables = (program: Program, list: RfcList, map: Int32Array, callees: readonly number[]) => ({
  lineInfo: { ...program.lineInfo, insnOff: program.lineInfo.insnOff.map((t) => map[t]) },
  subprogs: refilled(program, callees),
  aux: program.aux && auxOut(program.aux, list),
});

/** "The length is the same, so nothing has changed": all nodes are copied, removed ones too, and that is all. */
function copiedOnly(program: Program, list: RfcList): Linearized {
  const end = slotCnt(program);
  const remap = identityRemap(end);
  for (let node = 0; node < list.cnt; node++) {
    const t = list.orig[node];
    if (t === FRESH) continue;
    remap.outer[t] = remap.inner[t] = Math.min(node, end);
    remap.heir[t] = node < end ? node : -1;
    remap.dead[t] = node < end ? 0 : 1;
  }
  const behind = copyOut(program, list, list.cnt, true).insns.slice(end * SLOT_WORDS);
  return {
    program: { ...program, ...copyOut(program, list, end, true) },
    remap,
    told: { idxMap: null, overrun: list.cnt - end, ...(list.cnt > end && { behind }), oob: 0 },
  };
}

function remapOf(list: RfcList, map: Int32Array): Remap {
  const outer = enlarged(map, map.length + 1);
  outer[map.length] = list.liveCnt;
  const heir = map.slice();
  const dead = new Uint8Array(map.length);
  for (let node = 0; node < list.cnt; node++) {
    if ((list.flags[node] & NODE.REMOVED) === 0) continue;
    heir[list.orig[node]] = -1;
    dead[list.orig[node]] = 1;
  }
  return { outer, inner: outer.slice(), heir, dead };
}

/** A call that leads out of the program has no subprogram to register. */
function badCallee(callees: readonly number[], cnt: number): PatchError | null {
  const bad = callees.find((callee) => callee < 0 || callee >= cnt);
  if (bad === undefined) return null;
  return invalid([], bad, `a call leads to insn ${group(bad)}, the program has ${group(cnt)}`);
}

function linearize(
  program: Program,
  list: RfcList,
  options: OpenOptions,
  work: Work,
): Result<Linearized, PatchError> {
  const core = options.layer === 'core';
  work.node += list.cnt;
  if (list.liveCnt === slotCnt(program)) {
    work.node += list.cnt;
    work.insn += list.cnt;
    return ok(copiedOnly(program, list));
  }
  const map = mapOf(list, slotCnt(program));
  const copied = copyOut(program, list, list.liveCnt, false);
  const relocated = relocate(program, list, map, copied.insns, core);
  if (!relocated.ok) return relocated;
  const { callees, jumpCnt, oob } = relocated.value;
  const wrong = core ? null : badCallee(callees, list.liveCnt);
  if (wrong !== null) return err(wrong);
  work.alloc += core ? 2 : 4;
  work.node += 2 * list.cnt;
  work.insn += list.liveCnt;
  work.bytes += list.liveCnt * 8;
  work.jump += jumpCnt;
  work.aux += program.aux === null ? 0 : list.liveCnt;
  work.line += program.lineInfo.insnOff.length;
  work.subprog += core ? 0 : callees.length + 1;
  const tables = core
    ? coreTables(program, map, list.liveCnt, options.linfoIdx ?? 0)
    : verifierTables(program, list, map, callees);
  return ok({
    program: { ...program, ...copied, ...tables },
    remap: remapOf(list, map),
    told: { idxMap: map, overrun: 0, oob },
  });
}

function open(source: Program, options: OpenOptions = {}): FaithfulPatching {
  const work = noWork();
  let program = options.layer === 'core' ? { ...source, aux: null } : source;
  let remap = identityRemap(slotCnt(program));
  const funcInfo = source.subprogs.ident;
  let told: Told = { idxMap: null, funcInfo, keepsFuncInfo: true, overrun: 0, oob: 0 };
  return {
    peek: () => ({ program, tooFar: null }),
    apply(edits) {
      const resolved = resolveEdits(slotCnt(program), edits);
      if (!resolved.ok) return resolved;
      const list = listOf(program, resolved.value);
      work.alloc += list.cnt;
      work.node += list.cnt;
      const next = linearize(program, list, options, work);
      if (!next.ok) return next;
      const { idxMap, overrun, behind, oob } = next.value.told;
      program = next.value.program;
      remap = composeRemap(remap, next.value.remap);
      told = { ...told, idxMap, overrun: told.overrun + overrun, oob: told.oob + oob };
      if (behind !== undefined) told = { ...told, behind };
      return ok(undefined);
    },
    finish(): Result<FaithfulPatched, PatchError> {
      return ok({ program, remap, work, told });
    },
  };
}

export const rfc: Faithful = {
  id: 'rfc',
  label: 'RFC 2019',
  style: 'list',
  readsAllPerEdit: false,
  bound: 'O(n + p)',
  why: 'Does what the code of the 2019 RFC really does, bugs included: it is history, and agrees with the others only where it was right.',
  open,
};
