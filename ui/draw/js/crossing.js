/** Where an arrow key leads among five matrices that share their rows or columns. */
/** @typedef {"D" | "A" | "gradient" | "W" | "through"} SheetName */
/** @typedef {{matrix: SheetName, row: number, col: number}} Spot a cell on the screen */

/** @type {Record<string, [down: number, right: number]>} */
export const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

/** What lies beyond the edges. @type {Record<SheetName, Record<string, SheetName>>} */
const BEYOND = {
  D: { ArrowRight: "A" },
  A: { ArrowLeft: "D", ArrowRight: "through", ArrowDown: "gradient" },
  gradient: { ArrowUp: "A" },
  W: { ArrowDown: "through" },
  through: { ArrowLeft: "A", ArrowUp: "W" },
};

/** Where an arrow key leads: to the next cell, or into the matrix beyond the edge; null where there is none. @param {Spot} spot @param {string} key @param {Record<SheetName, [rows: number, columns: number]>} sizes @returns {Spot | null} */
export function spotBeside({ matrix, row, col }, key, sizes) {
  const [down, right] = ARROWS[key] ?? [0, 0];
  const [rows, columns] = sizes[matrix];
  const next = { matrix, row: row + down, col: col + right };
  if (next.row >= 0 && next.row < rows && next.col >= 0 && next.col < columns) return next;
  const beyond = BEYOND[matrix][key];
  if (!beyond) return null;
  const [lastRow, lastColumn] = sizes[beyond].map((size) => size - 1);
  return {
    matrix: beyond,
    row: down ? (down > 0 ? 0 : lastRow) : row,
    col: right ? (right > 0 ? 0 : lastColumn) : Math.min(col, lastColumn),
  };
}
