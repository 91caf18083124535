import { grouped } from '../../figures/index.ts';
import { chooseStep } from '../../store/intents.ts';
import type { Journey, Stop } from '../../store/journey.ts';
import { useStore } from '../../store/store.ts';

/** Where the insn of the text stands after each pass; a click shows that pass. */
export function Stops({ slot, stops }: Journey) {
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
