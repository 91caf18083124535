/** Bugs that mainline Linux has or had. */
import { bugsOf61, bugsOf618 } from './bug.ts';

/** As many insns as a distance of 16 bits reaches back over. */
const FARTHEST = 32_767;

export const mainline = [
  ...bugsOf618([
    {
      id: 'linux-m1',
      label: 'M1: a blinded jump too far back',
      say: 'The jump reaches back as far as 16 bits can; blinding moves it by two insns, and in Linux 6.18 its distance wraps to +32,766. This project refuses with -ERANGE.',
      pass: 'blind',
      source: `again:\n${'r1 = r1\n'.repeat(FARTHEST)}if r1 == 5 goto again\nexit\n`,
    },
  ]),
  ...bugsOf61([
    {
      id: 'linux-m3',
      label: 'M3: a prologue that runs again',
      say: 'Up to 6.9 the jump back at insn 3 leads to what was put before its target, and runs that again at each turn; since then it skips it.',
      table: 'jumps',
      source: `  r1 = 9
again:
;@prepend r6 = 0
  r1 -= 1
  if r1 != 0 goto again
  r0 = 0
  exit
`,
    },
  ]),
  ...bugsOf618([
    {
      id: 'linux-m4',
      label: 'M4: a hole across two functions',
      say: 'The hole covers all of gone and the first insn of late; the start of late is lowered by the whole hole and stands inside main. The verifier never makes such a hole.',
      table: 'subprogs',
      source: `func main:
  r0 = 0
  exit
func gone:
;@remove 2
  exit
func late:
  r1 = 1
  r0 = 2
  exit
`,
    },
    {
      id: 'linux-m5',
      label: 'M5: a jump into a hole',
      say: 'Insn 0 leads into the middle of what is removed; its distance stays, so it skips an insn that it should reach. The verifier never makes such a jump.',
      table: 'jumps',
      source: `  if r1 == 0 goto mid
  r0 = 1
  exit
;@remove 2
  r0 = 2
mid:
  r0 = 3
  r0 = 4
  exit
`,
    },
  ]),
];
