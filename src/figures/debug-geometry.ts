/**
 * Where things stand in the Debug layout: rows of 20 px, and columns that have a natural width. On a narrower page the
 * text of the line info goes first, then the records, then the line info; a phone keeps After and the indices of Before.
 */

export const DEBUG_ROW = 20;
const PAD_TOP = 4;
const PAD_BOTTOM = 24;
const CHAR_W = 7.23; // 12 px of the code face
/** A phone with this much room has rails beside After. */
const RAILS_FROM = 460;

/** A column of code: bar, sign and index before the text, rails beside it. */
export interface CodeColumn {
  readonly washX: number;
  readonly washW: number;
  /** null: this column has no signs. */
  readonly signX: number | null;
  readonly idxX: number;
  /** null: only indices. */
  readonly textX: number | null;
  /** Characters that fit. */
  readonly fit: number;
  /** Edge at which rails begin; null: no room for rails. */
  readonly railRoot: number | null;
  readonly railSpace: number;
}

export interface AuxColumn {
  readonly x: number;
  readonly w: number;
  /** Right edges of the numbers, left edges of the words. */
  readonly origX: number;
  readonly recordX: number;
  readonly seenX: number;
  readonly zextX: number;
  /** null: no room for it. */
  readonly ptrX: number | null;
}

export interface LinesColumn {
  readonly x: number;
  readonly w: number;
  readonly placeX: number;
  /** null: numbers only. */
  readonly textX: number | null;
  readonly fit: number;
}

export interface DebugGeometry {
  readonly width: number;
  readonly charW: number;
  readonly phone: boolean;
  readonly before: CodeColumn;
  readonly after: CodeColumn;
  /** Where After begins: the line between the two. */
  readonly split: number;
  readonly pillX: number;
  /** Room of a pill. */
  readonly pillW: number;
  readonly aux: AuxColumn | null;
  readonly lines: LinesColumn | null;
}

/** What there is to show beside the insns, and room for the longest index. */
export interface DebugNeeds {
  readonly aux: boolean;
  readonly lines: boolean;
  readonly slotCnt: number;
}

/** y of the middle of an item, counted from item 0. */
export const itemY = (item: number): number => PAD_TOP + DEBUG_ROW * item + DEBUG_ROW / 2;
export const gridHeight = (itemCnt: number): number => PAD_TOP + DEBUG_ROW * itemCnt + PAD_BOTTOM;
/** Item at a height, which may lie outside of the grid. */
export const itemAtY = (y: number): number => Math.floor((y - PAD_TOP) / DEBUG_ROW);

const RAILS_BEFORE = 72;
const RAILS_AFTER = 56;
const PILLS = 96;
/** What a code column has beside its text: rails and index; bar, sign and index, rails and pills. */
const BEFORE_FIXED = RAILS_BEFORE + 52;
const AFTER_FIXED = 64 + RAILS_AFTER + PILLS;
const AUX_W = 200;
const PTR_W = 88;
const PLACE_W = 92;
const LINES_W = 368;
/** Narrowest and widest text of an insn; a table beside it is worth more than what is beyond the second. */
const TEXT = { least: 168, good: 196, most: 320 } as const;

export function debugGeometry(width: number, needs: DebugNeeds): DebugGeometry {
  // Room for indices of more than three digits.
  const idxExtra = Math.max(0, String(needs.slotCnt).length - 3) * CHAR_W;
  const least = BEFORE_FIXED + AFTER_FIXED + 2 * (idxExtra + TEXT.least);
  return width < least ? phone(width, idxExtra) : wide(width, needs, idxExtra);
}

/** Widths of the columns beside the insns: the most that leaves the insns a good width. */
function besides(room: number, { aux, lines }: DebugNeeds): { aux: number; lines: number } {
  const choices = [
    { aux: AUX_W + PTR_W, lines: LINES_W + 32 },
    { aux: AUX_W, lines: LINES_W },
    { aux: AUX_W, lines: 280 },
    { aux: AUX_W, lines: 200 },
    { aux: AUX_W, lines: PLACE_W },
    { aux: 0, lines: PLACE_W },
  ].map((one) => ({ aux: aux ? one.aux : 0, lines: lines ? one.lines : 0 }));
  return choices.find((one) => room - one.aux - one.lines >= 2 * TEXT.good) ?? { aux: 0, lines: 0 };
}

function wide(width: number, needs: DebugNeeds, idxExtra: number): DebugGeometry {
  const beforeFixed = BEFORE_FIXED + idxExtra;
  const afterFixed = AFTER_FIXED + idxExtra;
  const room = width - beforeFixed - afterFixed;
  const { aux: auxW, lines: leastLinesW } = besides(room, needs);
  const text = Math.max(TEXT.least, Math.min(TEXT.most, Math.floor((room - auxW - leastLinesW) / 2)));
  const split = beforeFixed + text;
  const auxX = split + afterFixed + text;
  const linesX = auxX + auxW;
  const afterText = split + 56 + idxExtra;
  const fit = Math.floor(text / CHAR_W);
  return {
    width,
    charW: CHAR_W,
    phone: false,
    split,
    before: {
      washX: RAILS_BEFORE,
      washW: split - RAILS_BEFORE,
      signX: null,
      idxX: RAILS_BEFORE + 30 + idxExtra,
      textX: RAILS_BEFORE + 40 + idxExtra,
      fit,
      railRoot: RAILS_BEFORE - 2,
      railSpace: RAILS_BEFORE - 14,
    },
    after: {
      washX: split,
      washW: 56 + idxExtra + text + 4,
      signX: split + 15,
      idxX: afterText - 10,
      textX: afterText,
      fit,
      railRoot: afterText + text + 6,
      railSpace: RAILS_AFTER - 6,
    },
    pillX: afterText + text + 8 + RAILS_AFTER,
    pillW: PILLS - 8,
    aux: auxW === 0 ? null : auxColumn(auxX, auxW),
    lines: leastLinesW === 0 ? null : linesColumn(linesX, width - linesX, leastLinesW > PLACE_W),
  };
}

const auxColumn = (x: number, w: number): AuxColumn => ({
  ...{ x, w },
  origX: x + 70,
  recordX: x + 82,
  seenX: x + 154,
  zextX: x + 188,
  ptrX: w > AUX_W ? x + 204 : null,
});

const linesColumn = (x: number, w: number, hasText: boolean): LinesColumn => ({
  ...{ x, w },
  placeX: x + 12,
  textX: hasText ? x + PLACE_W : null,
  fit: Math.floor((w - PLACE_W - 8) / CHAR_W),
});

function phone(width: number, idxExtra: number): DebugGeometry {
  const split = 40 + idxExtra;
  const textX = split + 56 + idxExtra;
  const right = width < RAILS_FROM ? width : width - RAILS_AFTER;
  const fit = Math.floor((right - textX - 4) / CHAR_W);
  return {
    width,
    charW: CHAR_W,
    phone: true,
    split,
    before: {
      ...{ washX: 0, washW: split, signX: null, idxX: split - 8, textX: null, fit },
      ...{ railRoot: null, railSpace: 0 },
    },
    after: {
      ...{ washX: split, washW: right - split, signX: split + 14, idxX: textX - 10, textX, fit },
      ...(right < width
        ? { railRoot: right + 2, railSpace: RAILS_AFTER - 14 }
        : { railRoot: null, railSpace: 0 }),
    },
    pillX: width,
    pillW: 0,
    aux: null,
    lines: null,
  };
}
