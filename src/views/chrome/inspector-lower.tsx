/** What the inspector shows under the step: loaded behind the first picture. */
import { checksOf } from '../../store/checks.ts';
import { isFinished } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { Tables } from '../tables/tables.tsx';
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

function Checks() {
  const checks = useStore(checksOf);
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
