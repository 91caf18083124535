/** What the three columns are called, and how many things stand in them at this moment. */
import { type Geometry, plural } from '../../figures/index.ts';
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
  const picture = useStore((s) => s.picture);
  const whose = useStore(afterWhose);
  if (!good || !geometry || !source) return <div className="stage-head" />;
  const { trace } = good;
  const alive = source.moments.aliveCnt(op);
  const { before, list, after, narrow } = geometry;
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
        {!narrow && <span className="dim">{picture.middleWords(source, op, half)}</span>}
      </div>
      <div style={{ left: narrow ? after.idxX - 24 : after.textX, right: 8 }}>
        <b>After</b>
        {whose && (narrow ? `, ${whose.short}` : <b>, {whose.words}</b>)}
        {!narrow && (
          <span className="dim">
            {plural(alive, 'slot')}
            {picture.afterWords(source, op, half)}
          </span>
        )}
      </div>
    </div>
  );
}
