/** The list with a sentence for every line. */
import { listAtFirst } from './list.ts';
import { LIST_TELLINGS } from './list-told.ts';
import type { Picture } from './picture.ts';
import { toldBy } from './told.ts';

export const list: Picture = { ...listAtFirst, telling: toldBy(LIST_TELLINGS) };
