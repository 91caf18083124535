import { useLayoutEffect, useRef, useState } from 'react';
import type { DistanceFacts } from '../../figures/distance-facts.ts';
import { distanceFacts } from '../../figures/distance-facts.ts';
import { GAUGE_H, gaugeFigure, gaugeSentence } from '../../figures/gauge.ts';
import { jumpOfNode } from '../../patch/jump-at.ts';
import { derive } from '../../store/derive.ts';
import { nodeOfUid } from '../../store/selectors.ts';
import { type State, useStore } from '../../store/store.ts';
import { drawMarks } from '../stage/draw-marks.ts';
import './gauge.css';

/** A bar from 0 to the limit of the field, as wide as its place. */
export function Gauge({ facts }: { readonly facts: DistanceFacts }) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    const el = box.current;
    if (!el) return;
    const measure = () => setWidth(el.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(el);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    if (svg.current && width > 0) drawMarks(svg.current, gaugeFigure(facts, width), { duration: 0 });
  }, [facts, width]);
  return (
    <div ref={box} className="gauge" role="img" aria-label={gaugeSentence(facts)}>
      <svg ref={svg} width={width} height={GAUGE_H} aria-hidden="true" />
    </div>
  );
}

/** Facts of the selected insn, if it is a jump at this moment. */
const selectedFacts: (s: State) => DistanceFacts | null = derive(
  (s: State) => [s.good, s.focusUid, s.op] as const,
  (good: State['good'], uid: number | null, op: number) => {
    if (good === null || uid === null) return null;
    const node = nodeOfUid(good, uid);
    const j = node < 0 ? -1 : jumpOfNode(good.trace, node, op);
    return j < 0 ? null : distanceFacts(good.trace, j, op);
  },
);

/** On a bar that holds the whole limit, a shorter distance would be nothing but its own words. */
const isFar = ({ now, limit }: DistanceFacts): boolean => Math.abs(now) >= Math.abs(limit) / 16;

/** How much room the selected jump has left; nothing where no jump is selected. */
export function SelectedGauge() {
  const facts = useStore(selectedFacts);
  if (!facts) return null;
  return (
    <section className="sec" aria-label="Distance">
      <div className="sec-label">
        <span>Distance of the selected jump{facts.now < 0 ? ', which leads back' : ''}</span>
      </div>
      {isFar(facts) ? <Gauge facts={facts} /> : <p className="why">{gaugeSentence(facts)}</p>}
    </section>
  );
}
