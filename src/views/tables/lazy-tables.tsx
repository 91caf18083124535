/** The lower part of the inspector, loaded behind the first picture; until then its place is kept. */
import { late } from '../late.tsx';

export const LazyTables = late(
  'tables',
  () => import('../chrome/inspector-lower.tsx').then(({ InspectorLower }) => InspectorLower),
  { placeholder: <div className="lower" aria-hidden="true" /> },
);
