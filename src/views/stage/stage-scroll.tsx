import type { ReactNode, RefObject } from 'react';
import { focus, hover } from '../../store/intents.ts';
import { scrolledTo } from './long-scroll.ts';
import { uidAt } from './select-rows.ts';

interface Props {
  readonly scroller?: RefObject<HTMLDivElement | null>;
  /** Classes beside its own. */
  readonly className: string;
  readonly onScrollTop?: (top: number) => void;
  readonly onKeyDown: (e: React.KeyboardEvent) => void;
  readonly children: ReactNode;
}

/** What grids of insns scroll in. A pointer on what they draw points at an insn, a click selects it. */
export function StageScroll({ scroller, className, onScrollTop, onKeyDown, children }: Props) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears for the rows of the grids in it
    <div
      ref={scroller}
      className={`stage-scroll ${className}`}
      onScroll={onScrollTop && ((e) => onScrollTop(scrolledTo(e.currentTarget)))}
      onPointerMove={(e) => hover(uidAt(e.target))}
      onPointerLeave={() => hover(null)}
      onClick={(e) => {
        const uid = uidAt(e.target);
        if (uid !== null) focus(uid);
      }}
      onKeyDown={onKeyDown}
    >
      {children}
    </div>
  );
}
