import { useEffect, useState } from 'react';
import { useVisit } from '../../store/visit.ts';
import './said.css';

/** Long enough to read a line. */
const SHOWN_MS = 4000;

/** Says what a key did, where it cannot be seen elsewhere: copied, pinned, nothing to follow. */
export function Said() {
  const said = useVisit((s) => s.said);
  const cnt = useVisit((s) => s.saidCnt);
  const [gone, setGone] = useState(0);
  useEffect(() => {
    const timer = setTimeout(() => setGone(cnt), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [cnt]);
  return (
    <div className="said" role="status" aria-label="Done">
      {cnt > gone && <span key={cnt}>{said}</span>}
    </div>
  );
}
