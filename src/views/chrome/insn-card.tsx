/** The selected insn: where it stands, where it comes from, and all that changed it. */
import { Fragment, memo, useDeferredValue, useEffect, useState } from 'react';
import { grouped } from '../../figures/index.ts';
import type { Piece, ProvenanceLine } from '../../figures/provenance-lines.ts';
import { journeyOf } from '../../store/journey.ts';
import { type InsnCard as Card, cardOf } from '../../store/provenance.ts';
import { useStore } from '../../store/store.ts';
import { seek } from '../../store/time.ts';
import { copyText } from '../copy.ts';
import { Stops } from './stops.tsx';

export function InsnCard() {
  const card = useStore(cardOf);
  const journey = useStore(journeyOf);
  // Behind the frame of the stage, which comes the sooner for it.
  return <CardOf card={useDeferredValue(card)} journey={useDeferredValue(journey)} />;
}

interface Shown {
  readonly card: ReturnType<typeof cardOf>;
  readonly journey: ReturnType<typeof journeyOf>;
}

const CardOf = memo(function CardOf({ card, journey }: Shown) {
  if (!card && !journey) return null;
  return (
    <section className="sec insn-card" aria-label="This insn">
      <div className="sec-label">
        <span>This insn</span>
        {card && <Copy text={card.copy} />}
      </div>
      {card ? <CardLines {...card} /> : <p className="why">It is not in the program of this pass.</p>}
      {journey && <Stops {...journey} />}
    </section>
  );
});

const CardLines = ({ insn, now, from, lines }: Card) => (
  <>
    <p className="place">
      <b>{now}</b> <span className="dim">{`\u2190 ${from}`}</span>
    </p>
    <p className="insn">{insn}</p>
    <dl className="provenance">
      {lines.map((line) => (
        <Line key={line.head} {...line} />
      ))}
    </dl>
  </>
);

const Line = ({ head, rows }: ProvenanceLine) => (
  <>
    <dt>{head}</dt>
    <dd>
      {rows.map((row, i) => (
        <div key={i}>
          {row.map((piece, k) => (
            <Fragment key={k}>
              {k > 0 && ' '}
              <PieceText piece={piece} />
            </Fragment>
          ))}
        </div>
      ))}
    </dd>
  </>
);

function PieceText({ piece }: { piece: Piece }) {
  const here = useStore((s) => s.op);
  if (!('op' in piece)) return <span className={piece.tone}>{piece.text}</span>;
  const { op } = piece;
  return (
    <button
      type="button"
      className="to-op"
      aria-label={`Go to op ${op}`}
      aria-current={op === here ? 'step' : undefined}
      onClick={() => seek(op)}
    >
      op {grouped(op)}
    </button>
  );
}

/** How long it stands what came of it. */
const SAID_MS = 1500;

function Copy({ text }: { text: string }) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return;
    const timer = setTimeout(() => setSaid(''), SAID_MS);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => setSaid((await copyText(text)) ? 'Copied' : 'Not copied');
  return (
    <button type="button" className="copy" aria-label="Copy this insn" onClick={copy}>
      {said || 'Copy'}
    </button>
  );
}
