/**
 * Where things stand on the stage. The three columns share one row grid; everything horizontal follows from the
 * width, everything vertical from the number of rows (few rows get boxes and air, many get lines of 20 px).
 */
import { grouped } from './number.ts';

export interface Geometry {
  readonly width: number;
  readonly pitch: number;
  /** Whether a node is drawn as a box with arrows; below that a dot on a line. */
  readonly boxed: boolean;
  readonly nodeH: number;
  /** Space above the first row and below the last. */
  readonly padTop: number;
  readonly padBottom: number;
  /** Many rows: the list is a lane of dots between two full listings. */
  readonly laneOnly: boolean;
  /** Phones: Before and After keep only their indices. */
  readonly narrow: boolean;
  readonly charW: number;
  readonly before: {
    readonly railRoot: number;
    readonly washX: number;
    readonly washW: number;
    readonly idxX: number;
    readonly textX: number;
  };
  readonly list: {
    readonly idxX: number;
    readonly x: number;
    readonly w: number;
    readonly shift: number;
    readonly port: number;
  };
  readonly after: {
    readonly washX: number;
    readonly washW: number;
    readonly signX: number;
    readonly idxX: number;
    readonly textX: number;
    readonly railRoot: number;
    readonly pillX: number;
    /** Room of a pill, between the rails and the overview. */
    readonly pillW: number;
  };
  /** The overview at the right edge: 64 wide where rows are out of view, else a strip in step with them. */
  readonly overview: { readonly x: number; readonly w: number };
  /** Characters that fit each column. */
  readonly fit: number;
  readonly lane: number;
  /** Width that all rails of one side share. */
  readonly railSpace: number;
}

/** Pitches of rows with boxes, widest first, and for how many rows at most there are any. */
const PITCHES = [48, 44, 40, 36, 32] as const;
const BOXED_ROWS_MAX = 24;
/** Rows as lines of text. */
const DENSE_PITCH = 20;
const BOXED_PAD = 64;

/** Row pitch: the widest that shows all rows in the height; with many rows 20. */
export function pitchFor(rowCnt: number, height: number): number {
  if (rowCnt > BOXED_ROWS_MAX) return DENSE_PITCH;
  return PITCHES.find((pitch) => rowCnt * pitch + BOXED_PAD <= height) ?? 32;
}

/** Height of a box, and of the wash behind a line: what a pitch leaves as air grows with it. */
const nodeHeight = (pitch: number): number => (pitch > DENSE_PITCH ? 24 + (pitch - 32) / 2 : DENSE_PITCH);
export const washHeight = (pitch: number): number =>
  pitch > DENSE_PITCH ? 24 + (pitch - 32) / 4 : DENSE_PITCH;

const CHAR_W = 7.23; // 12 px of the code face
export const NARROW_BELOW = 560;

/** Width of the overview: beside rows that all fit, and of one that is the way through many. */
const OVERVIEW = { strip: 10, wide: 64, gap: 6 } as const;
/** Narrower stages have no room for more than the strip. */
const OVERVIEW_BELOW = 640;

/** Whether all rows stand in the height at once. */
const allFit = ({ pitch, padTop, padBottom }: Vertical, rowCnt: number, height: number): boolean =>
  padTop + rowCnt * pitch + padBottom <= height;

/** The pitch `steps` wider (narrower when negative) than one, as far as there are any. */
function zoomed(pitch: number, steps: number): number {
  const pitches: readonly number[] = [DENSE_PITCH, ...PITCHES.toReversed()];
  const at = pitches.indexOf(pitch) + steps;
  return pitches[Math.max(0, Math.min(pitches.length - 1, at))];
}

/** `zoom`: steps from the pitch that fits. */
export function geometryFor(width: number, rowCnt: number, height: number, zoom = 0): Geometry {
  const pitch = zoomed(pitchFor(rowCnt, height), zoom);
  const boxed = pitch > 20;
  const vertical = {
    pitch,
    boxed,
    nodeH: nodeHeight(pitch),
    padTop: boxed ? 40 : 12,
    padBottom: boxed ? 24 : 12,
  };
  const isStrip = width < OVERVIEW_BELOW || allFit(vertical, rowCnt, height);
  const w = isStrip ? OVERVIEW.strip : OVERVIEW.wide;
  const overview = { x: width - w - 2, w };
  const inner = overview.x - OVERVIEW.gap;
  const columns = width < NARROW_BELOW ? narrow(inner, vertical, rowCnt) : wide(inner, vertical, rowCnt);
  return { ...columns, width, overview };
}

