/** `.prog` and `.map`: what the program is loaded with. Facts about maps come as `key=value`, in any order. */
import { MAP_TYPES, MAX_USED_MAPS, mapTypeNumber } from '../kernel/map-types.ts';
import { attachOfWord, progTypeNumber, progTypeWords } from '../kernel/prog-types.ts';
import type { MapInfo } from '../program/setting.ts';
import { reportError, type State } from './state.ts';
import { nearest } from './suggest.ts';
import { bytesOf, readString, tokenText } from './token-text.ts';
import { isWord, TOKEN } from './tokens.ts';

const U32_MAX = 0xffffffff;
const I32_MIN = -0x80000000;
const MAP_HINT = 'write `.map 4 hash key=4 value=8 max=16`';

type MapDraft = { -readonly [K in keyof MapInfo]: MapInfo[K] };

/** Fields that are a number, and what they are of MapInfo. */
const NUMBERS = { key: 'keySize', value: 'valueSize', max: 'maxEntries', flags: 'flags' } as const;
const FIELDS = [...Object.keys(NUMBERS), 'name', 'frozen', 'inner'];
const isNumberField = (name: string): name is keyof typeof NUMBERS => Object.hasOwn(NUMBERS, name);

/** A number from 0 to 4294967295; -1: it is none. */
function u32Of(text: string): number {
  const value = /^(\d{1,10}|0x[\da-f]{1,8})$/i.test(text) ? Number(text) : -1;
  return value <= U32_MAX ? value : -1;
}

const didYouMean = (word: string, known: Iterable<string>, otherwise: string): string => {
  const near = nearest(word, known);
  return near === undefined ? otherwise : `did you mean \`${near}\`?`;
};

const UNPRIVILEGED = 'unprivileged';

/** `.prog tc`, `.prog struct_ops "Qdisc_ops.reset"`, `.prog socket unprivileged` */
export function readProg(state: State, from: number, to: number): void {
  const { lexer, setting } = state;
  const word = tokenText(lexer, 1);
  const hasAttach = lexer.cnt > 2 && lexer.kind[2] === TOKEN.STRING;
  const last = hasAttach ? 3 : 2;
  const isUnprivileged = lexer.cnt === last + 1 && tokenText(lexer, last) === UNPRIVILEGED;
  if ((lexer.cnt !== last && !isUnprivileged) || !(isWord(lexer.kind[1]) || lexer.kind[1] === TOKEN.NUM)) {
    const hint = 'write `.prog tc`, or `.prog tracing "fexit"` with what it attaches to';
    reportError(state, 'bad-directive', from, to, '`.prog` takes one type of programs', hint);
    return;
  }
  if (setting.progType >= 0) {
    reportError(
      state,
      'duplicate-prog',
      from,
      to,
      'the type of the program is given twice',
      'the first one counts',
    );
    return;
  }
  setting.unprivileged = isUnprivileged;
  setting.attach = hasAttach ? readString(lexer, 2) : attachOfWord(word);
  setting.progType = Math.max(0, lexer.kind[1] === TOKEN.NUM ? u32Of(word) : progTypeNumber(word));
  if (setting.progType > 0 || word === 'unspec' || Number(word) === 0) return;
  const hint = didYouMean(
    word,
    progTypeWords(),
    'types are those of linux/bpf.h in lower case, as in `.prog sched_cls`',
  );
  reportError(
    state,
    'unknown-prog-type',
    lexer.from[1],
    lexer.to[1],
    `there is no type of programs \`${word}\``,
    hint,
  );
}

/** `.map 4 hash key=4 value=8 max=16 flags=0x80 name=counts frozen=00112233 inner=hash key=…` */
export function readMap(state: State, from: number, to: number): void {
  const { lexer, setting } = state;
  const { kind, cnt } = lexer;
  const minus = kind[1] === TOKEN.MINUS;
  const at = minus ? 2 : 1;
  const ref = minus ? -lexer.value[at] : lexer.value[at];
  if (cnt <= at + 1 || kind[at] !== TOKEN.NUM || ref < I32_MIN || ref > U32_MAX) {
    reportError(state, 'bad-directive', from, to, '`.map` takes the number of a map and its type', MAP_HINT);
    return;
  }
  const type = tokenText(lexer, at + 1);
  const map = emptyMap(ref | 0, typeOf(state, type, lexer.from[at + 1], lexer.to[at + 1]));
  readFields(state, map, at + 2);
  if (setting.maps.some((other) => other.ref === map.ref)) {
    const hint = 'the first one counts; insns tell maps by their number';
    reportError(state, 'duplicate-map', from, to, `map ${map.ref} is described twice`, hint);
  } else if (setting.maps.length < MAX_USED_MAPS) setting.maps.push(map);
  else {
    const hint = 'leave out the maps that no insn names';
    reportError(state, 'too-many-maps', from, to, `a program uses at most ${MAX_USED_MAPS} maps`, hint);
  }
}

const emptyMap = (ref: number, type: number): MapDraft => ({
  ...{ ref, type, name: '', keySize: 0, valueSize: 0 },
  ...{ maxEntries: 0, flags: 0, frozen: null, inner: null },
});

