/** Catches an answer that is dropped with the picture that did not come, one that is drawn with another's picture, one that comes after a newer one, and a comparison before its run. */
import { beforeEach, describe, expect, test } from 'vitest';
import { FIRST_PICTURE, loadPicture, type Picture } from '../../../src/figures/index.ts';
import { run } from '../../../src/pipeline/index.ts';
import { pictureLoader } from '../../../src/store/picture-loading.ts';
import { get, initialState, useStore } from '../../../src/store/store.ts';

beforeEach(() => useStore.setState(initialState));

const answer = (algorithm: string, semantics = 'engine') =>
  run({ source: 'r0 = 0\nexit\n', pass: 'blind', algorithm, seed: 1, semantics });
/** When everything has been fetched, and what waited for it has had its turn. */
const quiet = async () => {
  await Promise.all(['list', 'array', 'stream'].map((id) => loadPicture(id, 'engine')));
  await new Promise((resolve) => setTimeout(resolve, 0));
};

test('what is there already is used at once', () => {
  const used: Picture[] = [];
  pictureLoader(() => {}).with(answer('list'), (picture) => used.push(picture));
  expect(used).toEqual([FIRST_PICTURE]);
});

test('the first picture is drawn at once, and replaced by one that can tell everything', async () => {
  const told: unknown[] = [];
  pictureLoader((isLoading) => told.push(isLoading)).with(answer('list'), () => told.push('drawn'));
  expect(told).toEqual([false, 'drawn', true]);
  await quiet();
  expect(told).toEqual([false, 'drawn', true, false]);
  expect(useStore.getState().picture).toBe(await loadPicture('list', 'engine'));
});

test('what is not there is fetched; what comes behind the answer waits for it', async () => {
  const told: unknown[] = [];
  const pictures = pictureLoader((isLoading) => told.push(isLoading));
  const { column } = await loadPicture('array', 'engine');
  pictures.with(answer('array'), (picture) => told.push(picture.column));
  pictures.behind(() => told.push('comparison'));
  expect(told).toEqual([true]);
  await quiet();
  expect(told).toEqual([true, column, 'comparison', false]);
});

test('an answer whose picture comes after a newer answer is not shown', async () => {
  const used: string[] = [];
  const pictures = pictureLoader(() => {});
  pictures.with(answer('stream'), () => used.push('stream'));
  pictures.behind(() => used.push('comparison of stream'));
  pictures.with(answer('list'), () => used.push('list'));
  await quiet();
  expect(used).toEqual(['list']);
});

describe('a picture that cannot be fetched', () => {
  const offline = () => Promise.reject(new Error('offline'));
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

  test('of the list under other rules: the answer is drawn with what there is, once, and that is said', async () => {
    const told: unknown[] = [];
    const pictures = pictureLoader((isLoading) => told.push(isLoading), offline);
    for (let i = 0; i < 2; i++) {
      pictures.with(answer('list', 'rfc-2019'), (picture) => told.push(picture === FIRST_PICTURE));
      pictures.behind(() => told.push('comparison'));
      await turn();
    }
    const once = [true, true, 'comparison', false];
    expect(told).toEqual([...once, ...once]);
    expect(get().algorithm).toBe('list');
    expect(get().notices).toEqual([expect.stringMatching(/"list" under "rfc-2019" could not be fetched/)]);
  });

  test('of another algorithm: its ops are none of the list, so that the list is run instead', async () => {
    useStore.setState({ algorithm: 'array' });
    const used: Picture[] = [];
    const pictures = pictureLoader(() => {}, offline);
    pictures.with(answer('array'), (picture) => used.push(picture));
    await turn();
    expect([used, get().algorithm, get().notices.length]).toEqual([[], 'list', 1]);
  });
});
