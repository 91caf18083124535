/**
 * Building edits. Passes call the builder in the order of their walk; it grows typed arrays, so a million edits cost no
 * million objects. Given the words of the program it lays the edits out while they come:
 *
 *     program      [ a ][ b ][ c ][ d ]
 *     replace b    [ a ][ x ][ y ]              a is kept, x and y are put
 *     remove c     [ a ][ x ][ y ]
 *     finish       [ a ][ x ][ y ][ d ]         the arena is the result, and the edits point into it
 *
 * An edit that is out of order, or that cannot stand, ends that, and `resolve` looks at the list from the beginning.
 */
import { assert } from '../base/assert.ts';
import { give, takeI32, takeU8 } from '../base/buffers.ts';
import { growI32, pushI32, viewI32 } from '../base/grow.ts';
import { keepShape } from '../base/keep-shape.ts';
import { mayHaveDistance } from '../isa/flow.ts';
import { SLOT_WORDS } from '../isa/insn.ts';
import type { Program } from '../program/program.ts';
import { sayLayout } from './layout.ts';
import { EDIT, type EditList } from './ops.ts';

type Column = Int32Array<ArrayBuffer>;

/** From so many kept slots on the words are copied in bulk. */
const BULK_CNT = 24;
/** No room: the next `put` takes the slow way and looks why. */
const CLOSED = -1;
/** Nothing was put before the slot at hand. */
const NOT_LED = -1;
/**
 * Room at first, for a slot of the program: slots of the result, and edits. What is not written takes no memory, because it is
 * handed out by the page; and where nothing ever grew, compiled code need not look at its columns again behind
 * each `put`.
 */
const ROOM = { slots: 4, edits: 1 };
const NO_KINDS = new Uint8Array(0);
const NO_WORDS: Column = new Int32Array(0);

function widened(old: Column, cnt: number, size: number): Column {
  const wider = takeI32(size);
  wider.set(old.subarray(0, cnt));
  give(old);
  return wider;
}

/**
 * Every insn of a program may come through here, so numbers stand in fields of their own: sizes of typed arrays are dear to
 * ask for, and shifts are cheaper than divisions. For the same reason `replace`, `prepend` and `remove` each begin their edit
 * themselves: with a method in common a million replaces by three insns took 1.4 times as long, in turns in one run.
 */
export class EditBuilder {
  private kind = NO_KINDS;
  private at = NO_WORDS;
  /** Of edit k at k + 1: it is known when the next one begins. */
  private len = NO_WORDS;
  private first = NO_WORDS;
  private cnt = 0;
  private editMax = 0;
  /** Slot of the arena where the insns of the edit begun last begin; of a remove, so far back as it is long; -1: none was. */
  private from = -1;
  private words = NO_WORDS;
  /** Words used, up to where there is room, and up to where the edit begun last may put. */
  private word = 0;
  private wordCap = 0;
  private wordMax = CLOSED;
  private readonly exits = growI32();

  /** False: no program was given, or the edits can no longer be laid out. */
  private isLaid = false;
  private source: Int32Array = NO_WORDS;
  private slotCnt = 0;
  /** Slots of the program before this one are laid out, and where the first insn put before it stands. */
  private t = 0;
  private led = NOT_LED;
  private outer = NO_WORDS;
  /** The same column until something is put before an insn. */
  private inner = NO_WORDS;
  private leadCnt = 0;
  private keptJumps = NO_WORDS;
  private keptJumpCnt = 0;
  /** Room for one in each slot of the arena. */
  private putJumps = NO_WORDS;
  private putJumpCnt = 0;
  private removeCnt = 0;
  private removedCnt = 0;

  constructor(source: Int32Array | null) {
    if (source !== null) {
      this.isLaid = true;
      this.source = source;
      this.slotCnt = source.length / SLOT_WORDS;
      this.outer = takeI32(this.slotCnt + 1);
      this.inner = this.outer;
      this.keptJumps = takeI32(this.slotCnt);
    }
    this.editMax = 64 + this.slotCnt * ROOM.edits;
    this.kind = takeU8(this.editMax);
    this.at = takeI32(this.editMax);
    this.len = takeI32(this.editMax + 1);
    this.first = takeI32(this.editMax);
    this.wordCap = 128 + this.slotCnt * ROOM.slots * SLOT_WORDS;
    this.words = takeI32(this.wordCap);
    this.putJumps = takeI32(this.wordCap / SLOT_WORDS);
  }

