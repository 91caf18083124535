/**
 * Patch points put into random texts and taken out again, against the assembler. Catches a directive that is put above
 * the wrong insn, one that is read as something else, a text that does not come back as it was, and a line that has
 * nothing to do with it and changed.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { assemble } from '../../src/asm/assemble.ts';
import {
  type PatchKind,
  type PatchPlace,
  placeAt,
  rivalsOf,
  withoutPatch,
  withPatch,
} from '../../src/asm/patch-points.ts';
import { readPatch } from '../../src/asm/read-patch.ts';

/** What can stand above an insn, and around it. `N` becomes a number of its own. */
const above = fc.constantFrom(
  'LN:',
  'LN: ; a label with a comment',
  'LN: ;@prepend r7 = N',
  '; prog.c:N:3 some text',
  '  ;@aux seen=1',
  '\t;@prepend r7 = 1 | r7 = N',
  ';@| r8 = N',
  '; only words',
  '/* a block',
  '',
  '.stack 8',
);
const insn = fc.constantFrom(
  '  r1 = N',
  'r1 += r2 ; behind it',
  '\tr3 = N ll',
  'KN: r0 = r1 // behind it',
  '   N: (bf) r6 = r1',
  '  if r1 == N goto end',
  '/* before */ call 7 ;@aux seen=1',
  'exit',
);
const fate = fc.constantFrom(
  [],
  [],
  [';@remove'],
  ['  ;@replace r5 = 5'],
  [';@replace r5 = 5 |', '; between', ';@| goto end'],
);

const groupOfLines = fc
  .tuple(fc.array(above, { maxLength: 3 }), fate, fc.array(above, { maxLength: 1 }), insn)
  .map(([first, patch, second, last]) => [...first, ...patch, ...second, last])
  // A block that is opened is closed again, on a line of its own.
  .map((lines) => lines.flatMap((line) => (line === '/* a block' ? [line, ';@remove', 'ends */'] : [line])));

const text = fc
  .tuple(
    fc.array(groupOfLines, { minLength: 1, maxLength: 5 }),
    fc.constantFrom('\n', '\r\n'),
    fc.boolean(),
    fc.constantFrom([], ['.prog tc'], ['func main:']),
  )
  .map(([groups, eol, isEnded, head]) => {
    const lines = [...head, ...groups.flat(), 'end: exit'].map((line, k) =>
      line.replaceAll('N', String(k + 1)),
    );
    // What goes on with a patch needs one above.
    const kept = lines.filter(
      (line, k) =>
        !/^;@\|/.test(line) ||
        /;@(replace|prepend)/.test(lines.slice(0, k).findLast((l) => l.includes(';@')) ?? ''),
    );
    return kept.join(eol) + (isEnded ? eol : '');
  });

const kindAndBody: fc.Arbitrary<readonly [PatchKind, string]> = fc.oneof(
  fc.tuple(
    fc.constantFrom<PatchKind>('replace', 'prepend'),
    fc
      .array(fc.constantFrom('r4 = 4', 'r4 = 5 ll', 'r4 += 1 | r5 = 2', 'if r4 == 0 goto end', ' goto +0 '), {
        minLength: 1,
        maxLength: 4,
      })
      .map((lines) => lines.join('\n')),
  ),
  fc.constantFrom(['remove', ''] as const, ['remove', '1'] as const),
);

interface Case {
  readonly text: string;
  readonly place: PatchPlace;
  readonly kind: PatchKind;
  readonly body: string;
}

const patchCase: fc.Arbitrary<Case> = fc
  .tuple(text, fc.nat(), kindAndBody)
  .map(([source, pick, [kind, body]]) => {
    const { value } = assemble(source);
    const lines = [...new Set(value.line)];
    const place = placeAt(source, value, lines[pick % lines.length]);
    if (!place) throw new Error('a line with an insn has a place');
    return { text: source, place, kind, body };
  });

