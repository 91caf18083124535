/**
 * Where things stand on the stage. The three columns share one row grid; everything horizontal follows from the
 * width, everything vertical from the number of rows (few rows get boxes and air, many get lines of 20 px).
 */
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
  };
  /** Characters that fit each column. */
  readonly fit: number;
  readonly lane: number;
  /** Width that all rails of one side share. */
  readonly railSpace: number;
}

/** Pitches, and how many rows each is for at most. */
const PITCHES = [
  { pitch: 48, rows: 12 },
  { pitch: 32, rows: 24 },
] as const;
const BOXED_PAD = 64;

/** Row pitch: the widest that shows all rows in the height; with many rows 20. */
export function pitchFor(rowCnt: number, height: number): number {
  const fits = PITCHES.find(({ pitch, rows }) => rowCnt <= rows && rowCnt * pitch + BOXED_PAD <= height);
  return fits?.pitch ?? (rowCnt <= PITCHES[1].rows ? PITCHES[1].pitch : 20);
}

const CHAR_W = 7.23; // 12 px of the code face
export const NARROW_BELOW = 560;

export function geometryFor(width: number, rowCnt: number, height: number): Geometry {
  const pitch = pitchFor(rowCnt, height);
  const boxed = pitch > 20;
  const vertical = {
    pitch,
    boxed,
    nodeH: pitch === 48 ? 32 : pitch === 32 ? 24 : 20,
    padTop: boxed ? 40 : 12,
    padBottom: boxed ? 24 : 12,
  };
  // Room for indices of more than three digits, in each of the three columns.
  const idxExtra = Math.max(0, String(rowCnt).length - 3) * CHAR_W;
  return width < NARROW_BELOW ? narrow(width, vertical) : wide(width, vertical, idxExtra);
}

type Vertical = Pick<Geometry, 'pitch' | 'boxed' | 'nodeH' | 'padTop' | 'padBottom'>;

function wide(width: number, vertical: Vertical, idxExtra: number): Geometry {
  const laneSpace = vertical.boxed ? 46 : 52;
  const shift = vertical.boxed ? (width >= 800 ? 24 : 16) : 14;
  const laneOnly = !vertical.boxed;
  // The list has a text column of its own only where nodes are boxes.
  const texts = laneOnly ? 2 : 3;
  const fixed = 2 * laneSpace + 40 + 28 + 20 + shift + 10 + 44 + 74 + 3 * idxExtra;
  const text = Math.min(laneOnly ? 300 : 230, Math.floor((width - fixed) / texts));
  // Wider than the columns can use: the block is centred.
  const x0 = Math.max(0, Math.floor((width - fixed - texts * text) / 2));
  const beforeText = x0 + laneSpace + 40 + idxExtra;
  const listX = beforeText + text + 28 + idxExtra;
  const listW = laneOnly ? 20 : text + 20;
  const washX = listX + listW + shift + 10;
  // Long indices need room beside the sign, too.
  const signGap = idxExtra > 0 ? 8 : 0;
  const afterText = washX + 44 + idxExtra + signGap;
  const railRoot = afterText + text + 2;
  return {
    ...vertical,
    width,
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
      signX: washX + 11,
      idxX: afterText - 10,
      textX: afterText,
      railRoot,
      pillX: railRoot + laneSpace,
    },
    fit: Math.floor(text / CHAR_W),
    lane: vertical.boxed ? 10 : 7,
    railSpace: laneSpace - 10,
  };
}

function narrow(width: number, vertical: Vertical): Geometry {
  const listX = 72;
  const shift = 20;
  const listW = width - listX - shift - 128;
  const idxX = listX + listW + shift + 34;
  return {
    ...vertical,
    width,
    narrow: true,
    laneOnly: false,
    charW: CHAR_W,
    before: { railRoot: 44, washX: 0, washW: listX - 6, idxX: 62, textX: 62 },
    list: { idxX: 62, x: listX, w: listW, shift, port: 12 },
    after: {
      washX: idxX - 30,
      washW: 34,
      signX: idxX - 26,
      idxX,
      textX: idxX,
      railRoot: idxX + 6,
      pillX: idxX + 34,
    },
    fit: Math.floor((listW - 20) / CHAR_W),
    lane: vertical.boxed ? 8 : 5,
    railSpace: 26,
  };
}
