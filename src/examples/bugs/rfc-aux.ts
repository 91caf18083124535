/** What the RFC makes of aux records. */
import { bugsOfRfc } from './bug.ts';

export const rfcAux = bugsOfRfc([
  {
    id: 'rfc-r2',
    label: 'R2: one insn for another',
    say: 'A load of 64 bits becomes one of 16; the length stays, so nobody asks again whether insn 0 defines a 32-bit value.',
    table: 'aux',
    source: `;@replace r2 = *(u16 *)(r1 +0)
  r2 = *(u64 *)(r1 +0)
  r0 = 0
  exit
`,
  },
  {
    id: 'rfc-r13',
    label: 'R13: a read behind the map',
    say: 'The jump within the patch at insn 0, taken for one of the program, leads to the end; the map from old to new has no entry for that, and the RFC reads what lies behind it.',
    layer: 'core',
    source: `; two insns: the map has entries 0 and 1
;@replace if r1 == 0 goto +1 | r2 = 7 | r0 = 0
  r0 = 0
  exit
`,
  },
  {
    id: 'rfc-r18',
    label: 'R18: whose record it is',
    say: 'The first insn of a patch gets the record of the insn replaced, not the last one; a later pass finds what it knows of the load at the wrong insn.',
    table: 'aux',
    source: `;@replace r3 = r1 | r2 = *(u32 *)(r3 +8)
  r2 = *(u32 *)(r1 +8)
  r0 = r2
  exit
`,
  },
  {
    id: 'rfc-r19',
    label: 'R19: seen where nobody was',
    say: 'The patch stands in code that is never reached; the RFC says that its new insns were seen, and dead code removal will keep them.',
    table: 'aux',
    source: `  goto out
;@prepend r1 = 1
  r0 = 1
out:
  exit
`,
  },
]);
