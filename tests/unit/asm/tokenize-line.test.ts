/** Would catch an editor that colours a name as a number or loses its place in a line. */
import { expect, test } from 'vitest';
import { tokenizeLine } from '../../../src/asm/tokenize-line.ts';

test.each([
  [
    'r1 = *(u32 *)(r2 +8)',
    'register:r1 punct:= punct:* punct:( opcode:u32 punct:* punct:) punct:( register:r2 punct:+ number:8 punct:)',
  ],
  ['  12: (bf) r1 = w2 ; note', 'comment:12: (bf) register:r1 punct:= register:w2 comment:; note'],
  ['out: goto out', 'label:out punct:: opcode:goto label:out'],
  ['func main:', 'label:func func:main punct::'],
  ['call bpf_loop#181', 'opcode:call func:bpf_loop punct:# number:181'],
  ['call kernel-function#7', 'opcode:call func:kernel punct:- opcode:function punct:# number:7'],
  ['if w1 s>= 0x5 goto -1', 'opcode:if register:w1 punct:s>= number:0x5 opcode:goto punct:- number:1'],
  ['r1 = 5 ll # five', 'register:r1 punct:= number:5 opcode:ll comment:# five'],
  ['.loc "a b.c" 1 2', 'directive:.loc string:"a b.c" number:1 number:2'],
  [
    '.insn 0xff, r1, r2, 0, 1',
    'directive:.insn number:0xff punct:, register:r1 punct:, register:r2 punct:, number:0 punct:, number:1',
  ],
  ['.map 4 hash key=4 ; m', 'directive:.map number:4 opcode:hash opcode:key punct:= number:4 comment:; m'],
  ['.insn_array jt: out, 3', 'directive:.insn_array label:jt punct:: label:out punct:, number:3'],
  [';@aux seen=1', 'directive:;@aux seen=1'],
  [';@replace r1 = 1 | exit', 'directive:;@replace register:r1 punct:= number:1 punct:| opcode:exit'],
  ['; a.c:1:2 text', 'comment:; a.c:1:2 text'],
  ['', ''],
])('%s', (line, want) => {
  expect(
    tokenizeLine(line)
      .map(({ from, to, kind }) => `${kind}:${line.slice(from, to)}`)
      .join(' '),
  ).toBe(want);
});
