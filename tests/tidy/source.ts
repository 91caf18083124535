/** The files of the project as the tidy tests see them, and what their imports say. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

export const ROOT = resolve(import.meta.dirname, '..', '..');

/** Made by tools or not ours; the same as in .gitignore, and git's own. */
const NOT_OURS = new Set(['node_modules', 'dist', '.git', '.cache', 'test-results', 'playwright-report']);

function* walk(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (NOT_OURS.has(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* walk(path);
    else if (entry.isFile()) yield path;
  }
}

export interface SourceFile {
  /** From the root, with slashes. */
  readonly path: string;
  readonly text: string;
}

export const readFiles = (folder: string, matching: RegExp): SourceFile[] =>
  existsSync(join(ROOT, folder))
    ? [...walk(join(ROOT, folder))]
        .map((path) => relative(ROOT, path).replaceAll('\\', '/'))
        .filter((path) => matching.test(path))
        .sort()
        .map((path) => ({ path, text: readFileSync(join(ROOT, path), 'utf8') }))
    : [];

export const SRC: readonly SourceFile[] = readFiles('src', /\.tsx?$/);

export interface Import {
  readonly specifier: string;
  readonly isType: boolean;
  /** Path from the root when it is one of our files, undefined for packages. */
  readonly path: string | undefined;
}

const IMPORTS = [
  // import x from 'y', import type { x } from 'y', export { x } from 'y'
  /^\s*(?:import|export)\s+(type\s+)?(?:[\w*\s{},$]+?)\s+from\s+'([^']+)'/gm,
  // import 'y'
  /^\s*import()\s+'([^']+)'/gm,
  // import('y')
  /\bimport()\(\s*'([^']+)'/g,
  // new URL('y', import.meta.url)
  /\bnew URL()\(\s*'([^']+)'\s*,\s*import\.meta\.url/g,
];

export const withoutComments = (text: string): string => text.replace(/^\s*(\/\/|\*|\/\*).*$/gm, '');

export function importsOf({ path, text }: SourceFile): Import[] {
  const code = withoutComments(text);
  return IMPORTS.flatMap((pattern) => [...code.matchAll(pattern)]).map(([, type, specifier]) => ({
    specifier,
    isType: type !== undefined && type !== '',
    path: specifier.startsWith('.')
      ? relative(ROOT, resolve(ROOT, dirname(path), specifier)).replaceAll('\\', '/')
      : undefined,
  }));
}

export const isThere = (path: string): boolean => existsSync(join(ROOT, path));
