import { useEffect } from 'react';
import { sayEditorReady } from '../store/effects.ts';
import { showDialog } from '../store/intents.ts';
import { type LayoutId, useStore } from '../store/store.ts';
import { EditorPane } from './chrome/editor-pane.tsx';
import { Headline } from './chrome/headline.tsx';
import { Inspector } from './chrome/inspector.tsx';
import { Deviations } from './chrome/lazy-deviations.tsx';
import { Legend, Notes } from './chrome/lazy-notes.tsx';
import { Time } from './chrome/lazy-time.tsx';
import { LongWork } from './chrome/long-work.tsx';
import { StageBars } from './chrome/stage-bars.tsx';
import { StepLine } from './chrome/step-line.tsx';
import { TabBar } from './chrome/tab-bar.tsx';
import { TopBar } from './chrome/top-bar.tsx';
import { useKeys } from './keys.ts';
import { late, SaidElsewhere } from './late.tsx';
import { useDrop } from './use-drop.ts';
import { useLoaded } from './use-loaded.ts';

const Said = late('said', () => import('./chrome/said.tsx').then(({ Said }) => Said), {
  instead: SaidElsewhere,
});

/** It has nothing to draw before the engine has answered, which takes longer than to fetch it. */
const Stage = late('stage', () => import('./stage/stage.tsx').then(({ Stage }) => Stage), {
  placeholder: <div className="fill" />,
});

/** What the page is arranged for: one line a layout. */
const LAYOUT_VIEWS: Readonly<Record<LayoutId, React.ComponentType>> = {
  learn: Learn,
  debug: late('debug', () => import('./debug/debug.tsx').then(({ Debug }) => Debug)),
  race: late('race', () => import('./race/race.tsx').then(({ Race }) => Race)),
  chart: late('chart', () => import('./chart/chart.tsx').then(({ Chart }) => Chart)),
};

const loadDialogs = () => import('./chrome/dialogs.tsx');
const closeDialog = () => showDialog(null);

export function App() {
  const pane = useStore((s) => s.pane);
  const layout = useStore((s) => s.layout);
  const dialog = useStore((s) => s.dialog);
  const dialogs = useLoaded(loadDialogs, dialog !== null, closeDialog);
  useKeys();
  const dropping = useDrop();
  const View = LAYOUT_VIEWS[layout];
  // Where there is no editor, nobody has to wait for one.
  useEffect(() => {
    if (layout !== 'learn') sayEditorReady();
  }, [layout]);
  return (
    <div className="app" data-pane={pane} data-layout={layout} data-dropping={dropping || undefined}>
      <TopBar />
      <View />
      <TabBar />
      <Said />
      {dialog && dialogs && <dialogs.Dialogs />}
    </div>
  );
}

const DebugStage = late('compared', () => import('./debug/debug.tsx').then(({ DebugStage }) => DebugStage));

/** The picture of the moment, or what differs between two. */
function Picture() {
  const isCompared = useStore((s) => s.fromOp) !== null;
  return isCompared ? <DebugStage /> : <Stage />;
}

/** Text, stage and inspector over the time. */
function Learn() {
  return (
    <>
      <EditorPane />
      <main className="pane stage" aria-label="Stage">
        <Notes />
        <Deviations />
        <StepLine />
        <Headline />
        <StageBars />
        <Picture />
        <Legend />
        <LongWork />
      </main>
      <Inspector />
      <Time />
    </>
  );
}
