/** The insns of one patch on their own, as they are being typed: what is wrong with them, and how many they are. */
import type { Diagnostic } from '../base/diagnostic.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import { assemble } from './assemble.ts';
import type { Assembly } from './assembly.ts';
import type { PatchKind } from './patch-points.ts';

export interface PatchReading {
  /** Ranges are offsets into the body. */
  readonly diagnostics: readonly Diagnostic[];
  /** Slots that the patch puts. */
  readonly slotCnt: number;
}

/**
 * `body` as in `withPatch`. Names may be those of the program's labels. What can only be said of the patch in its
 * program (a register that is lost, a jump that leaves it) is the pipeline's to say.
 */
export function readPatch(kind: PatchKind, body: string, labels: Assembly['labels']): PatchReading {
  // Labels that are not named need not be there, and there may be very many.
  let source = labels.flatMap(({ name }) => (body.includes(name) ? [`${name}:\n`] : [])).join('');
  const starts: { readonly body: number; readonly source: number; readonly length: number }[] = [];
  let at = 0;
  for (const line of body.split('\n')) {
    if (line.trim() !== '' || (starts.length === 0 && at + line.length === body.length)) {
      source += starts.length === 0 ? `;@${kind} ` : ';@| ';
      starts.push({ body: at, source: source.length, length: line.length });
      source += `${line}\n`;
    }
    at += line.length + 1;
  }
  const { value, diagnostics } = assemble(`${source}exit\n`, { fragment: true });
  /** What is said of the directive as a whole is said of the beginning. */
  const inBody = (offset: number): number => {
    const line = starts.findLast((start) => start.source <= offset);
    return line ? line.body + Math.min(offset - line.source, line.length) : 0;
  };
  const [point] = value.patchPoints;
  return {
    diagnostics: diagnostics.map((problem) => ({
      ...problem,
      from: inBody(problem.from),
      to: inBody(problem.to),
    })),
    slotCnt: point ? point.insns.length / SLOT_WORDS : 0,
  };
}
