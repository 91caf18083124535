import { useLayoutEffect, useMemo, useRef } from 'react';
import { brokenFold } from '../../figures/broken-fold.ts';
import type { Geometry, Mark } from '../../figures/index.ts';
import { focus, hover } from '../../store/intents.ts';
import { inputSecond, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { drawMarks } from './draw-marks.ts';
import './broken-stage.css';

export interface BrokenStageProps {
  readonly geometry: Geometry;
  /** The folded rows are wanted after all. */
  readonly onUnfold: () => void;
}

/** The stage of a run that was refused because a jump is too far: the rows that tell it, the rest folded. */
export function BrokenStage({ geometry, onUnfold }: BrokenStageProps) {
  const svg = useRef<SVGSVGElement>(null);
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const picture = useStore((s) => s.picture);
  const second = useStore(inputSecond);
  const focusUid = useStore((s) => s.focusUid);
  const hoverUid = useStore((s) => s.hoverUid);
  const fold = useMemo(() => {
    if (!good || !source) return null;
    const { insns, kfuncs } = good.before;
    return brokenFold(
      { ...source, picture, inputInsns: insns, inputSecond: second, kfuncs },
      { geometry, firstRow: 0, rowCnt: 0, focusUid, hoverUid },
    );
  }, [good, source, picture, second, geometry, focusUid, hoverUid]);
  useLayoutEffect(() => {
    if (!svg.current || !fold) return;
    const { before, list, after, under, over } = fold.columns;
    const grid = (name: string, rows: readonly Mark[]): Mark => ({
      ...{ tag: 'g', key: name, children: rows },
      attrs: { role: 'grid', 'aria-label': name, 'aria-rowcount': fold.rowCnt, tabindex: 0 },
    });
    const hidden = (key: string, children: readonly Mark[]): Mark => ({
      ...{ tag: 'g', key, children },
      attrs: { 'aria-hidden': 'true' },
    });
    const root = [
      hidden('under', under),
      grid('Before', before),
      grid(picture.column, list),
      grid('After', after),
      hidden('over', over),
    ];
    drawMarks(svg.current, root, { duration: 0 });
  }, [fold, picture]);
  if (!fold) return null;
  const uidAt = (target: EventTarget) => {
    const el = (target as Element).closest?.('[data-uid], [data-goto]');
    return el ? Number(el.getAttribute('data-uid') ?? el.getAttribute('data-goto')) : null;
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it hears for the rows of the grids in it
    // biome-ignore lint/a11y/useKeyWithClickEvents: the page's keys move the selection
    <div
      className="stage-scroll dense broken-stage"
      onPointerMove={(e) => hover(uidAt(e.target))}
      onPointerLeave={() => hover(null)}
      onClick={(e) => {
        const uid = uidAt(e.target);
        if (uid !== null) focus(uid);
      }}
    >
      <svg ref={svg} width={geometry.overview.x} height={fold.height} />
      <button
        type="button"
        className="btn line unfold"
        style={{ marginLeft: Math.max(12, geometry.before.washX) }}
        onClick={onUnfold}
      >
        Show all rows
      </button>
    </div>
  );
}
