/**
 * Small rules of the house. Catches: a file that has grown too long, a default export, a drawer called utils, a
 * machine's path or a registry's name in what is published, a dead link in the documents, a pass or an algorithm
 * that nobody can choose because it is missing from its list.
 */
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { isThere, readFiles, SRC } from './source.ts';

const LINES_MAX = 400;

/** Tables may be longer, each with its reason. */
const LONGER: readonly { readonly path: string; readonly why: string }[] = [
  { path: 'src/isa/table.ts', why: 'the instruction set is one table, and each opcode is a row' },
];

test(`files in src have at most ${LINES_MAX} lines`, () => {
  const listed = new Set(LONGER.map(({ path }) => path));
  const long = SRC.map(({ path, text }) => ({ path, lines: text.split('\n').length - 1 })).filter(
    ({ path, lines }) => lines > LINES_MAX && !listed.has(path),
  );
  expect(long).toEqual([]);
  expect([...listed].filter((path) => !isThere(path))).toEqual([]);
});

test('no default exports in src', () => {
  const guilty = SRC.filter(({ text }) => /^export\s+default\b|^export\s*\{[^}]*\bas default\b/m.test(text));
  expect(guilty.map(({ path }) => path)).toEqual([]);
});

test('files are named for what they hold, in kebab-case', () => {
  const guilty = SRC.map(({ path }) => path).filter(
    (path) =>
      /(^|\/)(utils?|helpers|misc|common|types)(\/|\.)/.test(path.replace('src/kernel/helpers', '')) ||
      /[A-Z_]/.test(path),
  );
  expect(guilty).toEqual([]);
});

/** In pieces, so that this file is not its own finding. */
const FORBIDDEN: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  {
    what: "a machine's path",
    pattern: new RegExp(
      `(^|[^\\w.])/(${['wo|rk', 'ho|me', 'ro|ot', 'Us|ers'].map((name) => name.replace('|', '')).join('|')})/`,
    ),
  },
  {
    what: "a registry's name",
    pattern: new RegExp(['regis', 'try\\.(npm|yarn)|', 'artifac', 'tory|"resol', 'ved": "http'].join('')),
  },
];

const TEXT =
  /\.(tsx?|mjs|mts|js|json|jsonl|md|html|css|svg|yml|yaml|sh|c|h|txt)$|(^|\/)(\.npmrc|\.gitignore|run)$/;

test('nothing of any machine is published', () => {
  const findings = readFiles('.', TEXT).flatMap(({ path, text }) =>
    FORBIDDEN.flatMap(({ what, pattern }) => {
      const found = pattern.exec(text);
      return found ? [`${path}: ${what}: ${text.slice(found.index, found.index + 60).split('\n')[0]}`] : [];
    }),
  );
  expect(findings).toEqual([]);
});

test('relative links in the documents lead somewhere', () => {
  const documents = readFiles('.', /^(README|CONTRIBUTING|CHANGELOG)\.md$|^docs\/.*\.md$/);
  const dead = documents.flatMap(({ path, text }) =>
    [...text.replace(/```[\s\S]*?```/g, '').matchAll(/\]\(([^)\s]+)[^)]*\)|(?:src|href)="([^"]+)"/g)]
      .map(([, markdown, html]) => (markdown ?? html).split('#')[0])
      .filter((link) => link !== '' && !/^[a-z]+:/.test(link))
      .filter((link) => !isThere(join(dirname(path), link)))
      .map((link) => `${path}: ${link}`),
  );
  expect(dead).toEqual([]);
});

/** Folders whose newcomers must be listed: what makes a file one of them, and where the list is. */
const REGISTRIES = [
  { folder: 'src/passes', type: 'Pass', index: 'src/passes/index.ts' },
  { folder: 'src/recipes', type: 'Recipe', index: 'src/recipes/index.ts' },
  { folder: 'src/patch', type: 'Algorithm', index: 'src/patch/index.ts' },
  { folder: 'src/examples', type: 'Example', index: 'src/examples/index.ts' },
] as const;

test.each(REGISTRIES)('every $type is in $index', ({ folder, type, index }) => {
  const members = SRC.filter(({ path }) => path.startsWith(`${folder}/`) && path !== index).flatMap(
    ({ path, text }) =>
      [...text.matchAll(new RegExp(`^export const (\\w+): ${type} =`, 'gm'))].map(([, name]) => ({
        path,
        name,
      })),
  );
  expect(members.length).toBeGreaterThan(0);
  const list = SRC.find(({ path }) => path === index)?.text ?? '';
  const missing = members
    .filter(
      ({ path, name }) =>
        !new RegExp(`\\b${name}\\b[^;]*from './${path.slice(folder.length + 1)}'`).test(list),
    )
    .map(({ path, name }) => `${index} lacks: import { ${name} } from './${path.slice(folder.length + 1)}';`);
  expect(missing).toEqual([]);
});
