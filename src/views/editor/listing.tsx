/**
 * The program in the editor's place where it is too big to be edited: the same lines with the same signs beside them, of
 * which only those in view exist. A chunk of its own, see editor.tsx.
 */
import { type KeyboardEvent, type Ref, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { grouped } from '../../figures/number.ts';
import { focus, hover } from '../../store/intents.ts';
import { type Listed, type ListedLine, listed } from '../../store/listing.ts';
import { pinLetters } from '../../store/pin-letters.ts';
import { get, useStore } from '../../store/store.ts';
import { heightFor, scrolledTo, scrollTo, topOf } from '../stage/long-scroll.ts';
import { uidAt } from '../stage/select-rows.ts';
import { useSize } from '../use-size.ts';
import { EDITOR_LABEL } from './editor-options.ts';
import type { EditorHandle } from './editor-props.ts';
import { focusBehind } from './leave-editor.ts';
import { ListingHead } from './listing-head.tsx';
import './editor.css';
import './listing.css';

const ROW = 20;
const PAD = 8;
const OVERSCAN = 6;
/** Lines left beside the one that is brought into view. */
const MARGIN = 2;

const rowId = (slot: number): string => `listing-${slot}`;

/** Line that a key goes to, null for keys that do not move. */
function lineOfKey(key: string, at: number, inView: number, last: number): number | null {
  const by: Readonly<Record<string, number>> = {
    ...{ ArrowDown: 1, ArrowUp: -1, PageDown: inView, PageUp: -inView, Home: -last, End: last },
  };
  const step = by[key];
  if (step === undefined) return null;
  return at < 0 ? (step === last ? last : 0) : Math.max(0, Math.min(last, at + step));
}

function reveal(el: HTMLElement, slot: number): void {
  const top = slot * ROW - MARGIN * ROW;
  const bottom = (slot + 1 + MARGIN) * ROW + 2 * PAD;
  if (top < topOf(el)) scrollTo(el, Math.max(0, top));
  else if (bottom > topOf(el) + el.clientHeight) scrollTo(el, bottom - el.clientHeight);
}

export function Listing({ ref }: { ref?: Ref<EditorHandle> }) {
  const program = useStore(listed);
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => box.current?.focus(),
    revealOffset: () => box.current?.focus(),
    selection: () => null,
    lineBox: () => null,
  }));
  return (
    <div className="listing-pane">
      <ListingHead />
      <div className="listing-frame">{program && <Lines program={program} box={box} />}</div>
    </div>
  );
}

function Lines({ program, box }: { program: Listed; box: React.RefObject<HTMLDivElement | null> }) {
  const { height } = useSize(box);
  const [top, setTop] = useState(0);
  const focusSlot = useStore((s) => program.slotOf(s.focusUid));
  const hoverSlot = useStore((s) => program.slotOf(s.hoverUid));
  const pins = useStore(pinLetters);
  const { cnt } = program;
  const inView = Math.max(1, Math.floor(height / ROW) - 1);

  useLayoutEffect(() => {
    const el = box.current;
    if (!el || focusSlot < 0 || height === 0) return;
    reveal(el, focusSlot);
    setTop(topOf(el));
  }, [box, focusSlot, height]);

  const first = Math.max(0, Math.floor((top - PAD) / ROW) - OVERSCAN);
  const last = Math.min(cnt, Math.ceil((top + height) / ROW) + OVERSCAN);
  const lines = Array.from({ length: Math.max(0, last - first) }, (_, i) => program.lineAt(first + i));
  const onKey = (e: KeyboardEvent<HTMLDivElement>) => {
    if (e.key === 'Escape') {
      e.stopPropagation();
      return focusBehind(e.currentTarget);
    }
    const to = lineOfKey(e.key, focusSlot, inView, cnt - 1);
    if (to === null || e.ctrlKey || e.metaKey || e.altKey || e.shiftKey) return;
    e.preventDefault();
    e.stopPropagation();
    focus(program.lineAt(to).uid);
  };
  return (
    <div
      ref={box}
      className="listing-lines"
      role="grid"
      aria-label={EDITOR_LABEL}
      aria-readonly="true"
      aria-rowcount={cnt}
      aria-activedescendant={focusSlot >= first && focusSlot < last ? rowId(focusSlot) : undefined}
      tabIndex={0}
      onScroll={(e) => setTop(scrolledTo(e.currentTarget))}
      onKeyDown={onKey}
      onPointerMove={(e) => hover(uidAt(e.target))}
      onPointerLeave={() => hover(null)}
      onClick={(e) => {
        const uid = uidAt(e.target);
        if (uid !== null && uid !== get().focusUid) focus(uid);
      }}
    >
      <div role="presentation" style={{ height: heightFor(box.current, cnt * ROW + 2 * PAD) }}>
        <div role="presentation" className="listing-window" style={{ height }}>
          {lines.map((line) => (
            <Line
              key={line.slot}
              line={line}
              y={PAD + line.slot * ROW - top}
              digits={String(cnt).length}
              cls={line.slot === focusSlot ? 'focus' : line.slot === hoverSlot ? 'hover' : ''}
              letter={pins.get(line.uid)}
            />
          ))}
        </div>
      </div>
    </div>
  );
}

interface LineProps {
  readonly line: ListedLine;
  readonly y: number;
  /** Of the longest number. */
  readonly digits: number;
  readonly cls: string;
  readonly letter: string | undefined;
}

function Line({ line: { slot, uid, text, isSecond, isStart, signs }, y, digits, cls, letter }: LineProps) {
  const said = [...signs, ...(letter === undefined ? [] : [`pin ${letter}`])].join(', ');
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus, and says which row is meant
    <div
      id={rowId(slot)}
      role="row"
      className={`listing-line ${cls}${isStart ? ' starts' : ''}`}
      style={{ transform: `translateY(${y}px)` }}
      aria-rowindex={slot + 1}
      aria-selected={cls === 'focus' || undefined}
      data-uid={uid}
    >
      {/* biome-ignore lint/a11y/useFocusableInteractive: see above */}
      <span role="gridcell" className="listing-cell">
        <span className="idx" style={{ width: `${digits}ch` }}>
          {slot}
        </span>
        <span className="beside" title={said === '' ? undefined : `${said}, at insn ${grouped(slot)}`}>
          {letter !== undefined && <i className={`program-pin pin-${letter}`} aria-hidden="true" />}
          {signs.map((kind) => (
            <i key={kind} className={`sign program-${kind}`} aria-hidden="true" />
          ))}
        </span>
        <span className={isSecond ? 'dim' : undefined}>{text}</span>
        {said !== '' && <span className="sr">, {said}</span>}
      </span>
    </div>
  );
}
