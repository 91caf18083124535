/**
 * Loads and stores: what kind of pointer they go through, and what comes back (check_mem_access() of Linux 6.18).
 * What the real verifier would refuse gives a number that nobody knows.
 */

import { ATOMIC } from '../isa/atomic.ts';
import { bytesOf, MODE, MODE_MASK } from '../isa/code-parts.ts';
import { codeOf, dstOf, offOf, srcOf } from '../isa/insn.ts';
import { type CtxField, type CtxType, fieldAt, pointeeOf } from '../kernel/ctx.ts';
import { isConst, known, UNKNOWN } from './scalar.ts';
import { loaded, signExtended, truncated } from './scalar-width.ts';
import { loadFromStack, type Stored, storeToStack } from './stack.ts';
import { baseOf, CELL, MAYBE_NULL, REG } from './state.ts';
import type { Walk } from './walk.ts';

/** Offset that a pointer has in full; null: it is not constant. */
function fixedOff(walk: Walk, reg: number, off: number): number | null {
  const { frame } = walk.state;
  const value = frame.values[reg];
  if (!isConst(value)) return null;
  return Number(value.smin) + frame.get(reg, CELL.OFF) + off;
}

/** Contexts and sockets: fields with a type of their own. */
function structOf(walk: Walk, type: number): CtxType | undefined {
  return type === REG.CTX ? walk.ctx : pointeeOf(type);
}

function fieldOf(walk: Walk, reg: number, off: number): CtxField | undefined {
  const struct = structOf(walk, walk.state.frame.type(reg));
  const at = struct && fixedOff(walk, reg, off);
  return struct && typeof at === 'number' ? fieldAt(struct, at) : undefined;
}

/** Types whose loads the kernel rewrites, so that it notes how much of the field there is. */
const HAS_FIELDS: ReadonlySet<number> = new Set([
  ...[REG.CTX, REG.SOCKET, REG.SOCK_COMMON, REG.TCP_SOCK, REG.XDP_SOCK],
]);

/** What somebody stated about the pointer counts more than what the walk found. */
function takeStatedType(walk: Walk, reg: number): void {
  const type = walk.stated.ptrType.get(walk.idx);
  const { frame } = walk.state;
  if (type === undefined || type === frame.type(reg)) return;
  if (type === 0 || baseOf(type) === REG.STACK) return;
  frame.putPointer(reg, type, 0);
}

function noteField(walk: Walk, reg: number, off: number): CtxField | undefined {
  if (!HAS_FIELDS.has(walk.state.frame.type(reg))) return undefined;
  const field = fieldOf(walk, reg, off);
  if (field) walk.columns.ctxFieldSize[walk.idx] = field.whole;
  return field;
}

/** Bytes of a map that nothing changes any more. */
function frozenAt(walk: Walk, reg: number, off: number, size: number): bigint | null {
  const at = fixedOff(walk, reg, off);
  const bytes = walk.maps.frozenOf(walk.state.frame.get(reg, CELL.WHAT));
  if (at === null || bytes === null || at < 0 || at + size > bytes.length) return null;
  let value = 0n;
  for (let k = size - 1; k >= 0; k--) value = (value << 8n) | BigInt(bytes[at + k]);
  return value;
}

function loadField(walk: Walk, field: CtxField | undefined, dst: number): void {
  const { frame } = walk.state;
  if (field === undefined || field.reg <= REG.SCALAR) {
    frame.putScalar(dst, UNKNOWN);
    return;
  }
  frame.putPointer(dst, field.maybeNull ? field.reg | MAYBE_NULL : field.reg, 0);
  if (field.maybeNull) frame.set(dst, CELL.ID, walk.newId());
  // Pointers are whole, however narrow the load says it is.
  frame.set(dst, CELL.DEF, 0);
}

/** Puts what is loaded into `dst`, as wide as it comes. */
function fetch(walk: Walk, base: number, off: number, size: number, dst: number): void {
  const { frame } = walk.state;
  const type = frame.type(base);
  if (type === REG.STACK) loadFromStack(walk, base, off, size, dst);
  else if (HAS_FIELDS.has(type)) loadField(walk, noteField(walk, base, off), dst);
  else {
    const value = type === REG.MAP_VALUE ? frozenAt(walk, base, off, size) : null;
    frame.putScalar(dst, value === null ? UNKNOWN : known(value));
  }
}

