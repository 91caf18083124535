/** Reading what Linux 6.18.44 made of programs, and making the same of them, up to the rewriting of contexts. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { StatedAux } from '../../../src/analysis/aux.ts';
import { factsOfAux } from '../../../src/analysis/facts.ts';
import { notesOf } from '../../../src/analysis/notes.ts';
import { ctxAccess } from '../../../src/passes/ctx/access.ts';
import { deadCode } from '../../../src/passes/dead-code.ts';
import { hardWire } from '../../../src/passes/hard-wire.ts';
import { nops } from '../../../src/passes/nops.ts';
import { passContext } from '../../../src/passes/pass.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { stream } from '../../../src/patch/stream.ts';
import { makeProgram, type Program, type Subprogs } from '../../../src/program/program.ts';
import type { MapInfo } from '../../../src/program/setting.ts';
import { mapOf, subprogsFrom } from '../analysis/mock-programs.ts';
import { linesOf } from './shared.ts';

export function recordings<T>(name: string): T[] {
  const text = readFileSync(fileURLToPath(new URL(name, import.meta.url)), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as T);
}

/** Maps by the number that insns of the recordings have for them: an array, sockets for XDP, an arena. */
const MAPS: readonly MapInfo[] = [2, 17, 33].map((type, ref) => mapOf({ ref, type, maxEntries: 4 }));

interface Loaded {
  readonly progType: number;
  readonly insns: Int32Array;
  readonly subprogs?: Subprogs;
  readonly maps?: readonly MapInfo[];
  readonly stated?: readonly StatedAux[];
}

/** As a program is loaded with privileges. */
export function rewritten(loaded: Loaded): Int32Array {
  const { progType, insns, subprogs = subprogsFrom(loaded.insns), maps = MAPS } = loaded;
  const setting = { progType, maps };
  const notes = notesOf(makeProgram({ insns, subprogs }), setting, loaded.stated ?? []);
  let program: Program = makeProgram({
    ...{ insns, aux: notes.columns },
    subprogs: { ...subprogs, stackDepth: notes.stackDepth },
  });
  for (const pass of [hardWire, deadCode, nops, ctxAccess]) {
    const context = passContext({ facts: factsOfAux(program.aux!), setting, rnd: () => 0 });
    const result = applyEdits(stream, program, pass.run(program, context), 'verifier');
    if (!result.ok) throw new Error(result.error.message);
    program = result.value.program;
  }
  return program.insns;
}

/** The mode of an opcode before the kernel hides it in its dumps, by class and mode. */
const HIDDEN: Readonly<Record<string, number>> = {
  '1 32': 0x60,
  '1 160': 0x60,
  '2 160': 0x60,
  '3 160': 0x60,
};

/** Insns that the recorded build and mainline write differently: `d = -1` behind the test for a queue, in 32 bits. */
function isShortMinusOne(words: Int32Array, i: number): boolean {
  const isMov = (words[2 * i] & 0xff) === 0xb4 && words[2 * i + 1] === -1;
  return isMov && i > 0 && (words[2 * i - 2] & 0xffff00ff) === 0x00010055 && words[2 * i - 1] === 0xffff;
}

/**
 * Insns as lines, of both sides alike: without the numbers that differ from load to load (of helpers and maps), with
 * distances of calls in one place (`side`: the kernel's dump has them in `off`), and with modes as the dump shows them.
 */
export function comparable(words: Int32Array, side: 'kernel' | 'ours'): string[] {
  const same = words.slice();
  for (let i = 0; i < same.length / 2; i++) {
    const [w0, imm] = [words[2 * i], words[2 * i + 1]];
    const [code, src] = [w0 & 0xff, (w0 >>> 12) & 15];
    const mode = HIDDEN[`${code & 7} ${code & 0xe0}`];
    if (code === 0x85 && src === 0) same[2 * i + 1] = 0;
    else if (code === 0x85 && src === 1) {
      same[2 * i] = w0 & 0xffff;
      same[2 * i + 1] = side === 'kernel' ? w0 >> 16 : imm;
    } else if (code === 0x18 && (src === 1 || src === 2)) same[2 * i + 1] = 0;
    else if (side === 'ours' && mode !== undefined) same[2 * i] = (w0 & ~0xe0) | mode;
    else if (side === 'kernel' && isShortMinusOne(words, i)) same[2 * i] = (w0 & ~0xff) | 0xb7;
  }
  return linesOf(same);
}
