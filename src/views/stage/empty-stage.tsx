import { EXAMPLES } from '../../examples/index.ts';
import { openExample } from '../../store/intents.ts';

/** No insn, no picture: what one can do instead. */
export function EmptyStage() {
  return (
    <div className="empty">
      <h2>No program yet</h2>
      <p className="dim">Type assembly on the left, paste a bpftool dump, or start from an example.</p>
      <div>
        {EXAMPLES.map((example) => (
          <button key={example.id} type="button" className="btn line" onClick={() => openExample(example)}>
            {example.label}
          </button>
        ))}
      </div>
    </div>
  );
}