type Vertical = Pick<Geometry, 'pitch' | 'boxed' | 'nodeH' | 'padTop' | 'padBottom'>;
type Columns = Omit<Geometry, 'width' | 'overview'>;

const RAIL_CHAR_W = 6.62; // 11 px of the code face
/** Width of a stub with these words. */
export const stubWidth = (text: string): number => Math.ceil(text.length * RAIL_CHAR_W + 10);

/** Columns for a width without the overview. */
function wide(width: number, vertical: Vertical, rowCnt: number): Columns {
  // Room for indices of more than three digits, in each of the three columns.
  const idxExtra = Math.max(0, String(rowCnt).length - 3) * CHAR_W;
  const laneSpace = Math.max(vertical.boxed ? 46 : 52, stubWidth(`\u2193 ${grouped(rowCnt)}`) + 8);
  const shift = vertical.boxed ? (width >= 780 ? 24 : 16) : 14;
  const laneOnly = !vertical.boxed;
  // The list has a text column of its own only where nodes are boxes.
  const texts = laneOnly ? 2 : 3;
  const pillW = 82;
  const fixed = 2 * laneSpace + 40 + 28 + 20 + shift + 10 + 47 + pillW + 3 * idxExtra;
  const text = Math.min(laneOnly ? 300 : 230, Math.floor((width - fixed) / texts));
  // Wider than the columns can use: the block is centred.
  const x0 = Math.max(0, Math.floor((width - fixed - texts * text) / 2));
  const beforeText = x0 + laneSpace + 40 + idxExtra;
  const listX = beforeText + text + 28 + idxExtra;
  const listW = laneOnly ? 20 : text + 20;
  const washX = listX + listW + shift + 10;
  // Indices of more than two digits need room beside the sign, too.
  const signGap = rowCnt > 100 ? 8 : 0;
  const afterText = washX + 44 + idxExtra + signGap;
  const railRoot = afterText + text + 5;
  const pillX = railRoot + laneSpace;
  return {
    ...vertical,
    narrow: false,
    laneOnly,
    charW: CHAR_W,
    before: {
      railRoot: x0 + laneSpace,
      washX: x0 + laneSpace + 2,
      washW: text + 40 + idxExtra,
      idxX: beforeText - 12,
      textX: beforeText,
    },
    list: { idxX: listX - 8, x: listX, w: listW, shift, port: 14 },
    after: {
      washX,
      washW: text + 44 + idxExtra + signGap,
      signX: washX + 10,
      idxX: afterText - 10,
      textX: afterText,
      railRoot,
      pillX,
      pillW: width - pillX,
    },
    fit: Math.floor(text / CHAR_W),
    lane: vertical.boxed ? 10 : 7,
    railSpace: laneSpace - 10,
  };
}

/** Narrowest pill that says both distances, `+3 \u2192 +6`. */
const NARROW_PILL = 52;

function narrow(width: number, vertical: Vertical, rowCnt: number): Columns {
  const idxW = Math.ceil(Math.max(2, String(rowCnt).length) * CHAR_W);
  const railSpace = 22;
  const laneSpace = railSpace + 6;
  const shift = 20;
  const beforeRoot = laneSpace;
  const beforeIdx = beforeRoot + 6 + idxW;
  const listX = beforeIdx + 10;
  const pillX = width - NARROW_PILL;
  const railRoot = pillX - laneSpace;
  const idxX = railRoot - 6;
  const washX = idxX - idxW - 6;
  return {
    ...vertical,
    narrow: true,
    laneOnly: false,
    charW: CHAR_W,
    before: { railRoot: beforeRoot, washX: 0, washW: listX - 6, idxX: beforeIdx, textX: beforeIdx },
    list: { idxX: beforeIdx, x: listX, w: washX - 8 - shift - listX, shift, port: 12 },
    after: {
      washX,
      washW: idxW + 10,
      signX: washX + 4,
      idxX,
      textX: idxX,
      railRoot,
      pillX,
      pillW: NARROW_PILL,
    },
    fit: Math.floor((washX - 8 - shift - listX - 20) / CHAR_W),
    lane: vertical.boxed ? 8 : 5,
    railSpace,
  };
}
