/**
 * What one load of a program was given and nobody can compute (random numbers, ids and addresses of maps), read out of
 * what the kernel made of it. Only places are read where our own result has something of that kind; everything else has
 * to come out by itself.
 */
import { factsOf } from '../../src/analysis/facts.ts';
import { codeOf, srcOf } from '../../src/isa/insn.ts';
import { blind } from '../../src/passes/blind.ts';
import { passContext } from '../../src/passes/pass.ts';
import { applyEdits } from '../../src/patch/apply-edits.ts';
import { stream } from '../../src/patch/stream.ts';
import { makeProgram, type Program } from '../../src/program/program.ts';

/** In the words of the command line's facts. */
export interface ReadOut {
  readonly rnd: number[];
  /** By descriptor. */
  readonly maps: Map<number, { id?: number; address?: string; value_address?: string }>;
}

const isMapRef = (w0: number): boolean => codeOf(w0) === 0x18 && (srcOf(w0) === 1 || srcOf(w0) === 2);

/** `r11 = random; r11 <<= 32; dst |= r11` */
function spoilers(theirs: Int32Array): number[] {
  const rnd: number[] = [];
  for (let w = 0; w + 5 < theirs.length; w += 2)
    if ((theirs[w] & 0xffff) === 0x0bb7 && (theirs[w + 2] & 0xffff) === 0x0b67 && theirs[w + 3] === 32)
      rnd.push(theirs[w + 1] >>> 0);
  return rnd;
}

/** Slot by slot, where both have the same insns. */
export function readPlain(ours: Program, theirs: Int32Array): ReadOut {
  const out: ReadOut = { rnd: spoilers(theirs), maps: new Map() };
  for (let w = 0; w < Math.min(ours.insns.length, theirs.length); w += 2) {
    const [w0, imm] = [ours.insns[w], ours.insns[w + 1]];
    if (isMapRef(w0) && isMapRef(theirs[w])) out.maps.set(imm, { id: theirs[w + 1] });
  }
  return out;
}

const hex = (address: bigint): string => `0x${BigInt.asUintN(64, address).toString(16)}`;

/** The constant that stands blinded at slot `at`: the two halves of it are there. */
const unblinded = (theirs: Int32Array, at: number): number => theirs[2 * at + 1] ^ theirs[2 * at + 3];

/** `ours`: the program that is blinded. */
export function readBlinded(ours: Program, theirs: Int32Array): ReadOut {
  const program = makeProgram({ insns: ours.insns });
  const edits = blind.run(program, passContext({ facts: factsOf(program), rnd: () => 0 }));
  const shape = applyEdits(stream, program, edits, 'core');
  if (!shape.ok) throw new Error(shape.error.message);
  const { remap, program: blinded } = shape.value;
  const out = { ...readPlain(blinded, theirs), rnd: [] as number[] };
  for (let i = 0; 2 * i < program.insns.length; i++) {
    const [w0, imm] = [program.insns[2 * i], program.insns[2 * i + 1]];
    const at = remap.outer[i];
    if (codeOf(w0) === 0x18 && srcOf(w0) === 4) i++;
    else out.rnd.push(remap.outer[i + 1] - at > 1 ? theirs[2 * at + 3] >>> 0 : 0);
    if (!isMapRef(w0)) continue;
    const high = BigInt(unblinded(theirs, at));
    const low = BigInt(unblinded(theirs, remap.outer[i + 1]) >>> 0);
    const address = (high << 32n) | low;
    const known = out.maps.get(imm) ?? {};
    if (srcOf(w0) === 1) out.maps.set(imm, { ...known, address: hex(address) });
    else out.maps.set(imm, { ...known, value_address: hex(address - BigInt(program.insns[2 * i + 3])) });
  }
  return out;
}
