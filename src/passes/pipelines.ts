/** Several passes by one name, in the order in which a kernel runs them. */
import { err, ok, type Result } from '../base/result.ts';
import { ENGINE_RULES, type PassRules } from '../patch/rules.ts';
import { deadCode } from './dead-code.ts';
import { deadCodeRfc } from './dead-code-rfc.ts';
import { hardWire } from './hard-wire.ts';
import { passById } from './index.ts';
import { nops } from './nops.ts';
import type { Pass } from './pass.ts';
import { sanitize } from './sanitize.ts';

export interface Pipeline {
  readonly id: string;
  readonly label: string;
  /** One sentence: when a kernel runs just these. */
  readonly why: string;
  /** Ids of passes. */
  readonly passes: readonly string[];
}

/** What Linux 6.18 runs before the compiler, but for zero extension, which is the machine's business. */
export const linuxPasses = (unprivileged = false): readonly string[] => [
  'inline_loop',
  ...(unprivileged ? [sanitize.id] : [hardWire.id, deadCode.id, nops.id]),
  'ctx_access',
  'fixups',
];

export const PIPELINES: readonly Pipeline[] = [
  {
    id: 'pipeline',
    label: 'Dead code, all of it',
    why: 'Of a program loaded with privileges Linux keeps no branch that is decided, nothing that never runs and no nop.',
    passes: [hardWire.id, deadCode.id, nops.id],
  },
  {
    id: 'linux',
    label: 'All that Linux does',
    why: 'From the verifier to the compiler: what Linux 6.18 on x86-64 makes of a program that is loaded with privileges.',
    passes: linuxPasses(),
  },
];

/** Where dead code and nops go at once, the two passes one behind the other are one. */
function atOnce(passes: readonly Pass[]): Pass[] {
  const isPair = (k: number): boolean => passes[k] === deadCode && passes[k + 1] === nops;
  return passes
    .map((pass, k) => (isPair(k) ? deadCodeRfc : pass))
    .filter((_, k) => k === 0 || !isPair(k - 1));
}

/** The passes that ids of passes and pipelines stand for under `rules`, or the first id that names neither. */
export function passesNamed(
  ids: readonly string[],
  rules: Pick<PassRules, 'deadAndNopsAtOnce'> = ENGINE_RULES,
): Result<Pass[], string> {
  const passes: Pass[] = [];
  for (const id of ids) {
    for (const one of PIPELINES.find((pipeline) => pipeline.id === id)?.passes ?? [id]) {
      const pass = passById(one);
      if (pass === undefined) return err(one);
      passes.push(pass);
    }
  }
  return ok(rules.deadAndNopsAtOnce ? atOnce(passes) : passes);
}