  /** Begin a replace; the `put`s that follow are its insns. */
  replace(at: number): void {
    const k = this.cnt;
    if (k === this.editMax) this.growEdits();
    const len = (this.word >> 1) - this.from;
    this.len[k] = len;
    if (len <= 0) this.isLaid = false;
    if (at !== this.t || at >= this.slotCnt) this.reach(at);
    const pos = this.word >> 1;
    this.kind[k] = EDIT.REPLACE;
    this.at[k] = at;
    this.first[k] = pos;
    this.cnt = k + 1;
    this.wordMax = this.wordCap - SLOT_WORDS;
    this.from = pos;
    if (!this.isLaid) return;
    const { led } = this;
    this.outer[at] = led < 0 ? pos : led;
    this.inner[at] = pos;
    this.led = NOT_LED;
    this.t = at + 1;
  }

  /** Begin a prepend; the `put`s that follow are its insns. */
  prepend(at: number): void {
    const k = this.cnt;
    if (k === this.editMax) this.growEdits();
    const len = (this.word >> 1) - this.from;
    this.len[k] = len;
    if (len <= 0) this.isLaid = false;
    if (at !== this.t || at >= this.slotCnt) this.reach(at);
    const pos = this.word >> 1;
    this.kind[k] = EDIT.PREPEND;
    this.at[k] = at;
    this.first[k] = pos;
    this.cnt = k + 1;
    this.wordMax = this.wordCap - SLOT_WORDS;
    this.from = pos;
    if (this.led >= 0) this.isLaid = false;
    if (this.leadCnt++ === 0) this.partWays();
    this.led = pos;
  }

  remove(at: number, cnt: number): void {
    const k = this.cnt;
    if (k === this.editMax) this.growEdits();
    this.close();
    if (at !== this.t || at >= this.slotCnt) this.reach(at);
    const pos = this.word >> 1;
    this.kind[k] = EDIT.REMOVE;
    this.at[k] = at;
    this.first[k] = pos;
    this.cnt = k + 1;
    this.wordMax = CLOSED;
    this.from = pos - cnt;
    if (cnt <= 0 || at + cnt > this.slotCnt || this.led >= 0) this.isLaid = false;
    if (!this.isLaid) return;
    const stop = at + cnt;
    for (let t = at; t < stop; t++) {
      this.outer[t] = pos;
      this.inner[t] = pos;
    }
    this.t = stop;
    this.removeCnt++;
    this.removedCnt += cnt;
  }

  put(w0: number, imm: number): void {
    const { word } = this;
    if (word > this.wordMax) this.makeRoom(word + SLOT_WORDS);
    const { words } = this;
    words[word] = w0;
    words[word + 1] = imm;
    this.word = word + SLOT_WORDS;
    if (!mayHaveDistance(w0)) return;
    this.putJumps[this.putJumpCnt++] = word >> 1;
  }

  /** The jump in `slot` of the edit begun last goes to slot `to` of the program. Slots in ascending order. */
  exit(slot: number, to: number): void {
    assert(this.cnt > 0, 'an exit belongs to an edit');
    pushI32(this.exits, this.cnt - 1);
    pushI32(this.exits, slot);
    pushI32(this.exits, to);
  }

  finish(): EditList {
    this.close();
    if (this.isLaid) this.keep(this.slotCnt);
    const { cnt, kind, at, len, first, words, word } = this;
    const edits: EditList = {
      cnt,
      kind: kind.subarray(0, cnt),
      at: at.subarray(0, cnt),
      len: len.subarray(1, cnt + 1),
      first: first.subarray(0, cnt),
      insns: words.subarray(0, word),
      exits: viewI32(this.exits),
    };
    if (this.isLaid) this.sayLayout(edits);
    this.wordMax = CLOSED;
    return edits;
  }

