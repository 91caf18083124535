/** What moves time and says where it is; loaded beside the first picture, which waits for the engine anyway. */
import { Readout } from './readout.tsx';
import { Timeline } from './timeline.tsx';
import { Transport } from './transport.tsx';

export function TimePanel() {
  return (
    <>
      <Transport />
      <Timeline />
      <Readout />
    </>
  );
}
