/** The range of two moments that are compared: the end that is not the present moment, which is a slider of its own and
 * may lie behind it, and what differs in words. */
import { grouped } from '../../figures/index.ts';
import type { TimelineFigure } from '../../figures/timeline.ts';
import { placeAt } from '../../figures/timeline-places.ts';
import { xOfOp } from '../../figures/timeline-track.ts';
import type { Comparison } from '../../patch/compare.ts';
import { DIFF } from '../../patch/diff.ts';
import { comparison } from '../../store/comparison.ts';
import { lastMoment, wordsOfMoment } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';
import { compareFrom } from '../../store/time.ts';

/** "op 2 to op 7: 3 inserted, 2 re-targeted" */
function rangeWords({ a, b, cnt }: Comparison): string {
  const parts = [
    [DIFF.INSERTED, 'inserted'],
    [DIFF.DELETED, 'deleted'],
    [DIFF.REWRITTEN, 'rewritten'],
    [DIFF.RETARGETED, 're-targeted'],
  ] as const;
  const words = parts
    .filter(([diff]) => cnt[diff] > 0)
    .map(([diff, name]) => `${grouped(cnt[diff])} ${name}`);
  return `op ${a.moment} to op ${b.moment}: ${words.join(', ') || 'nothing differs'}`;
}

interface Props {
  readonly figure: TimelineFigure;
}

export function CompareRange({ figure }: Props) {
  const run = useStore((s) => s.good);
  const last = useStore(lastMoment);
  const from = Math.min(useStore((s) => s.fromOp) ?? 0, last);
  const op = useStore((s) => s.op);
  const compared = useStore(comparison);
  if (!run || !compared) return null;
  const x = xOfOp(figure.track, from);
  const middle = (x + xOfOp(figure.track, op)) / 2;
  const share = Math.max(0, Math.min(100, (100 * middle) / figure.track.width));
  return (
    <>
      <div
        className="range-from"
        role="slider"
        aria-label="Compare from"
        tabIndex={0}
        aria-valuemin={0}
        aria-valuemax={last}
        aria-valuenow={from}
        aria-valuetext={wordsOfMoment(run, from)}
        // Where both ends are one, the pointer takes the present moment along.
        style={{ left: x, pointerEvents: from === op ? 'none' : undefined }}
        onPointerDown={(e) => e.currentTarget.setPointerCapture(e.pointerId)}
        onPointerMove={(e) => {
          const box = e.currentTarget.parentElement?.getBoundingClientRect();
          if (box && e.currentTarget.hasPointerCapture(e.pointerId))
            compareFrom(placeAt(figure, e.clientX - box.left, false).op);
        }}
        onKeyDown={(e) => {
          const move = e.ctrlKey || e.metaKey || e.altKey || e.shiftKey ? undefined : KEYS[e.key];
          if (!move) return;
          e.preventDefault();
          e.stopPropagation();
          if (e.key === 'Escape') focusTimeline(e.currentTarget);
          move(get().fromOp ?? 0, last);
        }}
      />
      <div
        className="range-words"
        role="group"
        aria-label="Compared range"
        style={{ left: middle, transform: `translateX(-${share}%)` }}
      >
        <span>{rangeWords(compared)}</span>
        <button type="button" aria-label="End the comparison" onClick={() => compareFrom(null)}>
          {'\u00d7'}
        </button>
      </div>
    </>
  );
}

/** The handle goes with the range; whoever stood on it stands on the track then. */
const focusTimeline = (handle: Element): void =>
  handle.parentElement?.querySelector<HTMLElement>('.slider')?.focus();

const KEYS: Readonly<Record<string, (from: number, last: number) => void>> = {
  ArrowRight: (from) => compareFrom(from + 1),
  ArrowUp: (from) => compareFrom(from + 1),
  ArrowLeft: (from) => compareFrom(from - 1),
  ArrowDown: (from) => compareFrom(from - 1),
  Home: () => compareFrom(0),
  End: (_, last) => compareFrom(last),
  Escape: () => compareFrom(null),
};
