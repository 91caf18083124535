#!/usr/bin/env node
/**
 * The command line. Node 20 does not read TypeScript: the command is bundled once into .cache/ and again whenever a
 * source is newer, so that it starts as fast as plain JavaScript.
 */
import { mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const src = join(root, 'src');

/** When the newest file below a folder was changed. */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) time = Math.max(time, newest(path));
    else if (entry.name.endsWith('.ts')) time = Math.max(time, statSync(path).mtimeMs);
  }
  return time;
}

const changed = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;

/** A place to keep the bundle: beside the sources, or among temporary files where that cannot be written. */
function cacheFolder() {
  const folder = join(root, '.cache');
  try {
    mkdirSync(folder, { recursive: true });
    return folder;
  } catch {
    return tmpdir();
  }
}

async function bundle(outfile) {
  const { build } = await import('esbuild');
  // Several commands may start at once: each writes its own file, and the last one moved is as good as the first.
  const own = `${outfile}.${process.pid}.mjs`;
  try {
    await build({
      entryPoints: [join(src, 'cli', 'main.ts')],
      outfile: own,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
      logLevel: 'error',
    });
    renameSync(own, outfile);
  } finally {
    rmSync(own, { force: true });
  }
}

// Whoever reads our output may stop early (`| head`): that is no error of ours.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error) => {
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });

const outfile = join(cacheFolder(), 'bpf-patch.mjs');
if (changed(outfile) < newest(src)) await bundle(outfile);
const { main } = await import(pathToFileURL(outfile).href);
process.exitCode = await main(process.argv.slice(2));
