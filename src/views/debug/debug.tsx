/** The Debug layout: the exact difference between two moments over the whole width, with its records and line info. */
import { stepNow } from '../../store/selectors.ts';
import { useStore } from '../../store/store.ts';
import { LayerChooser } from '../chrome/layer-chooser.tsx';
import { Deviations } from '../chrome/lazy-deviations.tsx';
import { LongWork } from '../chrome/long-work.tsx';
import { Notes } from '../chrome/notes.tsx';
import { Readout } from '../chrome/readout.tsx';
import { RulesChooser } from '../chrome/rules-chooser.tsx';
import { StageBars } from '../chrome/stage-bars.tsx';
import { Timeline } from '../chrome/timeline.tsx';
import { Transport } from '../chrome/transport.tsx';
import { ComparedWords, DiffChips, SelectedLine } from './debug-bar.tsx';
import { DebugGrid } from './debug-grid.tsx';
import { DebugOverview } from './debug-overview.tsx';

/** All of the page between the bar at the top and the tabs of a phone. */
export function Debug() {
  return (
    <>
      <main className="pane stage" aria-label="Stage">
        <Notes />
        <Deviations />
        <DebugStep />
        <div className="debug-bar">
          <DiffChips />
          <SelectedLine />
          <LayerChooser />
          <RulesChooser />
        </div>
        <StageBars />
        <DebugGrid overview={DebugOverview} />
        <LongWork />
      </main>
      <Transport />
      <Timeline />
      <Readout />
    </>
  );
}

/** In place of the stage while two moments are compared: what is selected has its card elsewhere. */
export function DebugStage() {
  return (
    <>
      <div className="debug-bar">
        <DiffChips />
        <ComparedWords />
      </div>
      <DebugGrid />
    </>
  );
}

/** The sentence of the step: the inspector, which says it elsewhere, has no place here. */
function DebugStep() {
  const step = useStore(stepNow);
  const playing = useStore((s) => s.playing);
  return (
    <div className="debug-step">
      <p role="status" aria-label="Step" aria-live={playing ? 'off' : 'polite'}>
        {step?.title}
      </p>
      <ComparedWords />
    </div>
  );
}
