/** Entries of result tables, and which of them each cell, node and edge takes part in. */
/** @import { Entry, Payload, Spot, Step, Table, Token } from "./types.d.ts" */
import { cellKey, cellsOf, cellValue, entriesOf, expand, indicesOf } from "./formula.js";
import { partOfNetwork } from "./network.js";

/** @typedef {{result: string, entry: Entry}} Place an entry of a result table */
/** @typedef {Place & {own: string}} Use with the key of its cell */

/** The one with the largest absolute value, the first of several. @param {Table} table */
export function largestEntry(table) {
  const sizeOf = (/** @type {Entry} */ { row, col, block }) => Math.abs(cellValue(table, row, col, block));
  return [...entriesOf(table)].reduce((best, entry) => sizeOf(entry) > sizeOf(best) ? entry : best);
}

/** The node or edge a cell stands for. @param {Record<string, Table>} tables @param {string} key of the cell */
export function partOfCell(tables, key) {
  const [name, row, col] = key.split("|");
  return partOfNetwork(tables[name], Number(row), Number(col));
}

/** Index of one step: for every cell and every part of the network, the entries it takes part in. */
export class Uses {
  /** @param {Payload} payload @param {Step} step */
  constructor(payload, step) {
    /** @type {Map<string, Use[]>} */
    this.cells = new Map();
    /** @type {Map<string, Use[]>} */
    this.parts = new Map();
    for (const [result, tokens] of Object.entries(step.results)) {
      for (const entry of entriesOf(payload.tables[result])) {
        const own = cellKey(result, entry.row, entry.col);
        const keys = new Set([own, ...cellsOf(expand(tokens, indicesOf(entry)))]);
        for (const key of keys) this.add(key, partOfCell(payload.tables, key), { result, entry, own });
      }
    }
  }

  /** @param {string} key @param {string} part @param {Use} use */
  add(key, part, use) {
    put(this.cells, key, use);
    put(this.parts, part, use);
  }

  /**
   * The entry that a spot belongs to: itself, else the one on show if it is among them, else the first.
   * @param {Spot} spot
   * @param {Place} shown
   * @returns {Use | undefined}
   */
  find({ key, part, block }, shown) {
    const found = (key === undefined ? this.parts.get(part ?? "") : this.cells.get(key)) ?? [];
    const fits = found.filter(({ entry }) => block === undefined || entry.block === block);
    const { row, col, block: b } = shown.entry;
    const isShown = (/** @type {Use} */ { result, entry }) =>
      result === shown.result && entry.row === row && entry.col === col && entry.block === b;
    return fits.find((use) => use.own === key) ?? fits.find(isShown) ?? fits[0];
  }
}

/** @param {Map<string, Use[]>} map @param {string} name @param {Use} use */
function put(map, name, use) {
  const uses = map.get(name);
  if (uses) uses.push(use);
  else map.set(name, [use]);
}
