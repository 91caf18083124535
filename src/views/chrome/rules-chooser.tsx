import { chooseSemantics } from '../../store/intents.ts';
import { semanticsChoices } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';

/** Whose rules are shown: this project's, or what a kernel or the RFC really did. */
export function RulesChooser() {
  const semantics = useStore((s) => s.semantics);
  const shown = useStore(semanticsChoices);
  return (
    <label className="field" title={shown.find(({ id }) => id === semantics)?.why}>
      <span>Rules</span>
      <select aria-label="Rules" value={semantics} onChange={(e) => chooseSemantics(e.target.value)}>
        {shown.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}
