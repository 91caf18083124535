/** What the RFC makes of insns: lengths, jumps and calls. The numbers are those of docs/SEMANTICS.md. */
import { bugsOfRfc } from './bug.ts';

export const rfcInsns = bugsOfRfc([
  {
    id: 'rfc-r1',
    label: 'R1: one in, one out',
    say: 'One insn is put in and one removed, so the length stays, and the RFC returns early: the jump is not relocated, the removed insn 3 is still there, and exit is lost.',
    source: `; a buffer of five insns, before and after
  if r1 == 0 goto out
;@replace r2 = 1 | r0 = 1
  r0 = 1
  r0 = 2
;@remove
  r0 = 3
out:
  exit
`,
  },
  {
    id: 'rfc-r20',
    label: 'R20: written behind the buffer',
    say: 'The length stays once more; the two removed insns are copied too, and the last two insns are written behind the end of the buffer.',
    source: `  r0 = 0
;@remove 2
  r2 = 2
  r3 = 3
;@replace r5 = 4 | r5 += 1 | r4 = r5
  r4 = 4
  r0 += r4
  exit
`,
  },
  {
    id: 'rfc-r7',
    label: 'R7: a call in a patch',
    say: 'The call that the patch puts at insn 0 keeps the distance it was written with, and the function it leads to leaves the table of subprograms.',
    table: 'subprogs',
    source: `func main:
;@replace call twice | r1 = 7
  r1 = 7
;@replace r3 = 1 | r2 = 1
  r2 = 1
  r0 = 0
  exit
func twice:
  r0 = r1
  r0 += r1
  exit
`,
  },
  {
    id: 'rfc-r11',
    label: 'R11: a jump out of a patch',
    say: 'The jump that the patch puts at insn 0 is written before insn 1 grows and is never looked at again, so it ends one insn too early.',
    table: 'jumps',
    source: `;@replace if r1 > 8 goto out | r1 = 1
  r1 = 1
;@replace r3 = 1 | r2 = 2
  r2 = 2
out:
  r0 = 0
  exit
`,
  },
  {
    id: 'rfc-r12',
    label: 'R12: a jump within a patch',
    say: 'In the core layer any jump of a patch is taken for the jump it replaces: insn 0 skips one insn as written, and the RFC counts that distance in the old program.',
    layer: 'core',
    source: `;@replace if r1 == 0 goto +1 | r1 += 1 | r1 += 2
  r1 += 3
  r0 = 0
  exit
`,
  },
  {
    id: 'rfc-r14',
    label: 'R14: a goto over dead code',
    say: 'Insns 1 and 2 are never reached and go, and then the goto over them does nothing; the RFC looks for nops on the old distances in the same walk and keeps it.',
    pass: 'pipeline',
    source: `  goto out
  r0 = 1
  r0 = 2
out:
  exit
`,
  },
  {
    id: 'rfc-r16',
    label: 'R16: a long jump',
    say: 'The distance of a gotol stands in imm, which the RFC does not know: it leaves it, and insn 0 ends one insn too early.',
    table: 'jumps',
    source: `  gotol out
;@replace r2 = 1 | r1 = 1
  r1 = 1
out:
  r0 = 0
  exit
`,
  },
  {
    id: 'rfc-r17',
    label: 'R17: the address of a callback, blinded',
    say: 'The RFC takes the address of a function at insn 0 for a constant and hides it behind random numbers, so nothing can be linked there any more.',
    pass: 'blind',
    layer: 'core',
    source: `func main:
  r2 = &step
  r1 = 4
  r4 = 0
  call bpf_loop
  r0 = 0
  exit
func step:
  r0 = 0
  exit
`,
  },
]);
