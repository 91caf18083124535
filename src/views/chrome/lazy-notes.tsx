import { late } from '../late.tsx';

export const Notes = late('notes', () => import('./notes.tsx').then(({ Notes }) => Notes));

/** It has its height from the start, so that nothing moves when it comes. */
export const Legend = late('legend', () => import('./legend.tsx').then(({ Legend }) => Legend), {
  placeholder: <footer className="legend waiting" />,
});
