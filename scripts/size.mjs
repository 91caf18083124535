/**
 * Holds a build to its size budgets: what a visitor downloads before the editor is wanted, the editor, and what a
 * worker loads. Reads the manifest that Vite writes, and of the workers the files themselves; sizes are of gzip, in kB
 * of 1000 bytes.
 *
 *   node scripts/size.mjs [dist]
 */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = process.argv[2] ?? join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');

/** kB of gzip; each part with all that it imports and that was not counted before it. */
const BUDGETS = {
  'the app without the editor': 120,
  'the editor': 850,
  "the worker's entry": 40,
  'the engine for a first visit': 80,
  'the rest of the engine': 45,
};

const problems = [];
const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));

/** Files that the file of `key` loads at once, itself included. */
function filesOf(key, found = new Set()) {
  if (found.has(manifest[key].file)) return found;
  found.add(manifest[key].file);
  for (const next of manifest[key].imports ?? []) filesOf(next, found);
  return found;
}

/** The same by what is written in the files: the manifest does not know those of workers. */
function writtenIn(file, found = new Set()) {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(join(dist, file), 'utf8');
  for (const [, next] of text.matchAll(/\b(?:from|import) ?["'`]\.\/([\w.-]+\.js)["'`]/g))
    writtenIn(`assets/${next}`, found);
  return found;
}

const assets = readdirSync(join(dist, 'assets'));
/** The one file of a chunk, with what it imports. */
function chunk(name) {
  const files = assets.filter((file) => new RegExp(`^${name}-.{8}\\.js$`).test(file));
  if (files.length === 1) return writtenIn(`assets/${files[0]}`);
  problems.push(`there must be one chunk "${name}", and there are ${files.length}`);
  return new Set();
}

const counted = new Set();
function sizeOf(files) {
  const added = [...files].filter((file) => !counted.has(file));
  for (const file of added) counted.add(file);
  return added.reduce((sum, file) => sum + gzipSync(readFileSync(join(dist, file))).length / 1000, 0);
}

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const editor = Object.keys(manifest).find((key) => key.endsWith('views/editor/program-editor.tsx'));
if (editor === undefined)
  problems.push('the editor is no chunk of its own, so it is loaded with the first page');

const PARTS = {
  'the app without the editor': filesOf(entry),
  'the editor': editor === undefined ? new Set() : filesOf(editor),
  "the worker's entry": chunk('engine'),
  'the engine for a first visit': chunk('first-run'),
  'the rest of the engine': chunk('pipeline'),
};
for (const [name, budget] of Object.entries(BUDGETS)) {
  const size = sizeOf(PARTS[name]);
  console.log(`${name}: ${size.toFixed(1)} kB of ${budget} kB (JavaScript, gzip)`);
  if (size > budget) problems.push(`too big: ${name}`);
}
for (const problem of problems) console.log(problem);
process.exitCode = problems.length > 0 ? 1 : 0;
