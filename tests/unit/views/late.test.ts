/** Parts that are loaded late. Would catch a file that does not come and takes the rest of the page with it. */
import { PassThrough } from 'node:stream';
import { type ComponentType, createElement } from 'react';
import { renderToPipeableStream } from 'react-dom/server';
import { expect, test } from 'vitest';
import { NOT_LOADED } from '../../../src/store/visit.ts';
import { late, SaidElsewhere } from '../../../src/views/late.tsx';

interface Props {
  readonly name: string;
}

/** The part between two others, once all of it has come. */
const pageWith = (Part: ComponentType<Props>): Promise<string> =>
  new Promise((done, failed) => {
    let html = '';
    const out = new PassThrough();
    out.on('data', (piece) => {
      html += piece;
    });
    out.on('end', () => done(html));
    const page = createElement('main', null, 'before ', createElement(Part, { name: 'Ada' }), ' behind');
    const { pipe } = renderToPipeableStream(page, { onAllReady: () => pipe(out), onError: failed });
  });

const Greeting = ({ name }: Props) => createElement('b', null, `hello ${name}`);

test('a part gets what it was given', async () => {
  expect(await pageWith(late('greeting', async () => Greeting))).toContain('hello Ada');
});

test('of one that does not come the place says so, and it is asked for again when it is shown again', async () => {
  let isOffline = true;
  const Part = late('greeting', async () => {
    if (isOffline) throw new TypeError('Failed to fetch dynamically imported module');
    return Greeting;
  });
  const first = await pageWith(Part);
  expect(first).toContain(NOT_LOADED);
  expect(first).toMatch(/before .* behind/s);
  isOffline = false;
  expect(await pageWith(Part)).toContain('hello Ada');
});

test('what has no place for words leaves none', async () => {
  const Part = late<Props>('sign', () => Promise.reject(new Error()), { instead: SaidElsewhere });
  const html = await pageWith(Part);
  expect(html).toMatch(/before .* behind/s);
  expect(html).not.toContain(NOT_LOADED);
});
