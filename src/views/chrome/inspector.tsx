import { useStore } from '../../store/store.ts';
import { LazyTables } from '../tables/lazy-tables.tsx';
import { StepPanel } from './step-panel.tsx';

/** This step, the selected insn, the tables and the checks. */
export function Inspector() {
  const drawer = useStore((s) => s.drawer);
  return (
    <aside className={`pane inspector last${drawer ? ' open' : ''}`} aria-label="Inspector">
      <StepPanel />
      <LazyTables />
    </aside>
  );
}
