import { late } from '../late.tsx';

/** The three places are there from the start, so that nothing moves when they are filled. */
export const Time = late('time', () => import('./time-panel.tsx').then(({ TimePanel }) => TimePanel), {
  placeholder: (
    <>
      <div className="transport" />
      <div className="track" />
      <div className="readout" />
    </>
  ),
});
