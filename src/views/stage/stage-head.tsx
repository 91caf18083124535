/** What the three columns are called, and how many things stand in them at this moment. */
import { type Geometry, isNumbered, plural } from '../../figures/index.ts';
import type { Trace } from '../../patch/trace.ts';
import { chooseAlgorithm } from '../../store/intents.ts';
import { afterWhose, algorithmChoices, halfDone, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';

export function StageHead({ geometry }: { geometry: Geometry | null }) {
  const good = useStore((s) => s.good);
  const op = useStore((s) => s.op);
  const source = useStore(tableSource);
  const algorithm = useStore((s) => s.algorithm);
  const choices = useStore(algorithmChoices);
  const half = useStore(halfDone);
  const whose = useStore(afterWhose);
  if (!good || !geometry || !source) return <div className="stage-head" />;
  const { trace } = good;
  const alive = source.moments.aliveCnt(op);
  const { before, list, after, narrow } = geometry;
  const born = source.moments.bornCnt(half ? op + 1 : op);
  return (
    <div className="stage-head">
      <div style={{ left: narrow ? 12 : before.textX, width: narrow ? 60 : list.idxX - 20 - before.textX }}>
        <b>Before</b>
        {!narrow && <span className="dim">{plural(trace.inputCnt, 'slot')}</span>}
      </div>
      <div style={{ left: list.x, width: (narrow ? after.idxX - 26 : after.washX) - list.x }}>
        <span className="field">
          <select aria-label="Algorithm" value={algorithm} onChange={(e) => chooseAlgorithm(e.target.value)}>
            {choices.map((a) => (
              <option key={a.id} value={a.id}>
                {a.label}
              </option>
            ))}
          </select>
        </span>
        {!narrow && <span className="dim">{listWords(trace, op, alive, born)}</span>}
      </div>
      <div style={{ left: narrow ? after.idxX - 24 : after.textX, right: 8 }}>
        <b>After</b>
        {whose && (narrow ? `, ${whose.short}` : <b>, {whose.words}</b>)}
        {!narrow && (
          <span className="dim">
            {plural(alive, 'slot')}
            {half ? ', as before this op' : afterWords(trace, op)}
          </span>
        )}
      </div>
    </div>
  );
}

const listWords = (trace: Trace, op: number, alive: number, born: number): string =>
  trace.style === 'array'
    ? `${plural(alive, 'slot')}, touching`
    : `${plural(born, 'node')}, ${isNumbered(trace, op) ? 'numbered anew' : 'numbered as they were'}`;

function afterWords(trace: Trace, op: number): string {
  if (op >= trace.opCnt) return trace.refused ? ', refused: not written' : '';
  if (trace.style === 'array') return ', so far';
  return isNumbered(trace, op) ? ', if finished now' : ', if linearized now';
}
