/** The commands' whole view of the outside: what they read, and the two streams they write. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { nameOf } from './diagnostics.ts';

export interface Io {
  /** A file, or standard input when no path is given. */
  readInput(path: string | undefined): Promise<string>;
  out(text: string): Promise<void>;
  err(text: string): Promise<void>;
}

/** Waits while the reader of a pipe is slower than we are. */
async function write(stream: NodeJS.WriteStream, chunk: string): Promise<void> {
  if (!stream.write(chunk)) await once(stream, 'drain');
}

/** Not every error of the file system knows whose it is: reading a folder's does not. */
async function readInput(path: string | undefined): Promise<string> {
  try {
    return await (path === undefined || path === '-' ? text(process.stdin) : readFile(path, 'utf8'));
  } catch (error) {
    throw Object.assign(error as Error, { path: nameOf(path) });
  }
}

export const nodeIo: Io = {
  readInput,
  out: (chunk) => write(process.stdout, chunk),
  err: (chunk) => write(process.stderr, chunk),
};

/** Lines of an input; the newline at its end begins no further one. */
export function inputLines(text: string): string[] {
  const lines = text.split('\n');
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
}
