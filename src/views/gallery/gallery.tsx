/**
 * Every figure by itself, for developers and for the tests that compare pictures: `?gallery`. Width and theme are those
 * of the window.
 */
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import { drawMarks } from '../stage/draw-marks.ts';
import type { Drawn } from './draw-piece.ts';
import { type Piece, SECTIONS } from './pieces.ts';
import './gallery.css';
import '../chart/chart.css';
import '../chrome/examples-dialog.css';
import '../chrome/gauge.css';
import '../stage/pictures.css';

const PIECES = SECTIONS.flatMap(({ pieces }) => pieces);

export function Gallery() {
  const [drawnCnt, setDrawnCnt] = useState(0);
  useEffect(() => {
    document.documentElement.dataset.idle = String(drawnCnt >= PIECES.length);
  }, [drawnCnt]);
  return (
    <main className="pieces" aria-label="Gallery">
      <h1>Figures</h1>
      {SECTIONS.map(({ name, pieces }) => (
        <section key={name} aria-label={name}>
          <h2>{name}</h2>
          {pieces.map((piece) => (
            <Figure key={piece.name} piece={piece} onDrawn={() => setDrawnCnt((cnt) => cnt + 1)} />
          ))}
        </section>
      ))}
    </main>
  );
}

function Figure({ piece, onDrawn }: { piece: Piece; onDrawn: () => void }) {
  const host = useRef<HTMLElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const [drawn, setDrawn] = useState<Drawn | null>(null);
  const told = useRef(onDrawn);
  useEffect(() => {
    const width = host.current?.clientWidth ?? 0;
    let isWanted = true;
    void piece.draw(width).then((now) => {
      if (isWanted) setDrawn(now);
    });
    return () => {
      isWanted = false;
    };
  }, [piece]);
  useLayoutEffect(() => {
    if (!svg.current || !drawn) return;
    drawMarks(svg.current, drawn.marks, { duration: 0, rate: 0 });
    told.current();
  }, [drawn]);
  return (
    <figure ref={host} className="piece">
      <figcaption>{piece.name}</figcaption>
      <div className={drawn?.host}>
        <svg ref={svg} width="100%" height={drawn?.height ?? 0} aria-label={piece.name} />
      </div>
    </figure>
  );
}
