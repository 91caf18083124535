/** What touches the outside: the engine's worker, the address, storage, files, the clock of playing. */
import { EXAMPLES } from '../examples/index.ts';
import { OP } from '../patch/trace.ts';
import type { RunDone, RunOutput } from '../pipeline.ts';
import { DEFAULT_SCENE, type Scene } from '../scene/scene.ts';
import { createEngine } from '../worker/client.ts';
import { open, seek } from './intents.ts';
import { lastMoment, lineCnt } from './selectors.ts';
import { get, type State, set, type TableId, type ThemeChoice, useStore } from './store.ts';

/** The link codec is not needed for the first picture. */
const codec = () => import('../scene/codec.ts');

const FILE_SIZE_MAX = 64 * 1024 * 1024;
const STORAGE_KEY = 'bpf-patch-explorer.scene';
const OP_MS = 600;
const HASH_DELAY_MS = 400;

/** Ask for motion: false when time must stand still (tests, reduced motion). */
export interface StartOptions {
  readonly autoplay: boolean;
  readonly testing: boolean;
}

export function startEffects(options: StartOptions): void {
  const idle = idleMark(options.testing);
  runOnChange(idle);
  keepAddress(idle);
  keepTheme();
  playClock();
  window.addEventListener('hashchange', () => {
    if (location.hash !== lastHash) void openHash(location.hash);
  });
  void openFirst(options);
}

/** `data-idle` on the root element says that nothing is pending, for tests. */
function idleMark(testing: boolean): (part: string, busy: boolean) => void {
  const pending = new Set<string>(['start']);
  return (part, busy) => {
    pending.delete('start');
    if (busy) pending.add(part);
    else pending.delete(part);
    if (testing) document.documentElement.dataset.idle = String(pending.size === 0);
  };
}

let autoplayTo: 'retarget' | null = null;

async function openFirst(options: StartOptions): Promise<void> {
  if (location.hash.length > 1) return openHash(location.hash);
  const saved = readSaved();
  if (saved) {
    const { scene, problems } = await (await codec()).decodeScene(saved);
    if (problems.length === 0 && scene.source !== '') return openScene(scene, []);
  }
  // A first visit: the first example, which plays once up to the distance that changes.
  const [first] = EXAMPLES;
  autoplayTo = 'retarget';
  open({ text: first.source, pass: first.pass });
  set({ playing: options.autoplay });
}

/** Once the first picture is there: play up to the first re-target, or stand there when nothing may move. */
function arriveFirst(run: RunDone): void {
  if (autoplayTo === null) return;
  autoplayTo = null;
  const at = run.trace.opKind.indexOf(OP.RETARGET);
  if (get().playing) set({ stopAt: at < 0 ? null : at + 1 });
  else seek(at + 1);
}

function readSaved(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    return null;
  }
}

function save(hash: string): void {
  try {
    localStorage.setItem(STORAGE_KEY, hash);
  } catch {
    // Storage may be full or forbidden; the address still holds the scene.
  }
}

async function openHash(hash: string): Promise<void> {
  const { scene, problems } = await (await codec()).decodeScene(hash);
  openScene(
    scene.source === '' && problems.length > 0 ? { ...scene, source: EXAMPLES[0].source } : scene,
    problems,
  );
}

function openScene(scene: Scene, notices: readonly string[]): void {
  lastHash = location.hash;
  set({
    text: scene.source,
    pass: scene.pass,
    algorithm: scene.algorithm,
    layer: scene.layer,
    seed: scene.seed,
    op: scene.moment.op,
    micro: scene.moment.micro,
    focusUid: scene.focus,
    theme: (scene.theme ?? 'system') as ThemeChoice,
    table: (scene.filters.find((f) => f.startsWith('table:'))?.slice(6) ?? 'aux') as TableId,
    playing: false,
    notices,
  });
}

export function sceneOf(s: State): Scene {
  return {
    ...DEFAULT_SCENE,
    source: s.text,
    pass: s.pass,
    algorithm: s.algorithm,
    layer: s.layer,
    seed: s.seed,
    moment: { op: s.op, micro: s.micro },
    focus: s.focusUid,
    theme: s.theme === 'system' ? null : s.theme,
    filters: s.table === 'aux' ? [] : [`table:${s.table}`],
  };
}

/** The address of what is on the screen now. */
export async function linkNow(): Promise<string> {
  const hash = await (await codec()).encodeScene(sceneOf(get()));
  return `${location.origin}${location.pathname}${hash}`;
}