  private sayLayout(edits: EditList): void {
    const { slotCnt, source, outer, inner, leadCnt, removeCnt, removedCnt } = this;
    const { keptJumps, keptJumpCnt, putJumps, putJumpCnt } = this;
    const newSlotCnt = this.word >> 1;
    outer[slotCnt] = newSlotCnt;
    inner[slotCnt] = newSlotCnt;
    sayLayout(edits, {
      ...{ source, words: edits.insns, newSlotCnt, outer, inner, leadCnt, removeCnt, removedCnt },
      ...{ keptJumps, keptJumpCnt, putJumps: putJumps.subarray(0, putJumpCnt) },
    });
  }

  /** How long the edit begun last is; one of no slots does nothing, and cannot stand. */
  private close(): void {
    const len = (this.word >> 1) - this.from;
    this.len[this.cnt] = len;
    if (len <= 0) this.isLaid = false;
  }

  /** Lay out what is kept before the edit at `at`, if it may follow the one before. */
  private reach(at: number): void {
    if (at < this.t || at >= this.slotCnt) this.isLaid = false;
    if (this.isLaid) this.keep(at);
  }

  /** From here on jumps and calls may lead to different places. */
  private partWays(): void {
    if (!this.isLaid) return;
    this.inner = takeI32(this.slotCnt + 1);
    this.inner.set(this.outer.subarray(0, this.t));
  }

  /** The slots up to `stop` stay: their words into the arena, and where they came to stand. */
  private keep(stop: number): void {
    const { source } = this;
    let { t, word } = this;
    const wordStop = word + (stop - t) * SLOT_WORDS;
    if (wordStop > this.wordCap) this.growWords(wordStop);
    const { words, outer, inner, keptJumps } = this;
    if (this.led >= 0 && t < stop) {
      const w0 = source[t * SLOT_WORDS];
      words[word] = w0;
      words[word + 1] = source[t * SLOT_WORDS + 1];
      outer[t] = this.led;
      inner[t] = word >> 1;
      this.led = NOT_LED;
      if (mayHaveDistance(w0)) keptJumps[this.keptJumpCnt++] = t;
      t++;
      word += SLOT_WORDS;
    }
    let { keptJumpCnt } = this;
    const isBulk = stop - t >= BULK_CNT;
    if (isBulk) words.set(source.subarray(t * SLOT_WORDS, stop * SLOT_WORDS), word);
    for (; t < stop; t++, word += SLOT_WORDS) {
      const w0 = source[t * SLOT_WORDS];
      if (!isBulk) {
        words[word] = w0;
        words[word + 1] = source[t * SLOT_WORDS + 1];
      }
      outer[t] = word >> 1;
      inner[t] = word >> 1;
      if (mayHaveDistance(w0)) keptJumps[keptJumpCnt++] = t;
    }
    this.keptJumpCnt = keptJumpCnt;
    this.word = word;
    this.t = stop;
  }

  /** An insn more than there is room for, or one that belongs to no edit. */
  private makeRoom(wordStop: number): void {
    const last = this.cnt - 1;
    assert(last >= 0 && this.kind[last] !== EDIT.REMOVE, 'an insn is put into a replace or a prepend');
    if (wordStop > this.wordCap) this.growWords(wordStop);
    this.wordMax = this.wordCap - SLOT_WORDS;
  }

  private growWords(wordStop: number): void {
    this.wordCap = Math.max(wordStop, this.wordCap * 2);
    this.words = widened(this.words, this.word, this.wordCap);
    this.putJumps = widened(this.putJumps, this.putJumpCnt, Math.ceil(this.wordCap / SLOT_WORDS));
  }

  private growEdits(): void {
    const { cnt, kind } = this;
    const size = 2 * this.editMax;
    this.kind = takeU8(size);
    this.kind.set(kind);
    give(kind);
    this.at = widened(this.at, cnt, size);
    this.len = widened(this.len, cnt + 1, size + 1);
    this.first = widened(this.first, cnt, size);
    this.editMax = size;
  }
}

keepShape(new EditBuilder(null));

/** With the program that the edits are for, they are laid out while they come. */
export const editBuilder = (program?: Pick<Program, 'insns'>): EditBuilder =>
  new EditBuilder(program?.insns ?? null);
