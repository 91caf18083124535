import { chooseLayer } from '../../store/intents.ts';
import { useStore } from '../../store/store.ts';

const LAYERS = {
  verifier: 'the whole program, with aux, line info and subprograms',
  core: 'one function as the JIT sees it: no aux',
} as const;

/** What travels with the insns. */
export function LayerChooser() {
  const layer = useStore((s) => s.layer);
  return (
    <label className="field" title={LAYERS[layer]}>
      <span>Layer</span>
      <select
        aria-label="Layer"
        value={layer}
        onChange={(e) => chooseLayer(e.target.value === 'core' ? 'core' : 'verifier')}
      >
        {Object.keys(LAYERS).map((id) => (
          <option key={id}>{id}</option>
        ))}
      </select>
    </label>
  );
}
