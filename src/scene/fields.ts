/**
 * How each field of a Scene is read out of foreign JSON, in the order in which it is written: the source comes last,
 * so that a link that lost its end still has everything else.
 */
import { DEFAULT_SCENE, type Moment, type RacePlace, type Scene } from './scene.ts';

/** The value, or undefined where it makes no sense. */
type Reader<T> = (value: unknown) => T | undefined;

const COUNT_MAX = 0x7fffffff;
const ID_MAX = 64;

const isUint = (value: unknown, max: number): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= max;

const text: Reader<string> = (value) => (typeof value === 'string' ? value : undefined);
const id: Reader<string> = (value) =>
  typeof value === 'string' && value.length > 0 && value.length <= ID_MAX ? value : undefined;
/** A list of ids is as long as a pipeline can sensibly be. */
const ids: Reader<string> = (value) =>
  typeof value === 'string' && value.length > 0 && value.length <= 8 * ID_MAX ? value : undefined;
const count: Reader<number> = (value) => (isUint(value, COUNT_MAX) ? value : undefined);
const uint32: Reader<number> = (value) => (isUint(value, 0xffffffff) ? value : undefined);

const orNull =
  <T>(read: Reader<T>): Reader<T | null> =>
  (value) =>
    value === null ? null : read(value);

/** The first links could leave the layer to the pass, which always came to the verifier's. */
const layer: Reader<string> = (value) => (value === 'auto' ? 'verifier' : id(value));

/** Written as [op] or [op, micro]. */
const moment: Reader<Moment> = (value) => {
  if (!Array.isArray(value)) return undefined;
  const [op, micro = 0] = value as unknown[];
  return isUint(op, COUNT_MAX) && isUint(micro, COUNT_MAX) ? { op, micro } : undefined;
};

/** Written as [program, at]. */
const race: Reader<RacePlace> = (value) => {
  if (!Array.isArray(value)) return undefined;
  const [name, at = 0] = value as unknown[];
  const program = id(name);
  return program !== undefined && isUint(at, COUNT_MAX) ? { program, at } : undefined;
};

/** Lists in links are short: what is longer makes no sense. */
const LIST_MAX = 16;
const listOf =
  <T>(read: Reader<T>): Reader<readonly T[]> =>
  (value) => {
    if (!Array.isArray(value) || value.length > LIST_MAX) return undefined;
    const items = value.map(read);
    return items.includes(undefined) ? undefined : (items as T[]);
  };

export const FIELD_READERS: { readonly [K in keyof Scene]: Reader<Scene[K]> } = {
  pass: ids,
  step: orNull(count),
  algorithm: id,
  seed: uint32,
  layer,
  semantics: id,
  moment,
  from: orNull(count),
  layout: id,
  race,
  hidden: listOf(id),
  pins: listOf(orNull(uint32)),
  table: id,
  focus: orNull(uint32),
  theme: orNull(id),
  recipe: (value) => (value === '' ? '' : id(value)),
  source: text,
};

export const FIELD_NAMES = Object.keys(FIELD_READERS) as (keyof Scene)[];

/** Small records are written as lists. */
function written(value: Scene[keyof Scene]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if ('op' in value) return value.micro === 0 ? [value.op] : [value.op, value.micro];
  return 'at' in value && 'program' in value ? [value.program, value.at] : value;
}

/** The fields that differ from the default, in writing order. */
export function plainOf(scene: Scene): Record<string, unknown> {
  const plain: Record<string, unknown> = {};
  for (const name of FIELD_NAMES) {
    const value = written(scene[name]);
    const usual = written(DEFAULT_SCENE[name]);
    // A text may be long: it is not written out to be compared.
    const isUsual =
      typeof value === 'string' ? value === usual : JSON.stringify(value) === JSON.stringify(usual);
    if (!isUsual) plain[name] = value;
  }
  return plain;
}

/** Always a Scene: what is missing or makes no sense is the default, and the latter is reported by name. */
export function sceneOf(plain: Readonly<Record<string, unknown>>): { scene: Scene; bad: string[] } {
  const scene: Record<string, unknown> = { ...DEFAULT_SCENE };
  const bad: string[] = [];
  for (const name of FIELD_NAMES) {
    if (!Object.hasOwn(plain, name)) continue;
    const value = FIELD_READERS[name](plain[name]);
    if (value === undefined) bad.push(name);
    else scene[name] = value;
  }
  return { scene: scene as unknown as Scene, bad };
}
