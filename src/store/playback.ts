/** The clock of playing. */
import { lastMoment } from './selectors.ts';
import { get, set, useStore } from './store.ts';

const OP_MS = 600;
/** Shortest time between two pictures. */
const TICK_MS = 33;
/** No run plays longer than this at the highest speed. */
const TICKS_MAX = 75;
const FASTEST = 16;

/** Ops done per tick: one, or as many as it takes to be through in time. */
function opsPerTick(speed: number, opCnt: number): number {
  const bySpeed = Math.max(1, Math.round((speed * TICK_MS) / OP_MS));
  return speed >= FASTEST ? Math.max(bySpeed, Math.ceil(opCnt / TICKS_MAX)) : bySpeed;
}

export function playClock(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = () => {
    const s = get();
    if (!s.playing) return;
    const last = lastMoment(s);
    const end = s.stopAt ?? last;
    if (s.good && s.op >= end) return set({ playing: false, stopAt: null });
    if (s.good) set({ op: Math.min(end, s.op + opsPerTick(s.speed, last)), micro: 0 });
    timer = setTimeout(tick, Math.max(TICK_MS, OP_MS / s.speed));
  };
  useStore.subscribe((s, old) => {
    if (s.playing === old.playing) return;
    clearTimeout(timer);
    // At the start the eye wants a moment to find the picture.
    if (s.playing) timer = setTimeout(tick, s.op === 0 ? 700 : 120);
  });
}
