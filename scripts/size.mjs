/**
 * Holds the build to its size budget: what a visitor downloads before the editor is wanted. Reads the manifest
 * that Vite writes; sizes are of gzip, in kB of 1000 bytes.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const dist = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist');

/** kB of gzip: the app without the editor, the editor with what it imports. */
const BUDGETS = { app: 120, editor: 850 };

const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'));

/** Everything that `key` loads at once, itself included. */
function staticClosure(key, found = new Set()) {
  if (found.has(key)) return found;
  found.add(key);
  for (const next of manifest[key].imports ?? []) staticClosure(next, found);
  return found;
}

const gzipped = (file) => gzipSync(readFileSync(join(dist, file))).length / 1000;
const sizeOf = (keys) => [...keys].reduce((sum, key) => sum + gzipped(manifest[key].file), 0);

const entry = Object.keys(manifest).find((key) => manifest[key].isEntry);
const app = staticClosure(entry);
const lazyEditor = Object.keys(manifest).find((key) => key.endsWith('views/editor/program-editor.tsx'));
const editor = lazyEditor ? [...staticClosure(lazyEditor)].filter((key) => !app.has(key)) : [];

const sizes = { app: sizeOf(app), editor: sizeOf(editor) };
let failed = false;
for (const [name, budget] of Object.entries(BUDGETS)) {
  const over = sizes[name] > budget;
  failed ||= over;
  console.log(
    `${name}: ${sizes[name].toFixed(1)} kB of ${budget} kB (JavaScript, gzip)${over ? ' TOO BIG' : ''}`,
  );
}
if (lazyEditor === undefined) {
  console.log('the editor is not a chunk of its own: it would be loaded with the first page');
  failed = true;
}
process.exitCode = failed ? 1 : 0;
