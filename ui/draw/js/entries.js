/** Entries of result tables, and which of them each cell, node and edge takes part in. */
import { cellKey, cellsOf, cellValue, expand, indicesOf } from "./formula.js";
import { partOfNetwork } from "./network.js";

/** @typedef {{row: number, col: number, block: number}} Entry */

export function* entriesOf(table) {
  const blocks = table.blocks?.length ?? 1;
  for (let block = 0; block < blocks; block++) {
    for (let row = 0; row < table.rows.length; row++) {
      for (let col = 0; col < table.cols.length; col++) yield { row, col, block };
    }
  }
}

/** @returns {Entry} the one with the largest absolute value */
export function largestEntry(table) {
  let best = { row: 0, col: 0, block: 0 };
  let size = -1;
  for (const entry of entriesOf(table)) {
    const here = Math.abs(cellValue(table, entry.row, entry.col, entry.block));
    if (here > size) [best, size] = [entry, here];
  }
  return best;
}

/** The node or edge a cell stands for. @param {string} key of the cell */
export function partOfCell(tables, key) {
  const [name, row, col] = key.split("|");
  return partOfNetwork(tables[name], Number(row), Number(col));
}

/** Index of one step: for every cell and every part of the network, the entries it takes part in. */
export class Uses {
  constructor(payload, step) {
    this.cells = new Map();
    this.parts = new Map();
    for (const [result, tokens] of Object.entries(step.results)) {
      for (const entry of entriesOf(payload.tables[result])) {
        const own = cellKey(result, entry.row, entry.col);
        const keys = new Set([own, ...cellsOf(expand(tokens, indicesOf(entry)))]);
        for (const key of keys) this.add(key, partOfCell(payload.tables, key), { result, entry, own });
      }
    }
  }

  add(key, part, use) {
    for (const [map, name] of [[this.cells, key], [this.parts, part]]) {
      if (!map.has(name)) map.set(name, []);
      map.get(name).push(use);
    }
  }

  /**
   * The entry that a spot belongs to: itself, else the one on show if it is among them, else the first.
   * @param {{key?: string, part?: string, block?: number}} spot
   * @param {{result: string, entry: Entry}} shown
   */
  find({ key, part, block }, shown) {
    const found = (key === undefined ? this.parts.get(part) : this.cells.get(key)) ?? [];
    const fits = found.filter(({ entry }) => block === undefined || entry.block === block);
    const isShown = ({ result, entry: { row, col, block: b } }) =>
      result === shown.result && row === shown.entry.row && col === shown.entry.col && b === shown.entry.block;
    return fits.find((use) => use.own === key) ?? fits.find(isShown) ?? fits[0];
  }
}