let lastHash = '';

function keepAddress(idle: (part: string, busy: boolean) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  useStore.subscribe((s, old) => {
    if (SCENE_KEYS.every((key) => s[key] === old[key]) || s.playing) return;
    clearTimeout(timer);
    idle('address', true);
    timer = setTimeout(async () => {
      const hash = await (await codec()).encodeScene(sceneOf(get()));
      save(hash);
      // Very long addresses make browsers slow; Share still offers the link.
      lastHash = hash.length <= 32_000 ? hash : '';
      history.replaceState(null, '', lastHash || location.pathname + location.search);
      idle('address', false);
    }, HASH_DELAY_MS);
  });
}

const SCENE_KEYS = [
  'text',
  'pass',
  'algorithm',
  'seed',
  'op',
  'micro',
  'focusUid',
  'theme',
  'table',
  'playing',
] as const;

function keepTheme(): void {
  const show = ({ theme }: State) => {
    if (theme === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  };
  show(get());
  useStore.subscribe(show);
}

/** Run whenever what is run changes; the newest request wins. */
function runOnChange(idle: (part: string, busy: boolean) => void): void {
  const engine = createEngine({
    onCrash: ({ message }) => set({ crash: message }),
    onCatalog: (catalog) => {
      if (get().catalog.passes.length === 0) set({ catalog });
    },
    onBusy: (running) => {
      set({ running, progress: null });
      idle('run', running);
    },
  });
  cancelRun = () => engine.cancel();
  const start = () => {
    const { text, pass, algorithm, layer, seed } = get();
    set({ agreement: null });
    engine.run(
      { source: text, pass, algorithm, seed, layer: layer === 'core' ? 'core' : 'verifier' },
      {
        onProgress: (progress) => set({ progress }),
        onResult: accept,
        onAgreement: (agreement) => set({ agreement, progress: null }),
      },
    );
  };
  useStore.subscribe((s, old) => {
    if (RUN_KEYS.some((key) => s[key] !== old[key])) start();
  });
}

/** What a run depends on. */
const RUN_KEYS = ['text', 'pass', 'algorithm', 'layer', 'seed'] as const;

let cancelRun = (): void => {};
export const cancel = (): void => cancelRun();

/** Take an answer: a picture replaces the last one; a text that gives none leaves it, veiled. */
function accept(output: RunOutput): void {
  const hasPicture = output.ok;
  set({
    diagnostics: output.diagnostics,
    stale: !hasPicture,
    crash: null,
    ...(output.ok ? { good: output } : {}),
  });
  if (!output.ok) return;
  const s = get();
  if (s.op >= lastMoment(s)) set({ op: lastMoment(s), micro: 0 });
  else if (s.micro >= Math.max(1, lineCnt(s, s.op + 1))) set({ micro: 0 });
  arriveFirst(output);
}

/** One op per tick while playing. */
function playClock(): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tick = () => {
    const s = get();
    if (!s.playing) return;
    const end = s.stopAt ?? lastMoment(s);
    if (s.good && s.op >= end) return set({ playing: false, stopAt: null });
    // Above 30 ops a second several are done per frame.
    const perTick = Math.max(
      1,
      Math.round((s.speed * 1000) / OP_MS / 30),
      Math.ceil(lastMoment(s) / 3000) * (s.speed >= 16 ? 10 : 1),
    );
    if (s.good) set({ op: Math.min(end, s.op + perTick) });
    timer = setTimeout(tick, Math.max(33, OP_MS / s.speed));
  };
  useStore.subscribe((s, old) => {
    if (s.playing === old.playing) return;
    clearTimeout(timer);
    if (s.playing) timer = setTimeout(tick, s.op === 0 ? 700 : 120);
  });
}

/** Text of a file into the editor; too large a file is refused with its size and the limit. */
export async function importFile(file: File): Promise<void> {
  if (file.size > FILE_SIZE_MAX) {
    set({
      notices: [
        `${file.name} has ${file.size.toLocaleString('en')} bytes; the limit is ${FILE_SIZE_MAX.toLocaleString('en')}.`,
      ],
    });
    return;
  }
  const text = await file.text();
  if (text.includes('\0')) {
    set({
      notices: [
        `${file.name} is not text. Paste a bpftool dump or assembly; object files cannot be read yet.`,
      ],
    });
    return;
  }
  open({ text });
}
