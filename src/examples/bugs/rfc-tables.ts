/** What the RFC makes of line info and subprograms. */
import { bugsOfRfc } from './bug.ts';

export const rfcTables = bugsOfRfc([
  {
    id: 'rfc-r3',
    label: 'R3: lines of removed insns',
    say: 'The insns of line 2 are removed, and its entry stays: two entries stand at insn 1.',
    table: 'lines',
    source: `; a.c:1:1 one
  r1 = 1
; a.c:2:1 two
;@remove 2
  r2 = 2
  r3 = 3
; a.c:3:1 three
  r0 = 0
  exit
`,
  },
  {
    id: 'rfc-r4',
    label: 'R4: a line behind the end',
    say: 'The last two insns are removed, and the entry of their line stands at insn 2 of a program that ends there.',
    table: 'lines',
    source: `; a.c:1:1 one
  r0 = 0
  exit
; a.c:2:1 two
;@remove 2
  r0 = 1
  exit
`,
  },
  {
    id: 'rfc-r5',
    label: 'R5: what a dead function leaves',
    say: 'Function gone is removed; late moves up in the table, and gets the stack depth, the line entry and the func_info of the dead one.',
    table: 'private',
    source: `func main:
; a.c:1:1 return late();
  call late
  exit
func gone:
.stack 64
; a.c:5:1 return 1;
;@remove 2
  r0 = 1
  exit
func late:
.stack 8
; a.c:9:1 return 2;
  r0 = 2
  exit
`,
  },
  {
    id: 'rfc-r6',
    label: 'R6: a callback',
    say: 'Function step is known by its address only, so the table, filled again from calls, loses it, and the reference at insn 0 is not relocated.',
    table: 'subprogs',
    source: `func main:
  r2 = &step
;@replace r6 = 0 | r3 = 0
  r3 = 0
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
  {
    id: 'rfc-r8',
    label: 'R8: a prologue and the first line',
    say: 'What is put before insn 0 pushes line entry 0 off it; a kernel refuses a table whose first entry is not at insn 0.',
    table: 'lines',
    source: `; a.c:1:1 return 0;
;@prepend r6 = r1
  r0 = 0
  exit
`,
  },
  {
    id: 'rfc-r9',
    label: 'R9: blinding after a prologue',
    say: 'Line entry 0 stands at insn 1, as R8 left it; the core layer takes insn 1 for the start of the function, and entry 1 ends up at insn 2, in the middle of a patch.',
    pass: 'blind',
    layer: 'core',
    table: 'lines',
    source: `  r6 = r1
; a.c:1:1 x = 5;
  r1 = 5
; a.c:2:1 return x;
  r0 = r1
  exit
`,
  },
  {
    id: 'rfc-r10',
    label: 'R10: a prologue of the second function',
    say: 'What is put before the first insn of late becomes the end of main: the call and the start of the subprogram go behind it.',
    table: 'subprogs',
    source: `func main:
  call late
  exit
func late:
;@prepend r6 = r1
  r0 = 1
  exit
`,
  },
]);
