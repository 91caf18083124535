import { useLayoutEffect, useMemo, useRef } from 'react';
import { brokenFold } from '../../figures/broken-fold.ts';
import type { Geometry } from '../../figures/index.ts';
import { inputSecond, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { drawMarks } from './draw-marks.ts';
import { moveFocus } from './select-rows.ts';
import { gridMark, layerMark } from './stage-root.ts';
import { StageScroll } from './stage-scroll.tsx';
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
    const root = [
      layerMark('under', under),
      gridMark('Before', before, fold.rowCnt),
      gridMark(picture.column, list, fold.rowCnt),
      gridMark('After', after, fold.rowCnt),
      layerMark('over', over),
    ];
    drawMarks(svg.current, root, { duration: 0 });
  }, [fold, picture]);
  if (!fold) return null;
  return (
    <StageScroll className="dense broken-stage" onKeyDown={moveFocus}>
      <svg ref={svg} role="presentation" width={geometry.overview.x} height={fold.height} />
      <button
        type="button"
        className="btn line unfold"
        style={{ marginLeft: Math.max(12, geometry.before.washX) }}
        onClick={onUnfold}
      >
        Show all rows
      </button>
    </StageScroll>
  );
}
