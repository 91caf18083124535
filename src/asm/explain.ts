/** What to say when the grammar has no way on: the message names what could stand there, the hint what to write. */
import { FORMS } from '../isa/table.ts';
import { followers, GRAMMAR } from './grammar.ts';
import { oldDump } from './old-dump.ts';
import type { Problem, Reader } from './reader.ts';
import { addKeyword, EDGE, isWord, KIND_CNT, kindText, TOKEN } from './tokens.ts';

/** Mnemonics of the notations that put the operation first. */
const MNEMONICS =
  /^(mov|add|sub|mul|div|s?mod|sdiv|or|and|xor|lsh|rsh|arsh|neg|ldx?|stx?|ja|j(eq|ne|gt|ge|lt|le|set|sgt|sge|slt|sle)|lddw|ldabs|ldind|be|le|bswap|swap)(8|16|32|64|b|h|w|dw)*$/;

function textAt(reader: Reader, token: number): string {
  const { text, from, to } = reader.lexer;
  const piece = text.slice(from[token], to[token]);
  return piece.length > 40 ? `${piece.slice(0, 40)}…` : piece;
}

function expectation(node: number): string {
  const texts = [...new Set(followers(node).map(kindText))];
  if (GRAMMAR.acceptOf[node] >= 0) texts.push(kindText(TOKEN.END));
  if (texts.length > 6) return `${texts.slice(0, 6).join(', ')} or another of ${texts.length}`;
  return texts.length > 1 ? `${texts.slice(0, -1).join(', ')} or ${texts.at(-1)}` : texts[0];
}

const can = (node: number, edge: number): boolean => GRAMMAR.next[node * KIND_CNT + edge] > 0;

/** The same register in the other width, when that would have been right. */
function mixedWidths(reader: Reader, node: number, token: number): Problem | undefined {
  const { lexer } = reader;
  const kind = lexer.kind[token];
  const other = kind === TOKEN.W ? TOKEN.R : kind === TOKEN.R ? TOKEN.W : TOKEN.END;
  if (other === TOKEN.END || !can(node, other)) return undefined;
  const number = lexer.value[token];
  const [is, wants] = kind === TOKEN.W ? ['32', 'r'] : ['64', 'w'];
  return problem(
    reader,
    'mixed-width',
    token,
    `${textAt(reader, token)} is a ${is}-bit register, but this insn needs ${wants}${number} here`,
    'both sides of an insn have one width: `w1 = w2` copies 32 bits and clears the rest, `r1 = r2` copies 64',
  );
}

function problem(reader: Reader, code: string, token: number, message: string, hint?: string): Problem {
  const { from, to } = reader.lexer;
  return {
    code,
    severity: 'error',
    from: from[token],
    to: to[token],
    message,
    ...(hint ? { hint } : {}),
  };
}

function firstToken(reader: Reader, token: number): Problem {
  const text = textAt(reader, token);
  if (MNEMONICS.test(text))
    return problem(
      reader,
      'unknown-insn',
      token,
      `\`${text}\` is not a word of this notation`,
      'insns are written as assignments: `r1 = r2`, `r1 += 4`, `r1 = *(u32 *)(r2 + 8)`, `if r1 == 0 goto out`',
    );
  return problem(reader, 'unknown-insn', token, `no insn begins with \`${text}\``);
}

const REGISTER = /^[rw]\d+$/;
const LL = addKeyword('ll');

function unknownRegister(reader: Reader, token: number): Problem {
  const text = textAt(reader, token);
  const hint = 'registers are r0–r10, and w0–w10 for their low 32 bits';
  return problem(reader, 'unknown-register', token, `there is no register ${text}`, hint);
}

/** `r1 = name` without `ll`. */
function strayName(reader: Reader, token: number): Problem {
  const text = textAt(reader, token);
  if (REGISTER.test(text)) return unknownRegister(reader, token);
  const hint = `the address of a function or a map is loaded with \`r1 = ${text} ll\``;
  return problem(reader, 'stray-name', token, `\`${text}\` is neither a register nor a number`, hint);
}

/** Adds the problem of a walk that stopped at `node` with token `token`. */
export function explainStuck(reader: Reader, node: number, token: number, start: number, end: number): void {
  const { lexer } = reader;
  const old = oldDump(lexer);
  if (old) {
    const range = { from: lexer.from[start], to: lexer.to[end - 1] };
    reader.problems.push({ code: 'old-dump', severity: 'error', ...range, ...old });
    return;
  }
  reader.problems.push(stuck(reader, node, token, start, end));
}

function stuck(reader: Reader, node: number, token: number, start: number, end: number): Problem {
  const { lexer } = reader;
  const name = reader.nameToken;
  if (name >= 0 && name === token - 1 && can(node, LL)) return strayName(reader, name);
  if (token >= end) {
    const { from, to } = lexer;
    return {
      code: 'incomplete-insn',
      severity: 'error',
      from: from[start],
      to: to[end - 1],
      message: `the insn ends too early: ${expectation(node)} must follow`,
    };
  }
  const kind = lexer.kind[token];
  const text = textAt(reader, token);
  if (isWord(kind) && REGISTER.test(text)) return unknownRegister(reader, token);
  const mixed = mixedWidths(reader, node, token);
  if (mixed) return mixed;
  if (kind === TOKEN.BAD && /^\d/.test(text))
    return problem(
      reader,
      'bad-number',
      token,
      `\`${text}\` is not a number`,
      'numbers are decimal, or hexadecimal with 0x',
    );
  if (node === 0) return firstToken(reader, token);
  if (kind === TOKEN.NUM && can(node, EDGE.SIGNED))
    return problem(reader, 'missing-sign', token, 'an offset needs its sign', `write \`+ ${text}\``);
  if (GRAMMAR.acceptOf[node] >= 0) return afterInsn(reader, node, token);
  return problem(reader, 'unexpected-token', token, `expected ${expectation(node)}, found \`${text}\``);
}

function afterInsn(reader: Reader, node: number, token: number): Problem {
  const text = textAt(reader, token);
  const form = FORMS[GRAMMAR.accepts[GRAMMAR.acceptOf[node]].form];
  const hint =
    form?.name.startsWith('mov') && /^[-+*/&|^]/.test(text)
      ? 'an insn does one operation: write `r1 = r2` and then `r1 += 3`'
      : 'one insn a line; a comment begins with `;`, `//` or `#`';
  return problem(reader, 'unexpected-token', token, `the insn ends before \`${text}\``, hint);
}
