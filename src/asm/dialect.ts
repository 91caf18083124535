/** Which dialect a text is written in, told from what only one of them writes. */
import type { Dialect } from './reader.ts';

/** `goto pc+3`, `(r1 +8)`, `#1` behind a helper, `atomic64_…`, an opcode in brackets. */
const KERNEL =
  /\b(goto|gotol|may_goto|call) pc[+-]|\bcall [\w-]+#|\(r\d+ [+-]\d|\batomic64_|^\s*\d+: \([0-9a-f]{2}\) /m;
/** `ll`, `(r1 + 8)`, `goto +0x3`, loads into w registers, hexadecimal operands of arithmetic. */
const LLVM =
  /\bll\b\s*(;|#|$)|\(r\d+ [+-] \w|\b(goto|gotol|may_goto) [+-]\w|\bw\d+ = \*\(|\bld_pseudo |xchg(32_32|_64)\(|(?:[-+*/%&|^]|<<|>>)= -?0x/m;

/** Looks at the start of a text only; a text in which both or neither are met is `auto`. */
export function sniffDialect(text: string, length = 1 << 20): Dialect {
  const head = text.slice(0, length);
  const kernel = KERNEL.test(head);
  if (kernel === LLVM.test(head)) return 'auto';
  return kernel ? 'kernel' : 'llvm';
}
