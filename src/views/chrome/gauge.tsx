import { useLayoutEffect, useRef } from 'react';
import type { DistanceFacts } from '../../figures/distance-facts.ts';
import { GAUGE_H, gaugeFigure, gaugeSentence } from '../../figures/gauge.ts';
import { selectedFacts } from '../../store/selected-facts.ts';
import { useStore } from '../../store/store.ts';
import { drawMarks } from '../stage/draw-marks.ts';
import { useSize } from '../use-size.ts';
import './gauge.css';

/** A bar from 0 to the limit of the field, as wide as its place. */
export function Gauge({ facts }: { readonly facts: DistanceFacts }) {
  const box = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const { width } = useSize(box);
  useLayoutEffect(() => {
    if (svg.current && width > 0) drawMarks(svg.current, gaugeFigure(facts, width), { duration: 0 });
  }, [facts, width]);
  return (
    <div ref={box} className="gauge" role="img" aria-label={gaugeSentence(facts)}>
      <svg ref={svg} width={width} height={GAUGE_H} aria-hidden="true" />
    </div>
  );
}

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
