/** Cells to pixels. A cell is seen by its shape and by what is inside of it; colour only says it again. */
import { CELL, type LaneCells } from '../../figures/race-cells.ts';
import { binBits, type CellGrid } from '../../figures/race-grid.ts';

export interface Ink {
  readonly plain: string;
  readonly touched: string;
  readonly fresh: string;
  readonly ret: string;
  readonly del: string;
  readonly head: string;
  readonly text: string;
  readonly edge: string;
  readonly guide: string;
  /** Fills say nothing: outlines do. */
  readonly isForced: boolean;
}

/** The colours of the theme, as they are where the element stands. */
export function readInk(el: Element, isForced: boolean): Ink {
  const style = getComputedStyle(el);
  const of = (name: string): string => style.getPropertyValue(name).trim();
  return {
    ...{ plain: of('--race-plain'), touched: of('--race-touched'), fresh: of('--ins'), ret: of('--ret') },
    ...{
      del: of('--del'),
      head: of('--foc'),
      text: of('--text'),
      edge: of('--edge'),
      guide: of('--hairline'),
    },
    isForced,
  };
}

type Pen = CanvasRenderingContext2D;

type BoxAt = (cell: number) => Box;

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** Where colours are the person's own: a line under what is there, a thick one once it is touched. */
function drawForced(pen: Pen, bits: number, { x, y, w, h }: Box, ink: Ink): void {
  const thick = (bits & CELL.TOUCHED) !== 0 ? Math.max(2, h / 4) : 1;
  pen.fillStyle = ink.edge;
  pen.fillRect(x, y + h - thick, w, thick);
}

const FILL = CELL.EMPTY | CELL.NEW | CELL.TOUCHED;

/** `w` is that of a run of cells which are filled alike, or of one that stands off from the next by `gap`. */
function drawSquare(pen: Pen, bits: number, { x, y, w, h }: Box, gap: number, ink: Ink): void {
  if ((bits & CELL.EMPTY) !== 0) {
    pen.fillStyle = ink.guide;
    pen.fillRect(x, y + h - 1, w, 1);
    return;
  }
  const isNew = (bits & CELL.NEW) !== 0;
  pen.fillStyle = isNew ? ink.fresh : (bits & CELL.TOUCHED) !== 0 ? ink.touched : ink.plain;
  if (ink.isForced && !isNew) drawForced(pen, bits, { x, y, w: w - gap, h }, ink);
  else pen.fillRect(x, y, w - (isNew ? 0 : gap), h);
}

/** Cells that touch: a hair between them where there is room for one; where not, a run is one rectangle. */
function drawSquares(pen: Pen, bits: Uint8Array, cols: number, boxAt: BoxAt, ink: Ink): void {
  const gap = boxAt(0).w >= 5 ? 1 : 0;
  for (let cell = 0; cell < bits.length; ) {
    const fill = bits[cell] & FILL;
    const edge = Math.min(bits.length, (Math.floor(cell / cols) + 1) * cols);
    let stop = cell + 1;
    if (gap === 0 || (fill & (CELL.NEW | CELL.EMPTY)) !== 0)
      while (stop < edge && (bits[stop] & FILL) === fill) stop++;
    const box = boxAt(cell);
    drawSquare(pen, fill, { ...box, w: box.w * (stop - cell) }, gap, ink);
    cell = stop;
  }
}

function drawNode(pen: Pen, bits: number, { x, y, w, h }: Box, ink: Ink): void {
  if ((bits & CELL.EMPTY) !== 0) return;
  const isNew = (bits & CELL.NEW) !== 0;
  const side = Math.max(2, w - Math.max(1.5, w * 0.45));
  const left = x + (w - side) / 2;
  pen.fillStyle = isNew ? ink.fresh : (bits & CELL.TOUCHED) !== 0 ? ink.touched : ink.plain;
  // Round corners are not seen in boxes of a few pixels.
  if (w < 4) pen.fillRect(left, y, side, h);
  else {
    pen.strokeStyle = (bits & CELL.GONE) !== 0 ? ink.del : ink.edge;
    pen.beginPath();
    pen.roundRect(left, y, side, h, Math.min(2.5, side / 2));
    pen.fill();
    if (!isNew) pen.stroke();
  }
  if (ink.isForced && (bits & CELL.TOUCHED) !== 0) drawForced(pen, bits, { x: left, y, w: side, h }, ink);
}

