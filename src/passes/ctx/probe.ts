/**
 * Pointers that may lead to nowhere: kernel objects that are not held on to, and the arena. Nothing is tested; the mode
 * of the opcode says that a fault is caught. What is loaded is 0 then, and a store into the arena does nothing. Which
 * pointers and which modes: convert_ctx_accesses() of Linux 6.18 (kernel/bpf/verifier.c).
 */
import { CLASS, CLASS_MASK, MODE, MODE_MASK } from '../../isa/code-parts.ts';
import { INTERNAL_MODES } from '../../isa/table.ts';
import { POINTER_FLAG } from '../../kernel/ctx-flags.ts';
import { regTypeNumber } from '../../kernel/reg-types.ts';

const { READ_ONLY, UNTRUSTED, ALLOCATED } = POINTER_FLAG;
const OBJECT = regTypeNumber('ptr_');

const modeNamed = (name: string): number => INTERNAL_MODES.find((mode) => mode.name === name)?.mode ?? -1;

/** By class and mode of the insn. */
type Modes = ReadonlyMap<number, number>;
const inObjects: Modes = new Map([
  [CLASS.LDX | MODE.MEM, modeNamed('probe_mem')],
  [CLASS.LDX | MODE.MEMSX, modeNamed('probe_memsx')],
]);
const inArena: Modes = new Map([
  [CLASS.LDX | MODE.MEM, modeNamed('probe_mem32')],
  [CLASS.LDX | MODE.MEMSX, modeNamed('probe_mem32sx')],
  [CLASS.ST | MODE.MEM, modeNamed('probe_mem32_st')],
  [CLASS.STX | MODE.MEM, modeNamed('probe_mem32_stx')],
  [CLASS.STX | MODE.ATOMIC, modeNamed('probe_atomic')],
]);

/** By type of the pointer: modes, and the first version of Linux (as in PassRules.linux) that has such pointers. */
const PROBED: ReadonlyMap<number, { readonly modes: Modes; readonly since: number }> = new Map([
  [OBJECT, { modes: inObjects, since: 505 }],
  [OBJECT | UNTRUSTED, { modes: inObjects, since: 518 }],
  [OBJECT | ALLOCATED | UNTRUSTED, { modes: inObjects, since: 602 }],
  [regTypeNumber('mem') | READ_ONLY | UNTRUSTED, { modes: inObjects, since: 617 }],
  [regTypeNumber('arena'), { modes: inArena, since: 609 }],
]);

/** Opcode of an access through a pointer of this type; -1: it stays. */
export function probingCode(ptrType: number, code: number, linux: number): number {
  const probed = PROBED.get(ptrType);
  const mode = probed?.modes.get(code & (CLASS_MASK | MODE_MASK));
  return probed === undefined || mode === undefined || linux < probed.since ? -1 : (code & ~MODE_MASK) | mode;
}
