/** What answers to a pointer and to keys on the track. */
import { type RefObject, useEffect } from 'react';
import { stepAt } from '../../figures/index.ts';
import { type TimelineFigure, xOfPlace } from '../../figures/timeline.ts';
import { dotAt, opAt, opTip } from '../../figures/timeline-places.ts';
import { lastMoment, stepContext } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';
import { compareFrom, microStep, seek, step, stepPhase } from '../../store/time.ts';
import { forgetTyped, goToTyped, typeDigit, useTypedOp } from '../../store/typed-op.ts';
import { CompareRange } from './compare-range.tsx';
import { type Point, useScrub } from './scrub.ts';

interface Props {
  readonly host: RefObject<HTMLElement | null>;
  readonly figure: TimelineFigure;
}

export function TimelineHands({ host, figure }: Props) {
  const hasRange = useStore((s) => s.fromOp !== null);
  const hover = useScrub(host, figure);
  useEffect(() => {
    const el = host.current;
    if (!el) return;
    const onKeyDown = (e: KeyboardEvent) => {
      if (!onKey(e)) return;
      e.preventDefault();
      e.stopPropagation();
    };
    el.addEventListener('keydown', onKeyDown);
    el.addEventListener('blur', forgetTyped);
    return () => {
      el.removeEventListener('keydown', onKeyDown);
      el.removeEventListener('blur', forgetTyped);
    };
  }, [host]);
  return (
    <>
      {hasRange && <CompareRange figure={figure} />}
      <Tip figure={figure} hover={hover} hasRange={hasRange} />
    </>
  );
}

interface TipProps {
  readonly figure: TimelineFigure;
  /** Where the pointer is. */
  readonly hover: Point | null;
  /** The words of the range stand where it would. */
  readonly hasRange: boolean;
}

/** What is under the pointer in words, or the number that is being typed. */
function Tip({ figure, hover, hasRange }: TipProps) {
  const digits = useTypedOp((s) => s.digits);
  const op = useStore((s) => s.op);
  const micro = useStore((s) => s.micro);
  const last = useStore(lastMoment);
  if (digits === '' && !hover) return null;
  const x = digits !== '' ? xOfPlace(figure.track, { op, micro }, figure.input.linesOf) : (hover?.x ?? 0);
  const text = digits !== '' ? `go to op ${digits} of ${last}` : tipAt(figure, hover?.x ?? 0, hover?.y ?? 0);
  if (text === '') return null;
  const share = Math.max(0, Math.min(100, (100 * x) / figure.track.width));
  return (
    <div
      className={hasRange ? 'time-tip high' : 'time-tip'}
      aria-hidden="true"
      style={{ left: x, transform: `translateX(-${share}%)` }}
    >
      {text}
    </div>
  );
}

/** "op 4: jump 2, +3 → +6", or of a dot the line of the algorithm behind it. */
function tipAt(figure: TimelineFigure, x: number, y: number): string {
  const s = get();
  const ctx = stepContext(s);
  if (!s.good || !ctx) return '';
  const { trace } = s.good;
  const dot = dotAt(figure, x, y);
  if (dot) {
    const { code } = stepAt(ctx, figure.current);
    const line = dot.op === figure.current ? code.length : dot.micro;
    return `op ${figure.current}, step ${line} of ${code.length}: ${code[line - 1].trim()}`;
  }
  const op = opAt(figure, x);
  return op < 1 || op > trace.opCnt ? '' : opTip(trace, op, ctx.resultCnt);
}

const KEYS: Readonly<Record<string, () => void>> = {
  ArrowRight: () => step(1),
  ArrowUp: () => step(1),
  ArrowLeft: () => step(-1),
  ArrowDown: () => step(-1),
  'Shift+ArrowRight': () => microStep(1),
  'Shift+ArrowUp': () => microStep(1),
  'Shift+ArrowLeft': () => microStep(-1),
  'Shift+ArrowDown': () => microStep(-1),
  PageUp: () => stepPhase(1),
  PageDown: () => stepPhase(-1),
  Home: () => seek(0),
  End: () => seek(lastMoment(get())),
};

/** Whether the key was for the track. */
function onKey(e: KeyboardEvent): boolean {
  if (e.ctrlKey || e.metaKey || e.altKey) return false;
  if (/^[0-9]$/.test(e.key)) {
    typeDigit(e.key);
    return true;
  }
  if (e.key === 'Enter') return goToTyped();
  if (e.key === 'Escape') {
    if (forgetTyped()) return true;
    if (get().fromOp === null) return false;
    compareFrom(null);
    return true;
  }
  const move = KEYS[`${e.shiftKey ? 'Shift+' : ''}${e.key}`];
  if (!move) return false;
  forgetTyped();
  move();
  return true;
}
