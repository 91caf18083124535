/**
 * The grammar of one insn, made from the templates of the instruction table: a trie over token kinds as one flat
 * table. A walk that ends on an accepting node names the row of the table and which field each operand fills.
 */
import { FIELD, type Field, OPERANDS, piecesOf, SHAPE, type Shape } from '../isa/operands.ts';
import { FORMS } from '../isa/table.ts';
import { lexLine, makeLexer } from './lexer.ts';
import { RAW_TEMPLATE } from './print.ts';
import { addKeyword, EDGE, KIND_CNT, TOKEN } from './tokens.ts';

/** What the end of a walk means. `form` is -1 for the raw forms, which spell out the bytes. */
export interface Accept {
  readonly form: number;
  /** Fields of the registers and of the numbers of the text, in order. */
  readonly regFields: readonly Field[];
  readonly numFields: readonly Field[];
  /** Field of the target, when the text has one. */
  readonly targetField: Field;
}

export interface Grammar {
  /** next[node * KIND_CNT + kind]: the node behind that token or edge; 0: there is none (0 is the start). */
  readonly next: Int16Array;
  /** Number of what a node accepts, -1: nothing. */
  readonly acceptOf: Int16Array;
  readonly accepts: readonly Accept[];
}

const EDGE_OF_SHAPE: Readonly<Record<Shape, number>> = {
  [SHAPE.R]: TOKEN.R,
  [SHAPE.W]: TOKEN.W,
  [SHAPE.NUM]: EDGE.NUM,
  [SHAPE.SIGNED]: EDGE.SIGNED,
  [SHAPE.TARGET]: EDGE.TARGET,
  [SHAPE.CALLEE]: EDGE.CALLEE,
  [SHAPE.SYMBOL]: EDGE.SYMBOL,
};

/** Words of all templates become keywords before a template is cut into tokens. */
function addWords(template: string): void {
  for (const { text } of piecesOf(template))
    for (const word of text?.match(/[A-Za-z_.][\w.]*/g) ?? [])
      if (!/^([rw]\d+|s)$/.test(word)) addKeyword(word);
}

interface Path {
  readonly edges: number[];
  readonly accept: Accept;
}

/** Token kinds and edges of a template; without its memory offset when `bare`. */
function pathOf(template: string, form: number, bare: boolean): Path {
  const edges: number[] = [];
  const regFields: Field[] = [];
  const numFields: Field[] = [];
  let targetField: Field = FIELD.ZERO;
  for (const { text, operand } of piecesOf(template)) {
    if (operand === undefined) {
      const lexer = makeLexer(text);
      lexLine(lexer);
      for (let i = 0; i < lexer.cnt; i++) edges.push(lexer.kind[i]);
      continue;
    }
    if (bare && operand === 'off') continue;
    const { shape, field } = OPERANDS[operand];
    edges.push(EDGE_OF_SHAPE[shape]);
    if (shape === SHAPE.R || shape === SHAPE.W) regFields.push(field);
    else if (shape === SHAPE.NUM || shape === SHAPE.SIGNED) numFields.push(field);
    else targetField = field;
  }
  return { edges, accept: { form, regFields, numFields, targetField } };
}

/** Texts that are read besides those of the table. */
const RAW_TEMPLATES = [RAW_TEMPLATE, '.8byte {word}'];
const EXTRA: readonly (readonly [form: string, template: string])[] = [
  ['ld_imm64', '{d} = {sym} ll'],
  // clang -S writes a zero-extending move so, and cannot read it itself.
  ['mov32_reg', '{d} = {ws}'],
];
function build(): Grammar {
  const templates: [number, string][] = [];
  for (const [at, form] of FORMS.entries()) {
    const texts = new Set([form.kernel, form.llvm, form.exact, form.named, ...(form.also ?? [])]);
    for (const text of texts) if (text) templates.push([at, text]);
    if (form.llvm?.startsWith('ld_pseudo')) templates.push([at, 'ld_pseudo {d}, {srcnum}, {immlow}']);
  }
  for (const [name, text] of EXTRA) templates.push([FORMS.findIndex((form) => form.name === name), text]);
  for (const text of RAW_TEMPLATES) templates.push([-1, text]);
  for (const [, text] of templates) addWords(text);

  const rows: Int16Array[] = [new Int16Array(KIND_CNT)];
  const acceptOf: number[] = [-1];
  const accepts: Accept[] = [];
  const insert = ({ edges, accept }: Path): void => {
    let node = 0;
    for (const edge of edges) {
      if (rows[node][edge] === 0) {
        rows[node][edge] = rows.length;
        rows.push(new Int16Array(KIND_CNT));
        acceptOf.push(-1);
      }
      node = rows[node][edge];
    }
    // Texts of several rows may be equal (`r1 = 0x5`): the first row stands for them, the reader chooses.
    if (acceptOf[node] >= 0) return;
    acceptOf[node] = accepts.length;
    accepts.push(accept);
  };
  for (const [form, text] of templates) {
    insert(pathOf(text, form, false));
    if (text.includes('{off}')) insert(pathOf(text, form, true));
  }
  const next = new Int16Array(rows.length * KIND_CNT);
  for (const [node, row] of rows.entries()) next.set(row, node * KIND_CNT);
  return { next, acceptOf: Int16Array.from(acceptOf), accepts };
}

export const GRAMMAR: Grammar = build();

/** Tokens and edges that may follow at a node. */
export function followers(node: number): number[] {
  const kinds: number[] = [];
  for (let kind = 0; kind < KIND_CNT; kind++) if (GRAMMAR.next[node * KIND_CNT + kind] > 0) kinds.push(kind);
  return kinds;
}
