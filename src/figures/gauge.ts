/** The distance gauge: a bar from 0 to the limit of the field, and what fills it. */
import type { DistanceFacts } from './distance-facts.ts';
import { label, type Mark, path, rect } from './mark.ts';
import { grouped, plural, signed } from './number.ts';

const BAR_Y = 44;
const BAR_H = 12;
const LINE = 16;
const CHAR_W = 6.3;
export const GAUGE_H = BAR_Y + BAR_H + 3 * LINE + 10;

const away = Math.abs;

/** "588 patches: +1,764" */
const growthWords = ({ patchCnt, before, now }: DistanceFacts): string =>
  `${plural(patchCnt, 'patch', 'patches')}: ${signed(now - before)}`;

/** Slots that are left, or by how many it is too far. */
const roomWords = ({ limit, now }: DistanceFacts): string => {
  const room = away(limit) - away(now);
  return room < 0 ? `${grouped(-room)} too far` : `${grouped(room)} left`;
};

/** The gauge as a sentence. */
export function gaugeSentence(facts: DistanceFacts): string {
  const { bits, limit, before, now } = facts;
  const grown = now === before ? '' : ` (before ${signed(before)}; ${growthWords(facts)})`;
  return `Distance ${signed(now)}${grown}; ${bits} bits hold ${signed(limit)}: ${roomWords(facts)}`;
}

/**
 * Marks for a width. A distance back is drawn by its size like one on: the words keep its sign. Each label has a line of
 * its own, so that they never meet.
 */
export function gaugeFigure(facts: DistanceFacts, width: number): Mark[] {
  const { bits, limit, before, now } = facts;
  const most = Math.max(away(limit), away(now)) * (away(now) > away(limit) ? 1.03 : 1);
  const x = (value: number): number => Math.round((away(value) / most) * width * 10) / 10;
  const tooFar = away(now) > away(limit);
  const kept = Math.min(away(before), away(now));
  const filled = Math.min(away(now), away(limit));
  const at = (key: string, value: number, y: number, text: string, cls: string): Mark => {
    const right = x(value);
    const fits = right - text.length * CHAR_W >= 0;
    return label(
      key,
      fits ? right : Math.min(right + 4, width - text.length * CHAR_W),
      y,
      text,
      `${cls} ${fits ? 'end' : 'start'}`,
    );
  };
  const part = (key: string, from: number, to: number, cls: string): Mark[] =>
    to > from ? [rect(key, x(from), BAR_Y, Math.max(1.5, x(to) - x(from)), BAR_H, cls)] : [];
  const below = BAR_Y + BAR_H;
  const lines: Mark[] = [];
  let y = below + 14;
  const add = (key: string, value: number, text: string, cls: string): void => {
    lines.push(path(`${key}-tick`, `M${x(value)} ${below}V${y - 7}`, `tick ${cls}`));
    lines.push(at(key, value, y, text, cls));
    y += LINE;
  };
  if (now !== before) add('before', before, `before ${signed(before)}`, 'dim');
  if (now !== before)
    add(
      'growth',
      (kept + Math.min(Math.max(away(before), away(now)), away(limit))) / 2,
      growthWords(facts),
      now > before === now > 0 ? 'ins' : 'del',
    );
  add('now', now, `${tooFar ? 'needed' : 'now'} ${signed(now)}`, tooFar ? 'err' : 'strong');
  return [
    rect('track', 0, BAR_Y, width, BAR_H, 'track'),
    ...part('kept', 0, kept, 'kept'),
    ...part('grown', kept, filled, 'grown'),
    ...(away(now) < away(before) ? part('gone', away(now), away(before), 'gone') : []),
    ...part('over', away(limit), away(now), 'over'),
    path('limit', `M${x(limit)} ${BAR_Y - 12}V${BAR_Y + BAR_H + 6}`, 'limit'),
    at('limit-words', limit, BAR_Y - 18, `${bits}-bit limit ${signed(limit)}`, 'strong'),
    label('room', width, BAR_Y - 34, roomWords(facts), `${tooFar ? 'err' : 'dim'} end`),
    label('zero', 0, below + 14, now === before || x(before) > 90 ? '0' : '', 'dim start'),
    ...lines,
  ];
}

const ordinal = (n: number): string => {
  const tens = n % 100;
  const suffix = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th');
  return `${grouped(n)}${suffix}`;
};

/** When the limit is met, patch by patch: the way of an array and the way of a list. */
export function limitWords(facts: DistanceFacts): string[] {
  const { limit, fits, breaks, before, now, patchCnt, each } = facts;
  if (breaks === null) return [];
  const words: string[] = [];
  if (fits !== null) {
    const room = away(limit) - away(fits.distance);
    const rest =
      room === 0 ? 'Exactly at the limit, still allowed.' : `Still allowed, ${grouped(room)} left.`;
    const sum =
      each !== null
        ? `${grouped(fits.nth)} \u00d7 ${grouped(away(each))}`
        : grouped(away(fits.distance - before));
    words.push(
      fits.nth === 0
        ? `Before any patch under it: ${signed(before)}. ${rest}`
        : `${plural(fits.nth, 'patch', 'patches')} done: ${grouped(away(before))} + ${sum} = ${grouped(away(fits.distance))}. ${rest}`,
    );
  }
  words.push(
    `The ${ordinal(breaks.nth)}, of insn ${grouped(breaks.slot)}: ${grouped(away(breaks.distance))}. The array way stops here, and nothing of this patch is written.`,
  );
  if (breaks.nth < patchCnt)
    words.push(
      `All ${grouped(patchCnt)}: ${grouped(away(now))}. The list way looks once, on final distances, and writes nothing either.`,
    );
  return words;
}
