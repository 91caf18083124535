/** How much memory a program will take, asked before it is spent. */
import { grouped } from '../../figures/index.ts';
import { answerMemory, useMemory } from '../../store/memory.ts';

export function MemoryQuestion() {
  const question = useMemory((s) => s.question);
  if (!question) return null;
  return (
    <div className="veil notice" role="alert">
      <span>
        This program has about {grouped(question.slots)} insns and will take up to{' '}
        {grouped(question.megabytes)} MB of memory.
      </span>
      <button type="button" className="btn line" onClick={() => answerMemory(true)}>
        Continue
      </button>
      <button type="button" className="btn line" onClick={() => answerMemory(false)}>
        Cancel
      </button>
    </div>
  );
}
