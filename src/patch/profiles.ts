/**
 * Whose rules count. `engine` is what this project computes and what every algorithm agrees on (docs/SEMANTICS.md);
 * the others are what a kernel or the RFC really did, bugs included, for show and for comparison. Their edits are
 * carried out by one faithful algorithm each, and where a pass differs between them it asks `rules`.
 */
import type { Faithful } from './faithful/faithful.ts';
import { mainline61, mainline618 } from './faithful/mainline.ts';
import { rfc } from './faithful/rfc.ts';
import { ENGINE_RULES, type PassRules } from './rules.ts';

export interface Profile {
  readonly id: string;
  readonly label: string;
  /** One sentence: whose behaviour, and what is different about it; and another one, where layouts are not its own. */
  readonly why: string;
  readonly rules: PassRules;
  /** The algorithm that behaves so; null: any of ALGORITHMS. */
  readonly algorithm: Faithful | null;
}

/** Said of profiles without a kernel of their own (pipeline/profile-kernel.ts). */
const STAND_IN = 'Structs, functions and map layouts are those of Linux 6.18.44, which stand in for its own.';

/** The kernel that this project follows. */
export const LINUX_6_18 = {
  id: 'linux-6.18',
  label: 'Linux 6.18',
  why: 'What Linux 6.18 does: a blinded backward jump that grows too long wraps and leads elsewhere, and blinding one of several functions moves the line entries of the others.',
  rules: { ...ENGINE_RULES, rangeErrno: -12, nopsTakeMayGoto: true },
  algorithm: mainline618,
} as const satisfies Profile;

const RULES_6_1: PassRules = {
  ...ENGINE_RULES,
  ...{ rangeErrno: -12, blindDropsOff: true, linux: 601 },
};

/** The first is what is computed with unless somebody asks for another. */
export const PROFILES: readonly Profile[] = [
  {
    id: 'engine',
    label: 'This project',
    why: 'What a patch should do: every algorithm agrees on it, and a distance that does not fit is refused before anything is written.',
    rules: ENGINE_RULES,
    algorithm: null,
  },
  LINUX_6_18,
  {
    id: 'linux-6.1',
    label: 'Linux 6.1',
    why: `What Linux 6.1 does: as 6.18, and a jump to the insn behind a prologue runs the prologue again. ${STAND_IN}`,
    rules: RULES_6_1,
    algorithm: mainline61,
  },
  {
    id: 'rfc-2019',
    label: 'RFC 2019',
    why: `What the list patcher proposed in July 2019 does: one walk instead of one an edit, and some twenty bugs that kept it out of Linux or were never found. ${STAND_IN}`,
    rules: {
      ...RULES_6_1,
      ...{ blindMarksZext: false, blindSparesFuncs: false, rangeErrno: -34 },
      ...{ deadAndNopsAtOnce: true, linux: 502 },
    },
    algorithm: rfc,
  },
];

export const profileById = (id: string): Profile | undefined => PROFILES.find((one) => one.id === id);
