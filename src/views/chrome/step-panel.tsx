/** What this step does: its sentence, and the lines of the algorithm. */
import type { Place } from '../../figures/index.ts';
import { swapLinks } from '../../store/picture-loading.ts';
import { canSwapLinks, nextPlaces, stepNow } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { seek } from '../../store/time.ts';

export function StepPanel() {
  const step = useStore(stepNow);
  const playing = useStore((s) => s.playing);
  const next = useStore(nextPlaces);
  const canSwap = useStore(canSwapLinks);
  return (
    <section className="sec step-sec">
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
              // Two lines may say the same.
              key={i}
              className={i === step.lit ? 'lit' : undefined}
              aria-current={i === step.lit ? 'step' : undefined}
            >
              <span className="n">{i + 1}</span>
              <CodeLine text={text} next={next[i] ?? null} />
            </li>
          ))}
        </ol>
      )}
      {canSwap && <SwapLinks />}
      {step && step.code.length === 0 && <HowToMove />}
    </section>
  );
}

const MOVES = [
  ['Space', 'play or pause'],
  ['\u2190 \u2192', 'previous or next op'],
  ['Shift \u2192', 'one line of it'],
  ['?', 'all keys'],
] as const;

/** Before the first op there are no lines yet: how one gets to them. */
const HowToMove = () => (
  <dl className="moves" aria-label="How to move">
    {MOVES.map(([key, what]) => (
      <div key={key}>
        <dt className="kbd">{key}</dt>
        <dd>{what}</dd>
      </div>
    ))}
  </dl>
);

/** A line of pseudo-code; a click goes to where it is done next, if it ever is again. */
function CodeLine({ text, next }: { text: string; next: Place | null }) {
  if (next === null) return <span>{text}</span>;
  return (
    <button
      type="button"
      className="code-line"
      title="Go to where this is done next"
      onClick={() => seek(next.op, next.micro)}
    >
      {text}
    </button>
  );
}

/** The order of the two links, to be tried the wrong way round. */
function SwapLinks() {
  const isSwapped = useStore((s) => s.picture.linksSet === 'wrong');
  return (
    <button type="button" className="swap-links" aria-pressed={isSwapped} onClick={() => void swapLinks()}>
      Swap the two links
    </button>
  );
}
