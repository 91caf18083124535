/**
 * A Scene as the hash of a link, `#1.<payload>`: version, then JSON, deflated, in base64url. A link always opens:
 * decoding never throws, shows what it could read and says what it could not.
 */
import { strFromU8, strToU8 } from 'fflate';
import { fromBase64url, toBase64url } from './base64url.ts';
import { deflate, inflate } from './deflate.ts';
import { plainOf, sceneOf } from './fields.ts';
import { recoverObject } from './recover.ts';
import { DEFAULT_SCENE, type Scene } from './scene.ts';
import { SCENE_VERSION, upgrade } from './upgraders.ts';

/** Most bytes a link may inflate to, so that a small link cannot fill the memory. */
export const SCENE_SIZE_MAX = 2 * 1024 * 1024;

export interface Decoded {
  readonly scene: Scene;
  /** Empty when the link was read whole. */
  readonly problems: string[];
  /** What the payload inflated to, when there was something wrong with it. */
  readonly raw: string | null;
}

/** Deflate has no checksum of its own, and a changed digit in a program is easily overlooked. FNV-1a. */
function sumOf(text: string): string {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

const SUM_KEY = ',"sum":"';

function textOf(scene: Scene): string {
  const body = JSON.stringify(plainOf(scene)).slice(0, -1);
  return `${body}${SUM_KEY}${sumOf(body)}"}`;
}

/** Whether the text does not end with the sum that fits it; a change can hit the sum itself, so it must be there. */
function isAltered(text: string): boolean {
  const at = text.lastIndexOf(SUM_KEY);
  return at < 0 || text.slice(at + SUM_KEY.length, -2) !== sumOf(text.slice(0, at));
}

/** Bytes before deflating; above SCENE_SIZE_MAX the link will not open. */
export const sceneSize = (scene: Scene): number => strToU8(textOf(scene)).length;

/** The same scene gives the same link everywhere. */
export const encodeScene = (scene: Scene): string =>
  `#${SCENE_VERSION}.${toBase64url(deflate(strToU8(textOf(scene))))}`;

function refused(problem: string, raw: string | null = null): Decoded {
  return { scene: DEFAULT_SCENE, problems: [problem], raw };
}

const DAMAGED = 'The link is damaged: this is as much of it as could be read.';

const ALTERED =
  'The check sum of the link does not fit: it was altered, and this may not be what was shared.';

/** What stands in the payload, read as far as possible. */
function readPayload(
  payload: string,
  version: number,
  problems: string[],
): { plain: Record<string, unknown>; raw: string } | Decoded {
  const { bytes, sound } = fromBase64url(payload);
  const inflated = inflate(bytes, SCENE_SIZE_MAX);
  if (inflated.end === 'limit')
    return refused(
      `The link holds more than the limit of ${SCENE_SIZE_MAX.toLocaleString('en')} bytes and was not opened.`,
    );
  const raw = strFromU8(inflated.bytes);
  const { plain, isWhole } = recoverObject(raw);
  if (!plain) return refused('The link is damaged and nothing of it could be read.', raw || null);
  if (!sound || inflated.end === 'damaged' || !isWhole) problems.push(DAMAGED);
  else if (version <= SCENE_VERSION && isAltered(raw)) problems.push(ALTERED);
  return { plain, raw };
}

export function decodeScene(hash: string): Decoded {
  const text = hash.replace(/^#/, '').split('&', 1)[0].replace(/\s+/g, '');
  if (text === '') return { scene: DEFAULT_SCENE, problems: [], raw: null };
  const form = /^(\d{1,6})\.(.*)$/.exec(text);
  const version = form ? Number(form[1]) : 0;
  if (!form || version < 1) return refused('This is not a link of this tool.', text);
  const problems: string[] = [];
  if (version > SCENE_VERSION)
    problems.push(
      `The link was made by a newer version (${version}, this one reads ${SCENE_VERSION}): reload the page to get it.`,
    );
  const read = readPayload(form[2], version, problems);
  // Of a newer version nothing need be readable: that is no damage.
  if ('scene' in read) return problems.length > 0 ? { ...read, problems: problems.slice(0, 1) } : read;
  const { scene, bad } = sceneOf(upgrade(read.plain, version));
  for (const name of bad) problems.push(`The link's "${name}" makes no sense, so the default is shown.`);
  return { scene, problems, raw: problems.length > 0 ? read.raw : null };
}
