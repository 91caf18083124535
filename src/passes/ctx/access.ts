/**
 * Accesses to the context. What a program sees as its context is a struct made for it (`__sk_buff`); the kernel has
 * another one (sk_buff), and which member stands for a field, how wide it is and behind which pointers differs. So each
 * load or store becomes the insns that do the same with the kernel's own:
 *
 *   r2 = *(u32 *)(r1 + 40)     r2 = *(u64 *)(r1 + 16)        (ifindex, in a socket filter)
 *                              if r2 == 0x0 goto pc+1
 *                              r2 = *(u32 *)(r2 + 224)
 *
 * It goes by the type of pointer that the verifier noted, whatever the register; the same holds for pointers to sockets.
 * Pointers to kernel objects that may fault, and to the arena, only get another mode: the opcode changes, nothing else.
 * By struct: tables.ts; parts of fields: narrow.ts; modes: probe.ts; around the program: prologue.ts.
 *
 * As convert_ctx_accesses(), Linux 6.18, kernel/bpf/verifier.c. What that one puts against speculation (`nospec`) is
 * asked for in programs without privileges only, and left out. It changes modes in place, so marks of `zext_dst` stay;
 * here that is a replace like any other, which says them anew. An access that the verifier would refuse stays as it is.
 */
import { bytesOf, CLASS, CLASS_MASK, MODE, MODE_MASK, SIZE, SIZE_MASK } from '../../isa/code-parts.ts';
import { OP_EXIT } from '../../isa/flow.ts';
import { codeOf, dstOf, offOf, srcOf } from '../../isa/insn.ts';
import { secondSlots } from '../../isa/pairs.ts';
import { type CtxField, fieldAt, loadAllowed, storeAllowed } from '../../kernel/ctx.ts';
import { regTypeNumber } from '../../kernel/reg-types.ts';
import { editBuilder } from '../../patch/edit-builder.ts';
import type { EditList } from '../../patch/ops.ts';
import { type Program, slotCnt } from '../../program/program.ts';
import type { Pass, PassContext } from '../pass.ts';
import { putPart, putSignExtension, widen } from './narrow.ts';
import { probingCode } from './probe.ts';
import { frameOf } from './prologue.ts';
import type { Access } from './recipe.ts';
import { type Converter, convertersOf } from './tables.ts';

const PTR_TO_CTX = regTypeNumber('ctx');

/** Version that brought loads that extend signs, with the other insns of instruction set v4. */
const MEMSX_SINCE = 606;

/** Loads and stores, to begin with. */
function isAccess(code: number, linux: number): boolean {
  const cls = code & CLASS_MASK;
  const mode = code & MODE_MASK;
  if (cls === CLASS.LDX)
    return (
      mode === MODE.MEM || (mode === MODE.MEMSX && linux >= MEMSX_SINCE && (code & SIZE_MASK) !== SIZE.DW)
    );
  if (cls === CLASS.STX) return mode === MODE.MEM || mode === MODE.ATOMIC;
  return cls === CLASS.ST && mode === MODE.MEM;
}

const isLoad = (code: number): boolean => (code & CLASS_MASK) === CLASS.LDX;
const isSigned = (code: number): boolean => (code & MODE_MASK) === MODE.MEMSX;

function allowedField({ struct }: Converter, w0: number): CtxField | undefined {
  const [code, off] = [codeOf(w0), offOf(w0)];
  const size = bytesOf(code);
  const field = fieldAt(struct, off);
  if (field === undefined || (code & MODE_MASK) === MODE.ATOMIC) return undefined;
  const isAllowed = isLoad(code)
    ? loadAllowed(field, off, size, isSigned(code))
    : storeAllowed(field, off, size);
  return isAllowed ? field : undefined;
}

type Words = readonly [w0: number, imm: number];

/** The insn at `at`, which goes through a pointer to a struct of ours. `isNoted`: that it may be a part of a field. */
function convert(a: Access, converter: Converter, at: number, [w0, imm]: Words, isNoted: boolean): void {
  const code = codeOf(w0);
  const field = allowedField(converter, w0);
  if (field === undefined) return;
  const recipe = converter.table[field.name]?.[isLoad(code) ? 'load' : 'store'];
  if (recipe === undefined) return;
  const size = bytesOf(code);
  a.dst = dstOf(w0);
  a.src = srcOf(w0);
  a.imm = imm;
  a.cls = code & CLASS_MASK;
  a.size = size;
  a.inside = offOf(w0) - field.off;
  a.edits.replace(at);
  const isNarrow = isLoad(code) && isNoted && size < field.whole;
  const part = isNarrow ? widen(a, offOf(w0), field.whole) : null;
  const kept = recipe(a);
  if (part) putPart(a, part, field.whole, kept);
  if (isSigned(code)) putSignExtension(a, size);
}

/** A program that reads tstamp_type anywhere is taken to know what it does with tstamp. */
function knowsTstampType({ insns, aux }: Program, converter: Converter | undefined): boolean {
  const field = converter?.struct.fields.find(({ name }) => name === 'tstamp_type');
  if (aux === null || field === undefined) return false;
  return aux.home.some((home, i) => {
    const w0 = insns[2 * i];
    const isCtx = home >= 0 && aux.records.ptrType[home] === PTR_TO_CTX;
    return isCtx && isLoad(codeOf(w0)) && offOf(w0) === field.off;
  });
}

function run(program: Program, ctx: PassContext): EditList {
  const { insns, aux } = program;
  const edits = editBuilder(program);
  if (aux === null || insns.length === 0) return edits.finish();
  const n = slotCnt(program);
  const second = secondSlots(insns);
  const converters = convertersOf(ctx.setting.progType, ctx.kernel.structs);
  const frame = frameOf(program, ctx);
  const access: Access = {
    ...{ edits, dst: 0, src: 0, imm: 0, cls: 0, size: 0, inside: 0 },
    knowsTstampType: knowsTstampType(program, converters.get(PTR_TO_CTX)),
  };
  const { ptrType, ctxFieldSize } = aux.records;
  frame.putStart(edits);
  for (let i = 0; i < n; i++) {
    if (second[i] === 1) continue;
    const w0 = insns[2 * i];
    const imm = insns[2 * i + 1];
    const code = codeOf(w0);
    const home = aux.home[i];
    if (code === OP_EXIT) frame.putExit(edits, i);
    if (home < 0 || !isAccess(code, ctx.rules.linux)) continue;
    const probing = probingCode(ptrType[home], code, ctx.rules.linux);
    if (probing >= 0) {
      edits.replace(i);
      edits.put((w0 & ~0xff) | probing, imm);
      continue;
    }
    const converter = converters.get(ptrType[home]);
    if (converter) convert(access, converter, i, [w0, imm], ctxFieldSize[home] !== 0);
  }
  return edits.finish();
}

export const ctxAccess: Pass = {
  id: 'ctx_access',
  label: 'Context accesses',
  why: 'Your context is made up for you: the kernel keeps its fields elsewhere, so Linux rewrites each load and store of one.',
  layer: 'verifier',
  source: 'convert_ctx_accesses(), Linux 6.18, kernel/bpf/verifier.c',
  run,
};
