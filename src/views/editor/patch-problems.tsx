import type { PatchKind } from '../../asm/patch-points.ts';
import type { PatchReading } from '../../asm/read-patch.ts';
import { lineColAt } from '../../base/diagnostic.ts';
import { plural } from '../../figures/index.ts';

interface PatchProblemsProps {
  readonly body: string;
  readonly kind: PatchKind;
  readonly reading: PatchReading;
  /** To a range of the body. */
  onGo(from: number, to: number): void;
}

const SHOWN_MAX = 3;

/** How much the insns are, or what is wrong with them and where; said while one types. */
export function PatchProblems({ body, kind, reading, onGo }: PatchProblemsProps) {
  const { diagnostics, slotCnt } = reading;
  if (kind !== 'remove' && body.trim() === '')
    return <p className="dim patch-note">Kernel syntax, one insn a line or a bar between.</p>;
  return (
    <div className="patch-note" aria-live="polite">
      {diagnostics.length === 0 && kind !== 'remove' && <p className="dim">{plural(slotCnt, 'slot')}</p>}
      {diagnostics.slice(0, SHOWN_MAX).map(({ code, severity, from, to, message, hint }) => {
        const { line, col } = lineColAt(body, from);
        return (
          <button
            key={`${code} ${from} ${to}`}
            type="button"
            className="patch-problem"
            onClick={() => onGo(from, to)}
          >
            <b className={severity === 'error' ? 'err' : 'rew'} aria-hidden="true">
              {severity === 'error' ? '\u00d7' : '!'}
            </b>
            <span>
              {kind !== 'remove' && (
                <b>
                  line {line}, column {col}
                </b>
              )}{' '}
              {message}. {hint && <span className="dim">{hint}</span>}
            </span>
          </button>
        );
      })}
      {diagnostics.length > SHOWN_MAX && <p className="dim">and {diagnostics.length - SHOWN_MAX} more</p>}
    </div>
  );
}
