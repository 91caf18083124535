import { createRoot } from 'react-dom/client';
import { startEffects } from './store/effects.ts';
import { App } from './views/app.tsx';
import './views/app.css';
import './views/stage/stage.css';
import './views/stage/rails.css';
import './views/stage/timeline.css';

const asked = new URLSearchParams(location.search);
const testing = asked.has('testing');
const still = testing || matchMedia('(prefers-reduced-motion: reduce)').matches;

const element = document.getElementById('root');
if (!element) throw new Error('bug: the page has no #root');
const root = createRoot(element);
if (asked.has('gallery')) {
  void import('./views/gallery/gallery.tsx').then(({ Gallery }) => root.render(<Gallery />));
} else {
  root.render(<App />);
  startEffects({ autoplay: !still, testing });
}
