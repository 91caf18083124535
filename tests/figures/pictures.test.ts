/**
 * Every picture at every place in time. Catches a mark without a place, two things with one key (which would glide into
 * each other), an insn that is somebody else in another column, a sentence with a hole in it, and a picture that
 * depends on how one came there.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { EXAMPLES } from '../../src/examples/index.ts';
import {
  FIRST_PICTURE,
  geometryFor,
  halfDoneAt,
  lineCntOf,
  loadPicture,
  type Mark,
  nextExecutions,
  PICTURES,
  type Picture,
  type Place,
  type StepContext,
  stageColumns,
  stageInput,
  stepAt,
  stepWithin,
  swappedOf,
  toSvg,
} from '../../src/figures/index.ts';
import { secondSlots } from '../../src/isa/pairs.ts';
import { editsFromOps } from '../../src/patch/edit-list.ts';
import { ALGORITHMS } from '../../src/patch/index.ts';
import { retargetedBy } from '../../src/patch/jump-at.ts';
import { momentsOf } from '../../src/patch/moments.ts';
import type { Trace } from '../../src/patch/trace.ts';
import { traceOf } from '../../src/patch/trace-build.ts';
import type { Program } from '../../src/program/program.ts';
import { opsOf, programOf, rawOps, rawProgram } from '../props/patch-cases.ts';
import { patched } from '../props/patch-moments.ts';
import { runOf, stageAt } from './run.ts';

interface Shown {
  readonly id: string;
  readonly picture: Picture;
  readonly ctx: StepContext;
  readonly trace: Trace;
  readonly program: Program;
}

const SEMANTICS = ['engine', 'rfc-2019'];
const pictures = await Promise.all(
  ALGORITHMS.flatMap(({ id, style }) =>
    SEMANTICS.map(async (semantics) => ({
      id: `${id}, ${semantics}`,
      style,
      picture: await loadPicture(id, semantics),
      algorithm: id,
    })),
  ),
);

/** Some forty of the places, from all of the time. */
const someOf = (places: readonly Place[]): Place[] =>
  places.filter((_, i) => i % Math.ceil(places.length / 40) === 0);

const swapped = await swappedOf(await loadPicture('list', 'engine'))?.();
if (!swapped) throw new Error('the links of the list cannot be swapped');
pictures.push({ id: 'list, wrong order', style: 'list', picture: swapped, algorithm: 'list' });

/** Every place in time, in order. */
function placesOf(picture: Picture, trace: Trace): Place[] {
  const places: Place[] = [];
  for (let op = 0; op <= trace.opCnt; op++)
    for (let micro = 0; micro < Math.max(1, lineCntOf(picture, trace, op + 1)); micro++)
      places.push({ op, micro });
  return places;
}

const GEOMETRIES = [geometryFor(820, 10, 900), geometryFor(724, 100, 600), geometryFor(360, 10, 500)];

function stageOf({ picture, ctx, trace, program }: Shown, place: Place, geometry = GEOMETRIES[0]) {
  const input = stageInput(
    {
      ...ctx.source,
      picture,
      inputInsns: program.insns,
      kfuncs: program.kfuncs,
      inputSecond: secondSlots(program.insns),
    },
    { op: place.op, halfDone: halfDoneAt(picture, trace, place) },
    { geometry, firstRow: 0, rowCnt: 1e6, focusUid: null, hoverUid: null },
  );
  return stageColumns(input);
}

const everyPicture = (check: (shown: Shown) => void, numRuns = 40): void =>
  fc.assert(
    fc.property(rawProgram, rawOps, fc.constantFrom(...pictures), (raw, rawList, { id, style, picture }) => {
      const program = programOf(raw);
      const edits = editsFromOps(opsOf(rawList, program));
      const trace = traceOf(program, edits, style, patched(program, edits));
      const ctx: StepContext = {
        picture,
        source: { trace, moments: momentsOf(trace), before: program },
        ...{ passLabel: 'Pass', passWhy: 'Why.', insnAt: () => 'insn', resultCnt: trace.nodeCnt },
        retargetedBy: (op) => retargetedBy(trace, op),
      };
      check({ id, picture, ctx, trace, program });
    }),
    { numRuns },
  );

const HOLE = /NaN|undefined|null|Infinity/;

/** Keys that stand twice beside each other; marks of different tags are different things. */
function doubles(marks: readonly Mark[]): string[] {
  const keys = marks.map(({ tag, key }) => `${tag} ${key}`);
  return [
    ...keys.filter((key, i) => keys.indexOf(key) !== i),
    ...marks.flatMap(({ children }) => doubles(children ?? [])),
  ];
}

