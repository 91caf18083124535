import { chooseLayout, showDialog } from '../../store/intents.ts';
import { exampleNow } from '../../store/selectors.ts';
import { get, useStore } from '../../store/store.ts';
import { revealInEditor } from './editor-pane.tsx';

/** Where to go on from here. */
export function Chips() {
  const example = useStore(exampleNow);
  return (
    <div className="chips">
      <button type="button" className="chip" onClick={() => chooseLayout('race')}>
        Why not an array? <span className="dim">race at 2,000 insns</span>
      </button>
      {example && (
        <button type="button" className="chip" onClick={takeOwn}>
          Your own program
        </button>
      )}
      <button type="button" className="chip" onClick={() => showDialog('examples')}>
        {example ? 'More examples' : 'Examples'}
      </button>
    </div>
  );
}

/** The text is selected, so that what is pasted takes its place. */
const takeOwn = (): void => revealInEditor(0, get().text.length);
