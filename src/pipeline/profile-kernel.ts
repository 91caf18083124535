/**
 * Which build's structs, functions and map layouts the passes of a profile write. Rules know versions, a kernel is one
 * build: only of 6.18.44 is there one here, and where a profile is older, it stands in and says so by its name.
 */
import { type Kernel, LINUX_6_18_X86_64 } from '../kernel/kernel.ts';
import type { Profile } from '../patch/profiles.ts';

/** Our own rules follow this version of Linux, too. */
const VERSION = 618;

const versionText = (linux: number): string => `${Math.floor(linux / 100)}.${linux % 100}`;

export function kernelOf({ rules: { linux } }: Pick<Profile, 'rules'>): Kernel {
  const known = LINUX_6_18_X86_64;
  return linux === VERSION ? known : { ...known, name: `${known.name}, in place of ${versionText(linux)}` };
}
