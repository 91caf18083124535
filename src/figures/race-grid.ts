/** Where the cells of a lane stand, and what one says that stands for several insns. */
import { CELL, type LaneCells } from './race-cells.ts';

/** How cells are laid into a box: rows from left to right; a cell stands for `per` insns where they are many. */
export interface CellGrid {
  readonly cols: number;
  readonly rows: number;
  readonly per: number;
  /** Distance of neighbours, in pixels. */
  readonly pitchX: number;
  readonly pitchY: number;
}

const PITCH = { most: 24, least: 5, widest: 24 } as const;
/** Least width of a cell, as a share of its height. */
const SLIM = 0.6;

/** The biggest cells with which `room` insns fit into the box. */
export function cellGrid(room: number, width: number, height: number): CellGrid {
  for (let per = 1; ; per++) {
    const cells = Math.max(1, Math.ceil(room / per));
    for (let pitchY: number = PITCH.most; pitchY >= PITCH.least; pitchY--) {
      const rows = Math.max(1, Math.floor(height / pitchY));
      const cols = Math.ceil(cells / rows);
      const pitchX = Math.min(PITCH.widest, width / cols);
      if (pitchX < pitchY * SLIM) continue;
      const fitting = Math.max(cols, Math.min(cells, Math.floor(width / pitchX)));
      return { per, cols: fitting, rows: Math.ceil(cells / fitting), pitchX, pitchY };
    }
    if (width <= 0 || height <= 0) return { per: room || 1, cols: 1, rows: 1, pitchX: 1, pitchY: 1 };
  }
}

/** With more in a cell, single jumps say nothing. */
const JUMPS_UP_TO = 3;

/** Bits of cells that stand for `per` insns each: what is rare is said if one of them has it, what is common if all have. */
export function binBits({ bits, cnt }: LaneCells, per: number): Uint8Array {
  if (per === 1) return bits.subarray(0, cnt);
  const rare = CELL.RET | CELL.MARK | CELL.NEW | (per <= JUMPS_UP_TO ? CELL.JUMP : 0);
  const common = CELL.TOUCHED | CELL.GONE | CELL.EMPTY;
  const bins = new Uint8Array(Math.ceil(cnt / per));
  for (let bin = 0; bin < bins.length; bin++) {
    let any = 0;
    let all = 0xff;
    for (let i = bin * per; i < Math.min(cnt, (bin + 1) * per); i++) {
      any |= bits[i];
      all &= bits[i];
    }
    bins[bin] = (any & rare) | (all & common);
  }
  return bins;
}
