/** What a hover says about an insn. */
import { formOf } from './decode.ts';
import { OP_LD_IMM64 } from './flow.ts';
import { codeOf, dstOf, offOf, srcOf } from './insn.ts';
import { INTERNAL_MODES } from './table.ts';

export interface Description {
  readonly name: string;
  readonly doc: string;
  readonly since: string | null;
  /** The fields as stored, in wire order. */
  readonly fields: {
    readonly code: number;
    readonly dst: number;
    readonly src: number;
    readonly off: number;
    readonly imm: number;
  };
  /** The bytes as stored, 16 hex digits a slot. */
  readonly hex: string;
}

const BYTES: readonly string[] = Array.from({ length: 256 }, (_, value) =>
  value.toString(16).padStart(2, '0'),
);
const byte = (value: number): string => BYTES[value & 0xff];
const wordHex = (word: number): string =>
  byte(word) + byte(word >>> 8) + byte(word >>> 16) + byte(word >>> 24);

/** The bytes of one slot in wire order, 16 digits. */
export const slotHex = (w0: number, imm: number): string => wordHex(w0) + wordHex(imm);

/** `nextImm` is the second word of the next slot; only an ld_imm64 looks at it. */
export function describe(w0: number, imm: number, nextImm = 0): Description {
  const code = codeOf(w0);
  const fields = { code, dst: dstOf(w0), src: srcOf(w0), off: offOf(w0), imm };
  const hex = slotHex(w0, imm) + (code === OP_LD_IMM64 ? slotHex(0, nextImm) : '');
  const form = formOf(w0, imm);
  if (form) return { name: form.name, doc: form.doc, since: form.since ?? null, fields, hex };
  const internal = INTERNAL_MODES.find(({ cls, mode }) => (code & 0xe7) === (cls | mode));
  if (internal) return { name: internal.name, doc: internal.doc, since: 'internal', fields, hex };
  if (w0 === 0)
    return {
      name: 'ld_imm64_high',
      doc: 'Second slot of a 64-bit load: imm is the upper half.',
      since: null,
      fields,
      hex,
    };
  return {
    name: 'unknown',
    doc: 'No insn of RFC 9669 and of Linux has this encoding.',
    since: null,
    fields,
    hex,
  };
}