/** A load of `size` bytes from [base + off] into `dst`, which has been defined. */
export function loadInto(
  walk: Walk,
  base: number,
  off: number,
  size: number,
  dst: number,
  isSigned: boolean,
): void {
  const { frame } = walk.state;
  fetch(walk, base, off, size, dst);
  if (size === 8 || !frame.isScalar(dst)) return;
  const value = frame.values[dst];
  if (value === UNKNOWN) frame.values[dst] = loaded(size, isSigned);
  else frame.values[dst] = isSigned ? signExtended(value, size, false) : truncated(value, size);
}

export function stepLoad(walk: Walk, w0: number): void {
  const code = codeOf(w0);
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  const size = bytesOf(code);
  const isSigned = (code & MODE_MASK) === MODE.MEMSX;
  walk.read(src, true);
  takeStatedType(walk, src);
  const type = walk.state.frame.type(src);
  walk.define(dst, size === 8 || isSigned);
  if (type > REG.SCALAR) walk.notePointer(type);
  loadInto(walk, src, offOf(w0), size, dst, isSigned);
}

const PACKETS: ReadonlySet<number> = new Set([REG.PACKET, REG.PACKET_META]);

/** A store of a register (src) or of a constant. */
function store(walk: Walk, w0: number, stored: Stored): void {
  const dst = dstOf(w0);
  takeStatedType(walk, dst);
  const type = walk.state.frame.type(dst);
  // One way that writes into a packet is enough for a prologue (seen_direct_write), so that counts more than the first.
  if (PACKETS.has(type)) walk.columns.ptrType[walk.idx] = type;
  else if (type > REG.SCALAR) walk.notePointer(type);
  noteField(walk, dst, offOf(w0));
  if (type === REG.STACK) storeToStack(walk, dst, offOf(w0), bytesOf(codeOf(w0)), stored);
}

export function stepStoreImm(walk: Walk, w0: number, imm: number): void {
  walk.read(dstOf(w0), true);
  store(walk, w0, { reg: -1, imm });
}

export function stepStore(walk: Walk, w0: number): void {
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  readSources(walk, w0, [src, dst]);
  store(walk, w0, { reg: src, imm: null });
}

/** Numbers are read as wide as the store is, pointers in full. */
function readSources(walk: Walk, w0: number, regs: readonly number[]): void {
  const isWide = bytesOf(codeOf(w0)) === 8;
  for (const reg of regs) walk.read(reg, isWide || !walk.state.frame.isScalar(reg));
}

/** Takes the word from memory into `dst`, and nothing is written. */
function loadAcquire(walk: Walk, w0: number, size: number): void {
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  readSources(walk, w0, [src]);
  const type = walk.state.frame.type(src);
  walk.define(dst, size === 8);
  if (type > REG.SCALAR) walk.notePointer(type);
  loadInto(walk, src, offOf(w0), size, dst, false);
}

/** Reads and writes at once; what was there goes to `src`, or to r0 where it is compared with that. */
function modify(walk: Walk, w0: number, imm: number, size: number): void {
  const [dst, src] = [dstOf(w0), srcOf(w0)];
  const { frame } = walk.state;
  const isCompared = imm === ATOMIC.CMPXCHG;
  readSources(walk, w0, isCompared ? [src, dst, 0] : [src, dst]);
  if ((imm & ATOMIC.FETCH) !== 0) {
    const into = isCompared ? 0 : src;
    walk.define(into, size === 8);
    frame.putScalar(into, UNKNOWN);
    if (into !== dst) loadInto(walk, dst, offOf(w0), size, into, false);
  }
  if (frame.type(dst) === REG.STACK) storeToStack(walk, dst, offOf(w0), size, { reg: -1, imm: null });
}

export function stepAtomic(walk: Walk, w0: number, imm: number): void {
  const size = bytesOf(codeOf(w0));
  if (imm === ATOMIC.STORE_REL) stepStore(walk, w0);
  else if (imm === ATOMIC.LOAD_ACQ) loadAcquire(walk, w0, size);
  else modify(walk, w0, imm, size);
}
