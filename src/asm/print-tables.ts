/** What stands in a text beside the insns: the setting in front of them, tables of places behind them. */
import { MAP_TYPES } from '../kernel/map-types.ts';
import { PROG_TYPES } from '../kernel/prog-types.ts';
import { DELETED, type Program } from '../program/program.ts';
import type { MapInfo, Setting } from '../program/setting.ts';
import { labelAt, type Names } from './names.ts';
import { DELETED_WORD } from './read-places.ts';
import { bytesText, nameText } from './token-text.ts';

/** `.prog` and `.map`; nothing is said about what is not known. */
export function settingLines({ progType, attach, unprivileged, maps }: Setting): string[] {
  const lines = maps.map((map) => `.map ${map.ref} ${mapText(map)}`);
  const words = [PROG_TYPES[progType] ?? `${progType}`];
  if (attach !== undefined) words.push(JSON.stringify(attach));
  if (unprivileged) words.push('unprivileged');
  if (progType > 0 || words.length > 1) lines.unshift(`.prog ${words.join(' ')}`);
  return lines;
}

function mapText(map: MapInfo): string {
  const parts = [MAP_TYPES[map.type] ?? `${map.type}`];
  if (map.keySize > 0) parts.push(`key=${map.keySize}`);
  if (map.valueSize > 0) parts.push(`value=${map.valueSize}`);
  if (map.maxEntries > 0) parts.push(`max=${map.maxEntries}`);
  if (map.flags > 0) parts.push(`flags=0x${map.flags.toString(16)}`);
  if (map.name !== '') parts.push(`name=${nameText(map.name)}`);
  if (map.frozen !== null && map.frozen.length > 0) parts.push(`frozen=${bytesText(map.frozen)}`);
  if (map.inner !== null) parts.push(`inner=${mapText(map.inner)}`);
  return parts.join(' ');
}

/** Entries a line: a table of thousands is not one line of a text. */
const ENTRIES_A_LINE = 8;

/** A table without entries is said only if it has a name. */
export function placesLines({ places, strings }: Program, names: Names): string[] {
  const lines: string[] = [];
  for (const { kind, name, at } of places) {
    const known = strings[name];
    const head = known === undefined ? `.${kind}` : `.${kind} ${nameText(known)}:`;
    if (at.length === 0 && known !== undefined) lines.push(head);
    for (let k = 0; k < at.length; k += ENTRIES_A_LINE)
      lines.push(
        `${head} ${Array.from(at.subarray(k, k + ENTRIES_A_LINE), (slot) => placeText(slot, names)).join(', ')}`,
      );
  }
  return lines;
}

function placeText(slot: number, names: Names): string {
  if (slot === DELETED) return DELETED_WORD;
  const label = labelAt(names, slot);
  return label === undefined || label === DELETED_WORD ? `${slot}` : label;
}
