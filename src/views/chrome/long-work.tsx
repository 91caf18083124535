import { cancel } from '../../store/running.ts';
import { useStore } from '../../store/store.ts';

/** Shown when the engine has been at it for a while. */
export function LongWork() {
  const progress = useStore((s) => s.progress);
  const running = useStore((s) => s.running);
  if (!running || !progress) return null;
  return (
    <div className="progress">
      <span>{progress.name}</span>
      <progress
        aria-label={progress.name}
        {...(progress.total > 0 && { max: progress.total, value: progress.done })}
      />
      <button type="button" className="btn line" onClick={cancel}>
        Cancel
      </button>
    </div>
  );
}
