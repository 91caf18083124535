/**
 * Old links open for ever: UPGRADERS[v] turns the plain form of version v into that of version v + 1. A new version
 * is a new last line here, and the list is the history of the format.
 *
 * 1: the first form; keys as in Scene, moments as [op] or [op, micro], defaults left out.
 */
export const SCENE_VERSION = 1;

export type Upgrader = (plain: Readonly<Record<string, unknown>>) => Record<string, unknown>;

export const UPGRADERS: Readonly<Record<number, Upgrader>> = {};

/** Throws when a version has no way up, so that a forgotten upgrader cannot ship. */
export function checkUpgraders(upgraders: Readonly<Record<number, Upgrader>>, version: number): void {
  for (let v = 1; v < version; v++)
    if (!upgraders[v]) throw new Error(`bug: no upgrader for scenes of version ${v}`);
}
checkUpgraders(UPGRADERS, SCENE_VERSION);

/** Newer versions pass through as they are: the caller says so. */
export function upgrade(
  plain: Readonly<Record<string, unknown>>,
  from: number,
  upgraders = UPGRADERS,
  to = SCENE_VERSION,
): Readonly<Record<string, unknown>> {
  let now = plain;
  for (let v = from; v < to; v++) now = upgraders[v](now);
  return now;
}
