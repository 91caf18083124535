import { grouped, signed } from '../../figures/index.ts';
import { cardOf, checksOf, stepNow } from '../../store/selectors.ts';
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
        <ol className="code-lines" aria-label="Algorithm">
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
  if (!card) return null;
  return (
    <section className="sec" aria-label="This insn">
      <div className="sec-label">
        <span>This insn</span>
        <span>selected</span>
      </div>
      <div className="card">
        <div>
          <b>{card.afterIdx >= 0 ? `After ${grouped(card.afterIdx)}` : 'Deleted'}</b>{' '}
          <span className="dim">
            {card.beforeIdx >= 0
              ? `\u2190 before ${grouped(card.beforeIdx)}`
              : `\u2190 born for insn ${grouped(card.bornAt)}`}
            {card.cLine && ` \u2190 C ${card.cLine}`}
          </span>
        </div>
        <div>{card.text}</div>
        {card.before !== null && card.now !== null && (
          <div>
            distance {signed(card.before)}
            {card.before !== card.now && (
              <>
                {' \u2192 '}
                <b className="ret">{signed(card.now)}</b>{' '}
                <span className="dim">
                  {card.done ? `since op ${card.writtenBy}` : `will be written by op ${card.writtenBy}`}
                </span>
              </>
            )}
          </div>
        )}
      </div>
    </section>
  );
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
