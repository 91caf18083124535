/** The yardsticks in C: built with the machine's `cc`, kept behind a pipe, and asked for one round at a time. */
import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';

const SOURCES = ['bench', 'native'] as const;
const COMPILER = 'cc';
const FLAGS = ['-O3', '-march=native'] as const;

/** Those whose results are held against ours. */
export const YARDSTICKS = ['malloc-list', 'pooled-list', 'edit-list'] as const;

/** The folder of the checkout that the running file belongs to: it may be a bundle somewhere in it. */
function sourceFolder(): string | null {
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const native = join(folder, ...SOURCES);
    if (statSync(native, { throwIfNoEntry: false })?.isDirectory()) return native;
    if (folder === dirname(folder)) return null;
  }
}

export interface Yardsticks {
  /** As `cc --version` calls itself. */
  readonly compiler: string;
  /** `isFresh`: big blocks come from the system anew each time, instead of from a heap that stays warm. */
  open(work: Uint8Array, isFresh?: boolean): Promise<OpenYardsticks>;
  close(): void;
}

export interface ArrayRun {
  readonly ms: number;
  /** Edits done when the time was up, and how many there were. */
  readonly done: number;
  readonly of: number;
}

export interface OpenYardsticks {
  /** Milliseconds by name, memcpy included. */
  round(): Promise<Record<string, number>>;
  array(limitMs: number): Promise<ArrayRun>;
  /** The bytes of what a yardstick returns. */
  result(name: string): Promise<Uint8Array>;
  close(): void;
}

function open(program: string, folder: string, work: Uint8Array, isFresh: boolean): OpenYardsticks {
  const file = join(folder, 'work');
  writeFileSync(file, work);
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    program,
    [file, ...(isFresh ? ['fresh'] : [])],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async <T>(): Promise<T> => {
    const line = await lines.next();
    if (line.done) throw new Error('the yardsticks ended before they had answered');
    return JSON.parse(line.value) as T;
  };
  const ready = answer();
  const ask = async <T>(question: string): Promise<T> => {
    await ready;
    child.stdin.write(`${question}\n`);
    return answer();
  };
  return {
    round: () => ask('round'),
    array: (limitMs) => ask(`array ${limitMs}`),
    async result(name) {
      const path = join(folder, 'result');
      await ask(`result ${name} ${path}`);
      return readFileSync(path);
    },
    close: () => child.stdin.end(),
  };
}

/** Null: there is no `cc` here, or no sources; a fault in them throws. */
export function buildYardsticks(): Yardsticks | null {
  const native = sourceFolder();
  const version = spawnSync(COMPILER, ['--version'], { encoding: 'utf8' });
  if (native === null || version.status !== 0) return null;
  const folder = mkdtempSync(join(tmpdir(), 'bpf-patch-bench-'));
  const program = join(folder, 'yardsticks');
  const sources = readdirSync(native).filter((name) => name.endsWith('.c'));
  const built = spawnSync(COMPILER, [...FLAGS, '-o', program, ...sources], { cwd: native, encoding: 'utf8' });
  if (built.status !== 0) {
    rmSync(folder, { recursive: true });
    throw new Error(`${COMPILER} cannot build the yardsticks:\n${built.stderr}`);
  }
  return {
    compiler: version.stdout.split('\n', 1)[0],
    open: async (work, isFresh = false) => open(program, folder, work, isFresh),
    close: () => rmSync(folder, { recursive: true }),
  };
}
