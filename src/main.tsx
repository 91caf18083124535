import { createRoot } from 'react-dom/client';
import { startEffects } from './store/effects.ts';
import { App } from './views/app.tsx';
import './views/app.css';
import './views/stage/stage.css';
import './views/stage/timeline.css';

const testing = new URLSearchParams(location.search).has('testing');
const still = testing || matchMedia('(prefers-reduced-motion: reduce)').matches;

const root = document.getElementById('root');
if (!root) throw new Error('bug: the page has no #root');
createRoot(root).render(<App />);
startEffects({ autoplay: !still, testing });
