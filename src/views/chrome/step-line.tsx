import { stepNow } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { BESIDE_DRAWER, NARROW, useMedia } from '../use-media.ts';
import { LayerChooser } from './layer-chooser.tsx';
import { RulesChooser } from './rules-chooser.tsx';

/** The sentence of the step, where the inspector has no place beside the stage. */
export function StepLine() {
  const step = useStore(stepNow);
  const playing = useStore((s) => s.playing);
  const drawer = useStore((s) => s.drawer);
  const beside = useMedia(BESIDE_DRAWER);
  // The legend, which says whose rules these are, has no place on a page of one pane.
  const narrow = useMedia(NARROW);
  if (!beside || drawer) return null;
  return (
    <div className="step-line" role="status" aria-label="Step" aria-live={playing ? 'off' : 'polite'}>
      <p className="say">{step?.title}</p>
      {narrow && (
        <div className="choices">
          <LayerChooser />
          <RulesChooser />
        </div>
      )}
    </div>
  );
}