function typeOf(state: State, word: string, from: number, to: number): number {
  const type = /^\d/.test(word) ? u32Of(word) : mapTypeNumber(word);
  if (type < 0) {
    const hint = didYouMean(word, MAP_TYPES, 'types are those of linux/bpf.h in lower case, as in `hash`');
    reportError(state, 'unknown-map-type', from, to, `there is no type of maps \`${word}\``, hint);
  }
  return Math.max(0, type);
}

/** A map while its fields are read. */
interface Reading {
  readonly map: MapDraft;
  readonly seen: Set<string>;
  /** Range of `frozen=`, which is looked at when all fields are known. */
  frozenFrom: number;
  frozenTo: number;
}

const reading = (map: MapDraft): Reading => ({ map, seen: new Set(), frozenFrom: 0, frozenTo: 0 });

/** Reads fields from token `at` on; those behind `inner=` are of the map inside. */
function readFields(state: State, outer: MapDraft, at: number): void {
  const { lexer } = state;
  const { kind, from, to, cnt } = lexer;
  let one = reading(outer);
  for (let i = at; i < cnt; ) {
    const name = tokenText(lexer, i);
    if (!isWord(kind[i]) || kind[i + 1] !== TOKEN.ASSIGN) {
      const found = `expected a field of the map, found \`${name.slice(0, 40)}\``;
      reportError(state, 'bad-map-field', from[i], to[i], found, MAP_HINT);
      break;
    }
    const first = i + 2;
    i = first;
    // A value ends where a blank does: numbers and names may be several tokens, as in 00ff.
    while (i < cnt && (i === first || from[i] === to[i - 1])) i++;
    const start = from[first - 2];
    const end = to[Math.max(first, i) - 1];
    const odd = oddField(one, name, outer);
    if (odd) reportError(state, odd.code, start, end, odd.message, odd.hint);
    else if (name === 'inner') {
      checkFrozen(state, one);
      const type = state.text.slice(from[first], end);
      one = reading(emptyMap(0, typeOf(state, type, start, end)));
      outer.inner = one.map;
    } else {
      one.seen.add(name);
      if (name === 'frozen') [one.frozenFrom, one.frozenTo] = [start, end];
      setField(state, one.map, name, first, i);
    }
  }
  checkFrozen(state, one);
}

/** What is wrong with a field of this name, whatever its value. */
function oddField(
  { map, seen }: Reading,
  name: string,
  outer: MapDraft,
): { code: string; message: string; hint: string } | null {
  if (!FIELDS.includes(name)) {
    const hint = didYouMean(name, FIELDS, `fields are ${FIELDS.join(', ')}`);
    return { code: 'unknown-map-field', message: `unknown field \`${name}\``, hint };
  }
  const isDeep = name === 'inner' && map !== outer;
  if (!isDeep && !seen.has(name)) return null;
  const message = isDeep ? 'a map inside holds no maps' : `\`${name}\` is given twice`;
  return { code: 'bad-map-field', message, hint: 'leave one of them out' };
}

/** `name=` with the tokens [first, end). */
function setField(state: State, map: MapDraft, name: string, first: number, end: number): void {
  const { lexer, text } = state;
  const { kind, from, to } = lexer;
  const value = end > first ? text.slice(from[first], to[end - 1]) : '';
  if (isNumberField(name)) {
    const number = u32Of(value);
    if (number >= 0) map[NUMBERS[name]] = number;
    else badValue(state, name, first, end, 'a number from 0 to 4294967295', `${name}=4`);
  } else if (name === 'name') {
    if (value !== '' && kind[first] !== TOKEN.BAD)
      map.name = kind[first] === TOKEN.STRING && end === first + 1 ? readString(lexer, first) : value;
    else badValue(state, name, first, end, 'a name', 'name=counts');
  } else {
    const bytes = bytesOf(value);
    if (bytes !== null && bytes.length > 0) map.frozen = bytes;
    else badValue(state, name, first, end, 'bytes in hexadecimal, two digits each', 'frozen=2a000000');
  }
}

function badValue(
  state: State,
  name: string,
  first: number,
  end: number,
  wants: string,
  example: string,
): void {
  const { from, to } = state.lexer;
  const last = Math.max(first, end) - 1;
  reportError(
    state,
    'bad-map-value',
    from[first - 2],
    to[last],
    `\`${name}\` needs ${wants}`,
    `write \`${example}\``,
  );
}

/** Frozen values are all of the only value; where the size is not given, they give it. */
function checkFrozen(state: State, { map, frozenFrom, frozenTo }: Reading): void {
  if (map.frozen === null) return;
  if (map.valueSize === 0) map.valueSize = map.frozen.length;
  if (map.valueSize === map.frozen.length) return;
  const message = `\`frozen\` has ${map.frozen.length} bytes, the value has ${map.valueSize}`;
  reportError(state, 'bad-map-value', frozenFrom, frozenTo, message, 'give every byte of the value');
}
