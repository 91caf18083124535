/**
 * Where an insn leads: which field holds its distance, if any. Tables indexed by opcode, because every
 * algorithm asks this for every insn.
 */
import { codeOf, offOf, srcOf } from './insn.ts';
import { PSEUDO_CALL, PSEUDO_FUNC } from './pseudo.ts';

/** Which field holds the distance of a jump-like insn. `OFF` and `IMM` are jumps; `CALL` is an entry reference. */
export const FLOW = { NONE: 0, OFF: 1, IMM: 2, CALL: 3 } as const;
export type Flow = (typeof FLOW)[keyof typeof FLOW];

export const OP_CALL = 0x85;
export const OP_LD_IMM64 = 0x18;
export const OP_GOTOL = 0x06;
export const OP_GOTOX = 0x0d;
export const OP_EXIT = 0x95;

/** One look per insn: most have no distance. CALL stands for opcodes of which some `src` are entry references. */
const flowByCode = new Uint8Array(256);
for (let code = 0; code < 256; code++) {
  const cls = code & 0x07;
  const op = code & 0xf0;
  if ((cls === 5 || cls === 6) && op !== 0x80 && op !== 0x90) flowByCode[code] = FLOW.OFF;
}
flowByCode[OP_GOTOL] = FLOW.IMM;
// gotox jumps through a register; its off is not a distance (the field must be zero).
flowByCode[OP_GOTOX] = FLOW.NONE;
flowByCode[OP_CALL] = FLOW.CALL;
flowByCode[OP_LD_IMM64] = FLOW.CALL;

/** False for most: the insn with this first word has no distance. */
export const mayHaveDistance = (w0: number): boolean => flowByCode[w0 & 0xff] > 0; // FLOW.NONE; asked of every insn put

/** Field that holds the distance of the insn with this first word. */
export function flowOf(w0: number): Flow {
  const flow = flowByCode[w0 & 0xff] as Flow;
  if (flow !== FLOW.CALL) return flow;
  return srcOf(w0) === (codeOf(w0) === OP_CALL ? PSEUDO_CALL : PSEUDO_FUNC) ? flow : FLOW.NONE;
}

/** Distance as written: target = idx + 1 + distance. Only for insns whose flow is not NONE. */
export const distanceOf = (w0: number, imm: number, flow: Flow): number =>
  flow === FLOW.OFF ? offOf(w0) : imm;

/** Whether a distance fits the field: 16 bits for off, 32 for imm. */
export const fitsFlow = (distance: number, flow: Flow): boolean =>
  flow === FLOW.OFF ? distance >= -0x8000 && distance <= 0x7fff : distance === (distance | 0);

const DEFINES = { NEVER: 0, ALWAYS: 1, UNLESS_64: 2, IF_FETCHING: 3 } as const;

const defines32ByCode = new Uint8Array(256);
for (let code = 0; code < 256; code++) {
  const narrow = (code & 0x18) !== 0x18;
  const cls = code & 0x07;
  if (cls === 0 && (code & 0xe0) !== 0) defines32ByCode[code] = DEFINES.ALWAYS; // LD: ABS, IND; not IMM64
  if (cls === 1 && narrow) defines32ByCode[code] = DEFINES.ALWAYS; // LDX
  if (cls === 3 && narrow && (code & 0xe0) === 0xc0) defines32ByCode[code] = DEFINES.IF_FETCHING; // STX atomic
  if (cls === 4) defines32ByCode[code] = (code & 0xf0) === 0xd0 ? DEFINES.UNLESS_64 : DEFINES.ALWAYS; // ALU32; END
}

/**
 * Whether the insn defines a 32-bit value, so that the upper half of its register must be cleared
 * (aux `zext_dst`). ALU32 does, except byte swaps to 64 bits; loads narrower than 8 bytes do; of the
 * stores only fetching atomics narrower than 8 bytes; LD_ABS and LD_IND do.
 */
export function defines32(w0: number, imm: number): 0 | 1 {
  const rule = defines32ByCode[w0 & 0xff];
  if (rule <= DEFINES.ALWAYS) return rule as 0 | 1;
  return (rule === DEFINES.UNLESS_64 ? imm !== 64 : (imm & 1) === 1) ? 1 : 0;
}
