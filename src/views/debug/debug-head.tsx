/** What the columns of the Debug layout are called, and how much stands in them at the two moments. */

import type { DebugGeometry } from '../../figures/debug-geometry.ts';
import { grouped, plural } from '../../figures/index.ts';
import type { Comparison, Side } from '../../patch/compare.ts';
import { afterWhose, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';

const sizeWords = ({ slotCnt, insnCnt }: Side): string =>
  `${plural(slotCnt, 'slot')}, ${plural(insnCnt, 'insn')}`;

interface Props {
  readonly geometry: DebugGeometry | null;
  readonly compared: Comparison | null;
}

export function DebugHead({ geometry: g, compared }: Props) {
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const picture = useStore((s) => s.picture);
  const isRange = useStore((s) => s.fromOp) !== null;
  const whose = useStore(afterWhose);
  if (!g || !compared || !good || !source) return <div className="stage-head" />;
  const { a, b } = compared;
  const { aux, lines, before, after, phone } = g;
  const entryCnt = good.before.lineInfo.insnOff.length;
  const x = phone ? 3 : (before.textX ?? 8);
  return (
    <div className="stage-head debug-head">
      <div style={{ left: x, width: g.split - x - (phone ? 0 : 8) }}>
        <b>{isRange ? `${phone ? 'Op' : 'At op'} ${grouped(a.moment)}` : 'Before'}</b>
        {!phone && <span className="dim">{sizeWords(a)}</span>}
      </div>
      <div style={{ left: after.textX ?? 8, right: g.width - ((aux ?? lines)?.x ?? g.width) }}>
        <b>{isRange ? `At op ${grouped(b.moment)}` : 'After'}</b>
        {whose && <b>, {phone ? whose.short : whose.words}</b>}
        <span className="dim">
          {sizeWords(b)}
          {picture.afterWords(source, b.moment, null)}
        </span>
      </div>
      {aux && (
        <>
          <div style={{ left: aux.x + 12 }} title="struct bpf_insn_aux_data of each insn">
            <b>Aux</b>
          </div>
          <Label
            right={aux.origX}
            text="orig"
            title="orig_idx: 0 in a record that is new, as in the kernel"
          />
          <Label left={aux.recordX} text="record" title="Whose record it is" />
          <Label right={aux.seenX} text="seen" title="seen: the pass of the verifier that came here" />
          <Label
            right={aux.zextX}
            text="zext"
            title="zext_dst: the insn defines a 32-bit value; bold: computed"
          />
          {aux.ptrX !== null && (
            <Label left={aux.ptrX} text="ptr" title="ptr_type: what the insn goes through" />
          )}
        </>
      )}
      {lines && (
        <div style={{ left: lines.placeX, right: 0 }} title="C line:column of each line entry">
          <b>Line info</b>
          {lines.textX !== null && <span className="dim">{plural(entryCnt, 'entry', 'entries')}</span>}
        </div>
      )}
    </div>
  );
}

/** Name of a narrow column, at the edge on which its values stand. */
function Label({ left, right, text, title }: { left?: number; right?: number; text: string; title: string }) {
  const style =
    left === undefined ? { left: (right ?? 0) - 60, width: 60, textAlign: 'right' as const } : { left };
  return (
    <div className="sub" style={style} title={title}>
      {text}
    </div>
  );
}
