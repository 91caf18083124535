/** A text through a pass or several, as text again: what a rewrite does, line by line. */
import { factsOfAux } from '../../../src/analysis/facts.ts';
import { styleOf } from '../../../src/asm/print.ts';
import { isWide, textAt } from '../../../src/asm/print-slot.ts';
import { OP_CALL } from '../../../src/isa/flow.ts';
import { codeOf, srcOf } from '../../../src/isa/insn.ts';
import { calledSymbol } from '../../../src/kernel/functions.ts';
import { HELPERS } from '../../../src/kernel/helpers.ts';
import { LINUX_6_18_X86_64 } from '../../../src/kernel/kernel.ts';
import { fixups } from '../../../src/passes/fix/fixups.ts';
import { type Pass, type PassContext, passContext } from '../../../src/passes/pass.ts';
import { applyEdits } from '../../../src/patch/apply-edits.ts';
import { ENGINE_RULES, type PassRules } from '../../../src/patch/rules.ts';
import { stream } from '../../../src/patch/stream.ts';
import { prepare } from '../../../src/pipeline/prepare.ts';
import type { Program } from '../../../src/program/program.ts';

const STYLE = styleOf({ dialect: 'kernel', exact: true });

export interface FixOptions {
  /** `fixups` alone, unless said otherwise. */
  readonly passes?: readonly Pass[];
  readonly rules?: Partial<PassRules>;
  readonly attach?: string;
  readonly unprivileged?: boolean;
  readonly kernel?: PassContext['kernel'];
}

export function fixedProgram(text: string, options: FixOptions = {}): Program {
  const { passes = [fixups], rules = {}, attach, kernel = LINUX_6_18_X86_64 } = options;
  const ready = prepare(text);
  if (!ready.ok) throw new Error(JSON.stringify(ready.diagnostics));
  const { source, assembly } = ready;
  const { unprivileged = false } = options;
  const setting = { ...assembly.setting, unprivileged, ...(attach !== undefined && { attach }) };
  const given = { setting, kernel, rules: { ...ENGINE_RULES, ...rules }, rnd: () => 0 };
  let program = source;
  for (const pass of passes) {
    const edits = pass.run(program, passContext({ ...given, facts: factsOfAux(program.aux!) }));
    const result = applyEdits(stream, program, edits, pass.layer);
    if (!result.ok) throw new Error(result.error.message);
    program = result.value.program;
  }
  return program;
}

/** One line an insn; calls of functions without a helper id by their symbol, whatever the printer makes of them. */
export function linesOfProgram({ insns }: Program, { functions } = LINUX_6_18_X86_64): string[] {
  const lines: string[] = [];
  for (let i = 0; 2 * i < insns.length; i++) {
    const [w0, imm] = [insns[2 * i], insns[2 * i + 1]];
    const symbol = calledSymbol(functions, imm) ?? HELPERS[imm];
    const isCall = codeOf(w0) === OP_CALL && srcOf(w0) === 0 && symbol !== undefined;
    lines.push(isCall ? `call ${symbol}` : textAt(STYLE, insns, i));
    if (isWide(insns, i, true)) i++;
  }
  return lines;
}

export const fixed = (text: string, options: FixOptions = {}): string[] =>
  linesOfProgram(fixedProgram(text, options), options.kernel);

/** Lines of a text that is indented to where it stands. */
export const lines = (text: string): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
