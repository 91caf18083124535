import { grouped } from '../../figures/index.ts';
import { lastMoment, lineCnt, momentWords, opWords } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { useTypedOp } from '../../store/typed-op.ts';

/** Where one is in time, in words: the op that was done last, or the one under way and how many of its lines are done. */
export function Readout() {
  const micro = useStore((s) => s.micro);
  const last = useStore(lastMoment);
  const shown = useStore((s) => (s.micro > 0 ? s.op + 1 : s.op));
  const lines = useStore((s) => (s.micro > 0 ? lineCnt(s, s.op + 1) : 0));
  const words = useStore((s) => (s.good ? opWords(s.good, s.micro > 0 ? s.op + 1 : s.op) : ''));
  const refused = useStore((s) => s.good?.trace.refused?.code ?? null);
  const full = useStore(momentWords);
  const digits = useTypedOp((s) => s.digits);
  const isLast = micro === 0 && last > 0 && shown === last;
  if (digits !== '')
    return (
      <div className="readout">
        <p className="readout-op">
          <b>go to op {digits}</b> <span className="dim">of {grouped(last)}</span>
        </p>
        <p className="readout-words">Enter, or wait</p>
      </div>
    );
  return (
    <div className="readout" title={full}>
      <p className="readout-op">
        <b>op {grouped(shown)}</b> <span className="dim">of {grouped(last)}</span>
        {micro > 0 && (
          <>
            {' '}
            <b className="readout-part">step {micro}</b> <span className="dim">of {lines}</span>
          </>
        )}
        {isLast && (
          <b className={refused ? 'readout-part err' : 'readout-part'}>{refused ? 'refused' : 'done'}</b>
        )}
      </p>
      <p className="readout-words">{words}</p>
    </div>
  );
}
