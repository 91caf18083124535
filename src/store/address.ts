/** The address and what is saved: both hold the scene on the screen, and either can bring one back. */
import { EXAMPLES } from '../examples/index.ts';
import { plainOf, sceneOf as sceneOfPlain } from '../scene/fields.ts';
import type { Scene } from '../scene/scene.ts';
import { sameScene, sceneOf, stateOf } from './scene-state.ts';
import { get, set, useStore } from './store.ts';

const STORAGE_KEY = 'bpf-patch-explorer.scene';
const DELAY_MS = 400;
/** Longer addresses make browsers slow; Share says so. */
export const LINK_MAX = 32_000;

/** A longer text is not tried: to deflate it takes long, and an address has no room for it. Share makes its link when asked. */
const TEXT_MAX = 300_000;

/** The link codec is not needed for the first picture. */
const codec = () => import('../scene/codec.ts');

/** Counts openings and writings: what comes back after a newer one began is dropped. */
let generation = 0;
let lastHash = '';

const isEmpty = ({ source, recipe }: Scene): boolean => source === '' && recipe === '';

/** Opens what the address or the last visit left; false when this is a first visit. */
export async function openLast(): Promise<boolean> {
  if (location.hash.length > 1) {
    await openHash(location.hash);
    return true;
  }
  const saved = readSaved();
  if (!saved || isEmpty(saved)) return false;
  openScene(saved, []);
  return true;
}

async function openHash(hash: string): Promise<void> {
  const mine = ++generation;
  const { decodeScene } = await codec();
  const { scene, problems } = await decodeScene(hash);
  if (mine !== generation) return;
  // Never an empty page: a link of which nothing could be read shows the first example, and says why.
  openScene(isEmpty(scene) ? { ...scene, source: EXAMPLES[0].source } : scene, problems);
}

function openScene(scene: Scene, notices: readonly string[]): void {
  lastHash = location.hash;
  set({ ...stateOf(scene), playing: false, stopAt: null, notices, touched: false });
}

/** What a person changed is kept in this browser as plain fields, so that saving needs no codec and can be done on leaving. */
function readSaved(): Scene | null {
  try {
    const text = localStorage.getItem(STORAGE_KEY);
    return text === null ? null : sceneOfPlain(JSON.parse(text)).scene;
  } catch {
    return null;
  }
}

function save(): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(plainOf(sceneOf(get()))));
  } catch {
    // Storage may be full or forbidden; the address still holds the scene.
  }
}

/** The address of what is on the screen now. */
export async function linkNow(): Promise<string> {
  const { encodeScene } = await codec();
  return `${location.origin}${location.pathname}${await encodeScene(sceneOf(get()))}`;
}

/**
 * Write the scene into the address and save it a moment after the person changed it, and open what somebody else
 * writes into the address. A scene that was only opened is left alone: a damaged link stays as it came, and nobody
 * else's program takes the place of one's own.
 */
export function keepAddress(busy: (isBusy: boolean) => void): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = async (mine: number) => {
    const { encodeScene } = await codec();
    const scene = sceneOf(get());
    const hash = scene.source.length > TEXT_MAX ? null : encodeScene(scene);
    if (mine !== generation) return;
    lastHash = hash !== null && hash.length <= LINK_MAX ? hash : '';
    history.replaceState(null, '', lastHash || location.pathname + location.search);
    busy(false);
  };
  useStore.subscribe((s, old) => {
    if (
      !s.touched ||
      s.playing ||
      (sameScene(s, old) && s.playing === old.playing && s.touched === old.touched)
    )
      return;
    clearTimeout(timer);
    busy(true);
    const mine = ++generation;
    timer = setTimeout(() => {
      save();
      void write(mine);
    }, DELAY_MS);
  });
  // Nothing typed is lost, however quickly one leaves.
  window.addEventListener('pagehide', () => {
    if (get().touched) save();
  });
  window.addEventListener('hashchange', () => {
    // An address without a scene asks for nothing: what is on the screen stays.
    if (location.hash.length > 1 && location.hash !== lastHash) void openHash(location.hash);
  });
}
