/**
 * Holds the walls of the house. Catches: an import upward or sideways, a package where it does not belong, a circle
 * between files, an import that leads nowhere, a file outside of every room, a door that nobody uses.
 */
import { describe, expect, test } from 'vitest';
import { ROOMS, type Room } from './rooms.ts';
import { importsOf, isThere, SRC } from './source.ts';

const roomOf = (path: string): string => path.split('/')[1];
const rowOf = (path: string): Room | undefined => ROOMS.find(({ room }) => room === roomOf(path));

const quote = ({ room, may, types = [], packages = [], why }: Room): string =>
  `${room} may import ${[...may, ...types.map((name) => `${name} (types)`), ...packages].join(', ') || 'nothing'}: ${why}`;

/** Whether a specifier is the package, or something in it. */
const isOf = (specifier: string, name: string): boolean =>
  name.endsWith(':') ? specifier.startsWith(name) : specifier === name || specifier.startsWith(`${name}/`);

/** Why this import is not allowed; undefined when it is. */
function refusal(
  row: Room,
  from: string,
  imported: ReturnType<typeof importsOf>[number],
): string | undefined {
  const { specifier, path, isType } = imported;
  if (path === undefined) {
    const allowed = (row.packages ?? []).some((name) => isOf(specifier, name));
    return allowed ? undefined : `the package ${specifier}`;
  }
  if (!isThere(path)) return `${path}, which is not there`;
  if (!path.startsWith('src/')) return `${path}, which is not in src`;
  const room = roomOf(path);
  if (room === roomOf(from) || row.may.includes(room)) return undefined;
  if (row.types?.includes(room)) return isType ? undefined : `${path} as a value`;
  return path;
}

describe('rooms', () => {
  test('every file is in a room', () => {
    expect(SRC.length).toBeGreaterThan(0);
    expect(SRC.filter(({ path }) => !rowOf(path)).map(({ path }) => path)).toEqual([]);
  });

  test('the table only looks down, and every row says why', () => {
    ROOMS.forEach(({ room, may, types = [], why }, i) => {
      const below = ROOMS.slice(0, i).map((row) => row.room);
      expect(below, `${room} is listed above what it imports`).toEqual(
        expect.arrayContaining([...may, ...types]),
      );
      expect(why.length, room).toBeGreaterThan(20);
    });
  });

  test.each(ROOMS.map((row) => [row.room, row] as const))('%s imports all that its row says', (room, row) => {
    const imported = SRC.filter(({ path }) => roomOf(path) === room).flatMap(importsOf);
    const isUsed = (name: string): boolean =>
      imported.some(({ specifier, path }) =>
        path === undefined ? isOf(specifier, name) : roomOf(path) === name,
      );
    const { may, types = [], packages = [] } = row;
    expect(
      [...may, ...types, ...packages].filter((name) => !isUsed(name)),
      quote(row),
    ).toEqual([]);
  });

  test.each(ROOMS.map((row) => [row.room, row] as const))(
    '%s imports only what its row says',
    (room, row) => {
      const broken = SRC.filter(({ path }) => roomOf(path) === room).flatMap((file) =>
        importsOf(file).flatMap((imported) => {
          const what = refusal(row, file.path, imported);
          return what ? [`${file.path} imports ${what}`] : [];
        }),
      );
      expect(broken, quote(row)).toEqual([]);
    },
  );
});

test('no circle between files', () => {
  const next = new Map(SRC.map((file) => [file.path, importsOf(file).flatMap(({ path }) => path ?? [])]));
  const done = new Set<string>();
  const trail: string[] = [];
  const circles: string[] = [];
  const visit = (path: string): void => {
    const at = trail.indexOf(path);
    if (at >= 0) circles.push([...trail.slice(at), path].join(' → '));
    if (at >= 0 || done.has(path)) return;
    trail.push(path);
    for (const to of next.get(path) ?? []) visit(to);
    trail.pop();
    done.add(path);
  };
  for (const { path } of SRC) visit(path);
  expect(circles).toEqual([]);
});
