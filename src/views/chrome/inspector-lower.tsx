/** What the inspector shows under the step: loaded behind the first picture. */
import { useMemo } from 'react';
import { checksAt } from '../../store/checks.ts';
import { isFinished, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { Tables } from '../tables/tables.tsx';
import { useRested } from '../use-rested.ts';
import { Broken } from './broken.tsx';
import { SelectedGauge } from './gauge.tsx';
import { CheckIcon, CrossIcon } from './icons.tsx';
import { InsnCard } from './insn-card.tsx';

export function InspectorLower() {
  const isBroken = useStore((s) => isFinished(s) && s.good?.trace.refused?.code === 'ERANGE');
  return (
    <div className="lower">
      <InsnCard />
      {isBroken ? (
        <Broken />
      ) : (
        <>
          <SelectedGauge />
          <Tables />
        </>
      )}
      <Checks />
    </div>
  );
}

/** So many jumps are looked at between two pictures. */
const FEW_JUMPS = 1000;

function Checks() {
  const source = useStore(tableSource);
  const op = useStore((s) => s.op);
  const now = useMemo(() => ({ source, op }), [source, op]);
  const rested = useRested('checks', now, (source?.trace.jumps.cnt ?? 0) <= FEW_JUMPS);
  const checks = useMemo(() => (rested.source ? checksAt(rested.source, rested.op) : []), [rested]);
  if (checks.length === 0) return null;
  return (
    <section className="sec checks-sec" aria-label="Checks">
      <ul className="checks">
        {checks.map((check) => (
          <li key={check.text}>
            <span className={check.ok ? 'ins sign' : 'err sign'}>
              {check.ok ? <CheckIcon /> : <CrossIcon />}
            </span>
            <span>{check.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
