import { grouped, signed } from '../../figures/index.ts';
import { chooseStep } from '../../store/intents.ts';
import { type Journey, journeyOf, type Stop } from '../../store/journey.ts';
import { cardOf, checksOf, type InsnFacts, stepNow } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { Tables } from '../tables/tables.tsx';
import { CheckIcon, CrossIcon } from './icons.tsx';

export function Inspector() {
  const drawer = useStore((s) => s.drawer);
  return (
    <aside className={`pane inspector last${drawer ? ' open' : ''}`} aria-label="Inspector">
      <StepPanel />
      <InsnCard />
      <Tables />
      <Checks />
    </aside>
  );
}

function StepPanel() {
  const step = useStore(stepNow);
  const playing = useStore((s) => s.playing);
  return (
    <section className="sec" style={{ paddingBottom: step && step.code.length > 0 ? 8 : 12 }}>
      <div className="sec-label">
        <span>This step</span>
        <span>{step?.name}</span>
      </div>
      {/* Silent while playing: a sentence twice a second is noise. */}
      <div role="status" aria-label="Step" aria-live={playing ? 'off' : 'polite'}>
        <p className="say">{step?.title}</p>
        <p className="why">{step?.detail}</p>
      </div>
      {step && step.code.length > 0 && (
        <ol className="code-lines" aria-label="Pseudo-code">
          {step.code.map((text, i) => (
            <li
              key={text}
              className={i === step.lit ? 'lit' : undefined}
              aria-current={i === step.lit ? 'step' : undefined}
            >
              <span className="n">{i + 1}</span>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

function InsnCard() {
  const card = useStore(cardOf);
  const journey = useStore(journeyOf);
  if (!card && !journey) return null;
  return (
    <section className="sec" aria-label="This insn">
      <div className="sec-label">
        <span>This insn</span>
        <span>selected</span>
      </div>
      {card ? <CardLines {...card} /> : <p className="why">It is not in the program at this moment.</p>}
      {journey && <Stops {...journey} />}
    </section>
  );
}

function CardLines({ afterIdx, beforeIdx, bornAt, cLine, text, before, now, done, writtenBy }: InsnFacts) {
  return (
    <div className="card">
      <div>
        <b>{afterIdx >= 0 ? `After ${grouped(afterIdx)}` : 'Deleted'}</b>{' '}
        <span className="dim">
          {beforeIdx >= 0 ? `\u2190 before ${grouped(beforeIdx)}` : `\u2190 born for insn ${grouped(bornAt)}`}
          {cLine && ` \u2190 C ${cLine}`}
        </span>
      </div>
      <div>{text}</div>
      {before !== null && now !== null && (
        <div>
          distance {signed(before)}
          {before !== now && (
            <>
              {' \u2192 '}
              <b className="ret">{signed(now)}</b>{' '}
              <span className="dim">
                {done ? `since op ${writtenBy}` : `will be written by op ${writtenBy}`}
              </span>
            </>
          )}
        </div>
      )}
    </div>
  );
}

/** Where the insn of the text stands after each pass; a click shows that pass. */
function Stops({ slot, stops }: Journey) {
  const shown = useStore((s) => s.good?.step ?? 0);
  return (
    <ol className="stops" aria-label="Through the passes">
      <li>
        <span className="dim">in the text</span>
        <b>{grouped(slot)}</b>
      </li>
      {stops.map((stop, k) => (
        <li key={k}>
          <button type="button" aria-current={k === shown ? 'step' : undefined} onClick={() => chooseStep(k)}>
            <span>after {stop.label}</span>
            <b>{placeOf(stop)}</b>
          </button>
        </li>
      ))}
    </ol>
  );
}

function placeOf({ first, cnt }: Stop): string {
  if (cnt === 0) return 'removed';
  return cnt === 1 ? grouped(first) : `${grouped(first)}\u2013${grouped(first + cnt - 1)}`;
}

function Checks() {
  const checks = useStore(checksOf);
  if (checks.length === 0) return null;
  return (
    <section
      className="sec"
      style={{ borderTop: '1px solid var(--hairline)', borderBottom: 0 }}
      aria-label="Checks"
    >
      <ul className="checks">
        {checks.map((check) => (
          <li key={check.text}>
            <span className={check.ok ? 'ins' : 'err'} style={{ display: 'grid', alignItems: 'center' }}>
              {check.ok ? <CheckIcon /> : <CrossIcon />}
            </span>
            <span>{check.text}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
