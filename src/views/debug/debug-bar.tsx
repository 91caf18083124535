/** The chips that show and hide what has become of insns, and what is compared with what. */
import { DIFF_WORDS, ROLES } from '../../figures/debug-rows.ts';
import { selectedWords } from '../../figures/debug-selected.ts';
import { grouped } from '../../figures/index.ts';
import { DIFF_NAMES } from '../../patch/diff.ts';
import { comparison } from '../../store/comparison.ts';
import { hideClasses, toggleClass } from '../../store/intents.ts';
import { nodeOfUid, tableSource } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';

/** Signs of the classes, in the order of DIFF. */
const SIGNS = ['+', '\u2212', '~', '\u25c6', '='] as const;

export function DiffChips() {
  const compared = useStore(comparison);
  const hidden = useStore((s) => s.hidden);
  const rowCnt = compared?.rowCnt ?? 0;
  return (
    <div className="diff-chips" role="group" aria-label="Changes shown">
      <button
        type="button"
        className="diff-chip all"
        aria-pressed={hidden.length === 0}
        title="Show all insns that stand at one of the two moments"
        onClick={() => hideClasses([])}
      >
        All <b>{grouped(rowCnt)}</b>
      </button>
      {DIFF_NAMES.map((id, diff) => {
        const name = DIFF_WORDS[diff];
        const cnt = compared?.cnt[diff] ?? 0;
        const isShown = !hidden.includes(id);
        return (
          <button
            key={id}
            type="button"
            className={`diff-chip ${ROLES[diff] || 'dim'}${cnt === 0 ? ' none' : ''}`}
            aria-pressed={isShown}
            title={`${isShown ? 'Hide' : 'Show'} the insns that are ${name}`}
            onClick={() => toggleClass(id)}
          >
            <span aria-hidden="true">{SIGNS[diff]}</span> <span className="name">{name}</span>{' '}
            <b>{grouped(cnt)}</b>
          </button>
        );
      })}
      <kbd className="kbd" title="d: all, without re-targeted, only inserted">
        d
      </kbd>
    </div>
  );
}

/** Which two moments are compared. */
export function ComparedWords() {
  const compared = useStore(comparison);
  const isRange = useStore((s) => s.fromOp) !== null;
  if (compared === null) return null;
  const { a, b } = compared;
  const from = isRange ? `op ${grouped(a.moment)}` : 'input';
  return <p className="compared dim">{`compared: ${from} to op ${grouped(b.moment)}`}</p>;
}

/** The selected insn, in one line. */
export function SelectedLine() {
  const good = useStore((s) => s.good);
  const source = useStore(tableSource);
  const compared = useStore(comparison);
  const focusUid = useStore((s) => s.focusUid);
  if (!good || !source || !compared || focusUid === null) return null;
  const words = selectedWords(source, compared, nodeOfUid(good, focusUid));
  const text = words === null ? 'it stands at neither of the two moments' : words;
  return (
    <p className="selected-line" title={text}>
      <span className="dim">selected:</span> {text}
    </p>
  );
}
