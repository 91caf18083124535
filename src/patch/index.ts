/** Every algorithm, one line each; the first is the one the app computes with. */
import type { Algorithm } from './algorithm.ts';
import { array } from './array.ts';
import { list } from './list.ts';
import { listPooled } from './list-pooled.ts';
import { patcherMap } from './patcher-map.ts';
import { stream } from './stream.ts';
import { targetPointers } from './target-pointers.ts';

export const ALGORITHMS: readonly Algorithm[] = [stream, array, list, listPooled, targetPointers, patcherMap];

export const algorithmById = (id: string): Algorithm | undefined => ALGORITHMS.find((one) => one.id === id);
