/**
 * What is said about wrong texts: the code (which links and tests rely on), the place, and a word of the hint.
 * `«»` mark the place in the text.
 */
import { describe, expect, test } from 'vitest';
import { assemble, MAX_SLOTS, MAX_TEXT } from '../../../src/asm/assemble.ts';
import { MAX_PLACES, MAX_PLACES_TABLES } from '../../../src/asm/read-places.ts';
import { MAX_DIAGNOSTICS } from '../../../src/asm/state.ts';
import { MAX_USED_MAPS } from '../../../src/kernel/map-types.ts';

const ERRORS: readonly (readonly [code: string, marked: string, says: RegExp])[] = [
  ['unknown-insn', '«mov» r1, r2\nexit', /assignments/],
  ['unknown-insn', '«foo» bar\nexit', /no insn begins/],
  ['unknown-register', 'r1 = «r16»\nexit', /r0–r10/],
  ['unknown-register', '«w99» = 1\nexit', /r0–r10/],
  ['stray-name', 'r1 = «counts»\nexit', /`r1 = counts ll`/],
  ['imm-range', 'r1 += «5000000000»\nexit', /-2147483648\.\.4294967295/],
  ['imm-range', 'r1 = «0x1ffffffffffffffff» ll\nexit', /64 bits/],
  ['off-range', 'r1 = *(u8 *)(r2 + «70000»)\nexit', /-32768\.\.32767/],
  ['off-range', 'goto «40000»\nexit', /offset/],
  ['bad-number', 'r1 = «12ab»\nexit', /0x/],
  ['missing-sign', 'r1 = *(u8 *)(r2 «4»)\nexit', /\+ 4/],
  ['mixed-width', 'r1 += «w2»\nexit', /64-bit|one width/],
  ['mixed-width', 'w1 = «r2»\nexit', /one width/],
  ['mixed-width', 'if r1 == «w2» goto +0\nexit', /one width/],
  ['register-mismatch', 'r1 = be16 «r2»\nexit', /r1/],
  ['register-mismatch', '«r2» = atomic64_cmpxchg((u64 *)(r1 +0), r0, r3)\nexit', /r0/],
  ['incomplete-insn', '«r1 =»\nexit', /must follow/],
  ['incomplete-insn', '«if r1 == 3 goto»\nexit', /label or a distance/],
  ['unexpected-token', 'r1 = r2 «+» 3\nexit', /one operation/],
  ['unexpected-token', 'exit «now»\nexit', /one insn a line/],
  ['unexpected-token', 'r1 = *(u8 *)«5»\nexit', /expected/],
  ['undefined-label', 'goto «oot»\nout: exit', /did you mean `out`/],
  ['undefined-label', 'goto «out»\nexit', /define it/],
  ['duplicate-aux', ';@aux seen=1 «seen=0»\nexit', /as 1 and as 0/],
  ['duplicate-aux', ';@aux seen=1\nexit ;@aux «seen=0»', /as 1 and as 0/],
  ['unknown-function', 'call «bpf_map_lookup_elm»\nexit', /did you mean `bpf_map_lookup_elem`/],
  ['unknown-function', 'call «my_kfunc_of_module»\nexit', /kernel-function#/],
  ['duplicate-label', 'a: r0 = 0\n«a»: exit', /first one counts/],
  ['jump-out-of-program', '«goto +1»\nexit', /insn 2.*0\.\.1/],
  ['jump-out-of-program', '«goto -2»\nexit', /insn -1/],
  ['call-out-of-program', '«call pc+7»\nexit', /call leads/],
  ['jump-into-second-slot', '«goto +1»\nr1 = 0x5 ll\nexit', /second slot of `r1 = 0x5 ll`/],
  ['unknown-directive', '«;@replce r0 = 1»\nexit', /did you mean `;@replace`/],
  ['misplaced-directive', 'exit «;@replace r0 = 1»', /above/],
  ['misplaced-directive', '«;@| r0 = 1»\nexit', /no patch above/],
  ['empty-patch', '«;@replace»\nexit', /;@remove/],
  ['patch-without-insn', 'exit\n«;@prepend r0 = 1»', /above the insn/],
  ['undefined-label', ';@replace goto «nowhere»\nexit', /no label/],
  ['unknown-insn', ';@prepend r1 = 1 | «bad»\nexit', /no insn/],
  ['bad-directive', '«;@remove none»\nexit', /number of slots/],
  ['unknown-aux-field', '«seeen=1»', /did you mean `seen`/],
  ['bad-aux-value', '«seen=yes»', /seen=1/],
  ['bad-directive', '«.loc here»\nexit', /\.loc "file\.c" 12 3/],
  ['open-comment', 'exit\n«/*» no end', /close it/],
  ['bad-aux-value', '«ptr_type=ctxx»', /did you mean `ctx`/],
  ['bad-aux-value', '«ptr_type=»', /ptr_type=ctx/],
  ['bad-directive', '«.prog»\nexit', /\.prog tc/],
  ['unknown-prog-type', '.prog «sched_csl»\nexit', /did you mean `sched_cls`/],
  ['unknown-prog-type', '.prog «99999999999»\nexit', /linux\/bpf\.h/],
  ['duplicate-prog', '.prog tc\n«.prog xdp»\nexit', /first one counts/],
  ['bad-directive', '«.map hash»\nexit', /\.map 4 hash/],
  ['bad-directive', '«.map 5000000000 hash»\nexit', /\.map 4 hash/],
  ['unknown-map-type', '.map 4 «hahs»\nexit', /did you mean `hash`/],
  ['unknown-map-type', '.map 4 array_of_maps «inner=hahs»\nexit', /did you mean `hash`/],
  ['unknown-map-field', '.map 4 hash «kye=4»\nexit', /did you mean `key`/],
  ['bad-map-value', '.map 4 hash «key=-1»\nexit', /0 to 4294967295/],
  ['bad-map-value', '.map 4 hash «max=5000000000»\nexit', /0 to 4294967295/],
  ['bad-map-value', '.map 4 hash «key=»\nexit', /key=4/],
  ['bad-map-value', '.map 4 array «frozen=abc» value=4\nexit', /two digits/],
  ['bad-map-value', '.map 4 array value=4 «frozen=0011»\nexit', /2 bytes, the value has 4/],
  ['bad-map-value', '.map 4 array_of_maps inner=array value=4 «frozen=0011»\nexit', /2 bytes/],
  ['bad-map-field', '.map 4 hash «hash»\nexit', /expected a field/],
  ['bad-map-field', '.map 4 hash key=4 «key=5»\nexit', /twice/],
  ['bad-map-field', '.map 4 array_of_maps inner=array_of_maps «inner=hash»\nexit', /holds no maps/],
  ['duplicate-map', '.map 4 hash\n«.map 4 array»\nexit', /first one counts/],
  ['bad-directive', '«.poke»\nexit', /\.poke label/],
  ['bad-place', '.insn_array jt: «r1»\nexit', /label, the number of a slot/],
  ['bad-place', '.poke out «out»\nout: exit', /separated by/],
  ['bad-place', '.poke out«,»\nout: exit', /nothing follows/],
  ['undefined-label', '.extable «oot»\nout: exit', /did you mean `out`/],
  ['place-out-of-program', '.extable «7»\nexit', /insn 7.*0\.\.0/],
  ['place-out-of-program', '.extable «end»\nexit\nend:', /insn 1/],
  ['bad-directive', '«.stack lots»\nexit', /\.stack 64/],
  ['duplicate-stack', '.stack 64\nr0 = 0\n«.stack 8»\nexit', /twice/],
  ['stack-without-insn', 'exit\n«.stack 64»', /no insn below/],
];

const WARNINGS: readonly (readonly [code: string, marked: string, says: RegExp])[] = [
  ['missing-ll', 'r1 = «0x123456789»\nexit', /`ll`/],
  ['mixed-width', '«r1 = w2»\nexit', /w1 = w2/],
  ['falls-off-end', '«r0 = 0»', /exit/],
  ['falls-off-end', '«r0 = 0 ll»', /exit/],
  ['falls-into-function', 'call f\n«r0 = 0»\nf: exit', /next one/],
  ['internal-register', '«r11 = r1»\nexit', /r0–r10/],
  ['opcode-mismatch', '«1: (0f)» r1 = r2\nexit', /0xbf/],
  ['ambiguous-call', 'call «300»\nexit', /call pc\+300/],
  ['unresolved-symbol', 'r1 = «counts» ll\nexit', /map\[fd:3\]/],
  ['unknown-directive', '«.fnuc main»\nexit', /did you mean `.func`/],
  ['unknown-directive', '«.insn_aray jt: 0»\nexit', /did you mean `.insn_array`/],
  ['place-in-second-slot', '.poke «1»\nr1 = 5 ll\nexit', /first slot, 0/],
];

function said(marked: string): { all: ReturnType<typeof assemble>['diagnostics']; from: number; to: number } {
  const isAux = /^«\w+=/.test(marked);
  const text = isAux ? `exit ;@aux ${marked}` : marked;
  const from = text.indexOf('«');
  const to = text.indexOf('»') - 1;
  return { all: assemble(text.replace('«', '').replace('»', '')).diagnostics, from, to };
}

describe.each([
  ['error', ERRORS],
  ['warning', WARNINGS],
] as const)('%s', (severity, rows) => {
  test.each(rows)('%s: %s', (code, marked, says) => {
    const { all, from, to } = said(marked);
    const of = all.filter((one) => one.severity === severity);
    expect(of.map((one) => [one.code, one.from, one.to])).toContainEqual([code, from, to]);
    const one = of.find((diagnostic) => diagnostic.code === code);
    expect(`${one?.message} ${one?.hint ?? ''}`).toMatch(says);
  });
});

test('a wrong line leaves as many slots as it was meant to have', () => {
  const { value } = assemble('goto out\nr1 = nonsense* ll\nfoo\nout: exit');
  expect([...value.line]).toEqual([1, 2, 2, 3, 4]);
  expect(value.program.insns[0]).toBe(0x05 | (3 << 16));
});

test('more insns than a program may have are one message with both numbers', () => {
  const { value, diagnostics } = assemble('exit\n'.repeat(MAX_SLOTS + 2));
  expect(diagnostics.map(({ code }) => code)).toEqual(['too-many-insns']);
  expect(diagnostics[0].message).toMatch(/1000002.*1000000/);
  expect(value.program.insns.length / 2).toBe(MAX_SLOTS);
});

test('more maps than a program may use are a message each, and left out', () => {
  const text = Array.from({ length: MAX_USED_MAPS + 2 }, (_, ref) => `.map ${ref} array\n`).join('');
  const { value, diagnostics } = assemble(`${text}exit`);
  expect(diagnostics.map(({ code }) => code)).toEqual(['too-many-maps', 'too-many-maps']);
  expect(value.setting.maps.length).toBe(MAX_USED_MAPS);
});

test('tables of insns and their entries have limits, and exceeding one is one message', () => {
  const tables = Array.from({ length: MAX_PLACES_TABLES + 1 }, (_, k) => `.insn_array t${k}: 0\n`).join('');
  const many = assemble(`${tables}exit`);
  expect(many.diagnostics.map(({ code }) => code)).toEqual(['too-many-places']);
  expect(many.value.program.places.length).toBe(MAX_PLACES_TABLES);
  const long = assemble(`.poke 0${', 0'.repeat(MAX_PLACES + 5)}\n.poke 0\nexit`);
  expect(long.diagnostics.map(({ code }) => code)).toEqual(['too-many-places']);
  expect(long.value.program.places[0].at.length).toBe(MAX_PLACES);
});

test('a text that is too long is refused whole', () => {
  const { value, diagnostics } = assemble(' '.repeat(MAX_TEXT + 1));
  expect(diagnostics.map(({ code }) => code)).toEqual(['text-too-long']);
  expect(value.program.insns.length).toBe(0);
});

test('the list of messages ends, and says how many are missing', () => {
  const { diagnostics } = assemble('foo\n'.repeat(MAX_DIAGNOSTICS + 5));
  expect(diagnostics.length).toBe(MAX_DIAGNOSTICS + 1);
  expect(diagnostics.at(-1)?.message).toMatch(/^\d+ more/);
});