/** Boxes apart, on the line that chains them. */
function drawNodes(pen: Pen, bits: Uint8Array, cols: number, boxAt: BoxAt, ink: Ink): void {
  const first = bits.findIndex((one) => (one & CELL.EMPTY) === 0);
  pen.fillStyle = ink.edge;
  for (let cell = Math.max(0, first); cell < bits.length; ) {
    const stop = Math.min(bits.length, (Math.floor(cell / cols) + 1) * cols);
    const { x, y, w, h } = boxAt(cell);
    pen.fillRect(x, y + h / 2 - 0.5, w * (stop - cell), 1);
    cell = stop;
  }
  for (let cell = 0; cell < bits.length; cell++) drawNode(pen, bits[cell], boxAt(cell), ink);
}

const SIGNS = CELL.RET | CELL.JUMP | CELL.MARK | CELL.GONE;

/** What is said of an insn inside of its cell. */
function drawSigns(pen: Pen, bits: number, { x, y, w, h }: Box, ink: Ink): void {
  if ((bits & CELL.RET) !== 0) {
    const bar = Math.max(1.5, Math.min(3, w * 0.4));
    pen.fillStyle = ink.ret;
    pen.fillRect(x + (w - bar) / 2, y, bar, h);
  } else if ((bits & CELL.JUMP) !== 0) {
    const dot = Math.max(1, Math.min(2.5, w * 0.35));
    pen.fillStyle = ink.text;
    pen.fillRect(x + (w - dot) / 2, y + (h - dot) / 2, dot, dot);
  }
  if ((bits & CELL.MARK) !== 0) {
    pen.fillStyle = ink.fresh;
    pen.beginPath();
    pen.moveTo(x, y);
    pen.lineTo(x + w, y);
    pen.lineTo(x + w / 2, y + Math.min(h, w));
    pen.fill();
  }
  if ((bits & CELL.GONE) !== 0) {
    pen.fillStyle = ink.del;
    pen.fillRect(x, y + h / 2 - 0.75, w, 1.5);
  }
}

function drawHead(pen: Pen, x: number, y: number, h: number, ink: Ink): void {
  pen.fillStyle = ink.head;
  pen.fillRect(x - 1, y - 2, 2, h + 4);
  pen.beginPath();
  pen.moveTo(x - 5, y - 3);
  pen.lineTo(x + 5, y - 3);
  pen.lineTo(x, y + 3);
  pen.fill();
}

/** Around the cells [from, to), a box on each row. */
function drawFrame(pen: Pen, from: number, to: number, cols: number, boxAt: BoxAt, ink: Ink): void {
  pen.strokeStyle = ink.head;
  pen.lineWidth = 2;
  for (let cell = from; cell < to; ) {
    const stop = Math.min(to, (Math.floor(cell / cols) + 1) * cols);
    const { x, y, w, h } = boxAt(cell);
    pen.strokeRect(x - 1, y - 1, w * (stop - cell) + 2, h + 2);
    cell = stop;
  }
  pen.lineWidth = 1;
}

/** Everything of a lane. `ratio`: pixels of the screen for one of the page. */
export function drawCells(
  canvas: HTMLCanvasElement,
  cells: LaneCells,
  grid: CellGrid,
  shape: 'square' | 'node',
  ink: Ink,
  ratio: number,
): void {
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  const { cols, per, pitchX, pitchY } = grid;
  const between = Math.max(1, Math.min(3, Math.round(pitchY * 0.25)));
  // The head stands out above the first row.
  const boxAt: BoxAt = (cell) => ({
    ...{ x: (cell % cols) * pitchX, y: Math.floor(cell / cols) * pitchY + between / 2 },
    ...{ w: pitchX, h: pitchY - between },
  });
  const bits = binBits(cells, per);
  (shape === 'node' ? drawNodes : drawSquares)(pen, bits, cols, boxAt, ink);
  for (let cell = 0; cell < bits.length; cell++)
    if ((bits[cell] & SIGNS) !== 0) drawSigns(pen, bits[cell], boxAt(cell), ink);
  if (cells.frame !== null) {
    const [from, to] = [Math.floor(cells.frame[0] / per), Math.ceil(cells.frame[1] / per)];
    drawFrame(pen, from, to, cols, boxAt, ink);
  }
  if (cells.head >= 0) {
    const { x, y, h } = boxAt(Math.min(bits.length - 1, Math.floor(cells.head / per)));
    drawHead(pen, x, y, h, ink);
  }
}
