import { deviations } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { late } from '../late.tsx';

const Shown = late('deviations', () =>
  import('./deviation-list.tsx').then(({ DeviationList }) => DeviationList),
);

/** Where other rules part from this project's: loaded when such rules are chosen. */
export function Deviations() {
  const isShown = useStore((s) => deviations(s) !== null);
  return isShown ? <Shown /> : null;
}