describe('every picture at every place', () => {
  test('has marks with places and keys of their own', () => {
    everyPicture((shown) => {
      someOf(placesOf(shown.picture, shown.trace)).forEach((place, i) => {
        const { camera: _camera, ...columns } = stageOf(shown, place, GEOMETRIES[i % GEOMETRIES.length]);
        const wrong = Object.values(columns).flatMap((marks: readonly Mark[]) => [
          ...doubles(marks),
          ...(HOLE.exec(toSvg(marks)) ?? []),
        ]);
        expect(wrong, `${shown.id} ${place.op}.${place.micro}`).toEqual([]);
      });
    }, 20);
  });

  test('knows an insn by one uid in all columns, and names its row', () => {
    everyPicture((shown) => {
      const uids = new Set(Array.from(shown.trace.uid, String));
      for (const place of someOf(placesOf(shown.picture, shown.trace))) {
        const { before, list, after } = stageOf(shown, place);
        const middle = new Set(list.map(({ key }) => key));
        const strange = [...before, ...list, ...after].filter(
          ({ key, attrs }) => !uids.has(key) || String(attrs['data-uid']) !== key || !attrs['aria-label'],
        );
        expect(strange).toEqual([]);
        // While an array is being cut, its cells are ahead of After, which is still as before.
        if (place.micro === 0 || shown.trace.style !== 'array')
          expect(after.filter(({ key }) => !middle.has(key))).toEqual([]);
      }
    });
  });

  test('is the same from whichever side one comes', () => {
    everyPicture((shown) => {
      const places = someOf(placesOf(shown.picture, shown.trace));
      const forth = places.map((place) => toSvg(stageOf(shown, place).list));
      const back = places.toReversed().map((place) => toSvg(stageOf(shown, place).list));
      expect(back.toReversed()).toEqual(forth);
    }, 20);
  });

  test('has a sentence without a hole for every op and every line', () => {
    everyPicture(({ id, picture, ctx, trace }) => {
      for (const { op, micro } of placesOf(picture, trace)) {
        const { title, detail, name, code, lit } = micro > 0 ? stepWithin(ctx, op, micro) : stepAt(ctx, op);
        expect(`${title}${detail}${name}${code.join('')}`, `${id} ${op}.${micro}`).not.toMatch(HOLE);
        expect(title).toMatch(/[.!]$/);
        expect(code.length).toBeLessThanOrEqual(25);
        // Wider ones are cut at the edge of the inspector.
        expect(code.filter((line) => line.length > 37)).toEqual([]);
        expect(lit).toBeLessThan(Math.max(1, code.length));
      }
    });
  });
});

describe('a line of pseudo-code', () => {
  const doneAt = (picture: Picture, trace: Trace, { op, micro }: Place) =>
    micro > 0
      ? { telling: picture.telling(trace, op + 1), line: micro - 1 }
      : { telling: picture.telling(trace, op), line: picture.telling(trace, op).lines.length - 1 };

  test('leads to the first place behind this one at which it has just been done', () => {
    everyPicture(({ picture, trace }) => {
      const places = placesOf(picture, trace);
      places.forEach((place, i) => {
        if (place.op === 0 && place.micro === 0) {
          expect(nextExecutions(trace, picture, place)).toEqual([]);
          return;
        }
        const { telling } = doneAt(picture, trace, place);
        const next = nextExecutions(trace, picture, place);
        telling.lines.forEach((_, line) => {
          const want = places.slice(i + 1).find((later) => {
            const done = doneAt(picture, trace, later);
            return done.telling === telling && done.line === line;
          });
          expect(next[line]).toEqual(want ?? null);
        });
        expect(next).toHaveLength(telling.lines.length);
      });
    });
  });
});

test('the list that is there at first says of ops what the whole one says, and has the same lines', async () => {
  const whole = await loadPicture('list', 'engine');
  everyPicture(({ ctx, trace }) => {
    if (trace.style !== 'list') return;
    for (let op = 1; op <= trace.opCnt; op++)
      expect(stepAt({ ...ctx, picture: FIRST_PICTURE }, op)).toEqual(stepAt({ ...ctx, picture: whole }, op));
  });
});

test('every algorithm that is drawn has a picture, and its column is called as the list says', async () => {
  for (const [id, { column, load }] of Object.entries(PICTURES)) {
    expect(ALGORITHMS.map((one) => one.id)).toContain(id);
    expect((await load()).column).toBe(column);
  }
});

// Catches a tag that stands over the insn it belongs to.
test('what a node keeps stands beside its text, or not at all', async () => {
  for (const { picture, algorithm, id } of pictures) {
    const output = runOf(EXAMPLES[0].source, EXAMPLES[0].pass, algorithm);
    for (let op = 0; op <= output.trace.opCnt; op++)
      for (const width of [700, 820, 1200]) {
        const { list } = stageColumns(stageAt(output, op, width, undefined, picture));
        for (const { children } of list) {
          const cell = children?.[0].children ?? [];
          const tag = cell.find(({ key }) => key === 'tag');
          const spans = cell.find(({ key }) => key === 'text')?.spans ?? [];
          if (!tag) continue;
          const [, , first] = spans;
          const textW = spans.slice(2).reduce((w, { text, length }) => w + (length ?? text.length * 7.23), 0);
          const left = Number(tag.attrs.x) - (tag.text?.length ?? 0) * 6.62;
          expect(Number(first.x) + textW, `${id} op ${op}: ${tag.text}`).toBeLessThanOrEqual(left);
        }
      }
  }
});
