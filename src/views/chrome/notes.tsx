/** What is said above the stage when there is something to say; loaded behind the first picture. */
import { Banners } from './banners.tsx';
import { MemoryQuestion } from './memory-question.tsx';
import { NoPatches } from './no-patches.tsx';
import { PipelineBar } from './pipeline-bar.tsx';

export function Notes() {
  return (
    <>
      <Banners />
      <MemoryQuestion />
      <NoPatches />
      <PipelineBar />
    </>
  );
}