/** Patch points but for where they are written, as text. */
const points = (source: string) =>
  assemble(source).value.patchPoints.map(({ kind, at, cnt, insns, exits }) =>
    JSON.stringify([kind, at, cnt, [...insns], exits]),
  );
const isRival = (kind: PatchKind, slot: number) => (point: string) => {
  const [other, at] = JSON.parse(point) as [PatchKind, number];
  return at === slot && (other === 'prepend') === (kind === 'prepend');
};

test('what stands above an insn is what the assembler makes patch points of', () => {
  fc.assert(
    fc.property(patchCase, ({ text: source, place }) => {
      const { patchPoints } = assemble(source).value;
      const { line } = assemble(source).value;
      const written = patchPoints.filter(({ at }) => line[at] === place.line);
      // Of a 64-bit constant that is replaced, the second slot is removed by the same directive.
      const firsts = written.filter(({ from }, k) => from !== written[k - 1]?.from);
      expect(place.directives.map(({ kind, parts }) => [kind, parts[0].from])).toEqual(
        firsts.map(({ kind, from }) => [kind, from]),
      );
    }),
    { numRuns: 400 },
  );
});

test('a patch point that is put in is assembled, and nothing else is', () => {
  fc.assert(
    fc.property(patchCase, ({ text: source, place, kind, body }) => {
      const before = assemble(source);
      const put = withPatch(source, place, kind, body);
      const after = assemble(put.text);
      expect(after.diagnostics.map(({ code }) => code)).toEqual(before.diagnostics.map(({ code }) => code));
      expect([...after.value.program.insns]).toEqual([...before.value.program.insns]);
      expect(put.text.slice(put.from, put.to).startsWith(`;@${kind}`)).toBe(true);
      const isOne = isRival(kind, place.slot);
      const isSecond = isRival(kind, place.slot + 1);
      const wide = before.value.line[place.slot + 1] === place.line;
      const rest = (source: string) => points(source).filter((p) => !isOne(p) && !(wide && isSecond(p)));
      expect(rest(put.text)).toEqual(rest(source));
      const mine = after.value.patchPoints.filter((point) => point.from === put.from);
      expect(mine[0]).toMatchObject({ kind, at: place.slot });
      expect(mine[0].insns.length / 2).toBe(readPatch(kind, body, after.value.labels).slotCnt);
      // The text is its own reading: put again, it stays.
      const again = placeAt(put.text, after.value, after.value.line[place.slot]);
      expect(again && withPatch(put.text, again, kind, body).text).toBe(put.text);
    }),
    { numRuns: 400 },
  );
});

test('put in and taken out again gives the same text, where nothing was in its way', () => {
  fc.assert(
    fc.property(patchCase, ({ text: source, place, kind, body }) => {
      fc.pre(rivalsOf(place, kind).length === 0);
      const put = withPatch(source, place, kind, body);
      const after = assemble(put.text).value;
      const again = placeAt(put.text, after, after.line[place.slot]);
      expect(again && withoutPatch(put.text, again, kind).text).toBe(source);
    }),
    { numRuns: 400 },
  );
});

test('lines without the patch stay as they are; taken out, no patch of the kind is left', () => {
  fc.assert(
    fc.property(patchCase, ({ text: source, place, kind, body }) => {
      // A label keeps its line when the directive behind it goes.
      const others = (lines: string) =>
        lines
          .split('\n')
          .map((line) => line.trimEnd().replace(/\s*;@(replace|prepend|remove|\|).*/, ' gone'))
          .filter((line) => line !== ' gone')
          .map((line) => line.replace(/ gone$/, '').trimEnd());
      expect(others(withPatch(source, place, kind, body).text)).toEqual(others(source));
      const out = withoutPatch(source, place, kind).text;
      const words = (lines: string) =>
        lines
          .replace(/;@(replace|prepend|remove|\|).*/g, '')
          .replace(/\s+/g, ' ')
          .trim();
      expect(words(out)).toBe(words(source));
      expect(points(out).filter(isRival(kind, place.slot))).toEqual([]);
    }),
    { numRuns: 400 },
  );
});
