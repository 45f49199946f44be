/** Tables that change with the epoch: confusion matrices, and the weights of small networks. */
/** @import { Film, Matrix } from "../../../draw/js/types.d.ts" */
import { element } from "../../../draw/js/element.js";
import { cellPlace, grid, sheet, writeCell } from "../../../draw/js/matrix.js";
import { decodeBytes, decodeFloats } from "../../../draw/js/series.js";
import { indexedName, scaleOf, shareOf, symbol } from "../../../draw/js/text.js";

export class Confusion {
  /** @type {number} of species */ size;
  /** @type {Uint8Array} */ counts;
  /** @type {HTMLElement[]} */ cells;
  /** @type {number} */ largest;

  /** @param {"training" | "test"} set */
  constructor(set) {
    this.set = set;
    this.figure = element("div", { class: "confusion" });
  }

  /** @param {Film} payload */
  setData(payload) {
    const { species } = payload.plane;
    const name = this.set[0].toUpperCase() + this.set.slice(1);
    this.size = species.length;
    this.counts = decodeBytes(payload.confusions[this.set]);
    const cells = species.map((_, row) =>
      species.map((_, col) =>
        element("td", {
          class: row === col ? "bp-shaded" : "bp-shaded error",
          ...cellPlace(`${this.set}:confusion`, row, col),
        })
      )
    );
    this.cells = cells.flat();
    const names = { rows: species, columns: species, corner: "is ↓ taken for →" };
    const table = grid(names, cells, { "aria-label": `Confusion matrix of the ${this.set} flowers` });
    const title = element("strong", {}, `${name}, ${payload.sets[this.set]} flowers`);
    this.figure.replaceChildren(sheet([title], table));
    this.largest = payload.sets[this.set] / this.size;
  }

  /** @param {number} epoch */
  show(epoch) {
    this.cells.forEach((cell, index) => {
      const count = this.counts[epoch * this.cells.length + index];
      if (cell.dataset.value === String(count)) return;
      cell.dataset.value = String(count);
      cell.textContent = String(count);
      cell.classList.toggle("none", count === 0);
      cell.style.setProperty("--share", shareOf(Math.min(count, this.largest), this.largest));
    });
  }

  /** How often one species was taken for another. @param {number} epoch @param {number} row @param {number} col */
  count(epoch, row, col) {
    return this.counts[epoch * this.size * this.size + row * this.size + col];
  }
}

export class Weights {
  /** @type {Float64Array} of every epoch */ values;
  /** @type {HTMLElement[]} */ cells;
  /** @type {number} */ scale;

  constructor() {
    this.box = element("div", { class: "weights" });
  }

  /** @param {Film} payload */
  setData({ weights }) {
    this.cells = [];
    if (!weights) {
      this.box.replaceChildren(
        element(
          "p",
          {},
          "This network has too many weights to show each of them. The curves show the norm of every layer's.",
        ),
      );
      return;
    }
    this.values = decodeFloats(weights.values);
    this.scale = scaleOf(this.values);
    const { matrices } = weights;
    const pairs = matrices.flatMap((W, n) => (n % 2 ? [] : [this.layer(W, matrices[n + 1])]));
    this.box.replaceChildren(...pairs);
  }

  /** The table of one layer: its weights, and its biases as the last column. @param {Matrix} W @param {Matrix} b */
  layer(W, b) {
    const [rows, cols] = W.shape;
    const layer = Number(W.name.slice(1));
    const names = (/** @type {string} */ base, /** @type {number} */ count) =>
      Array.from({ length: count }, (_, index) => indexedName(symbol(base), [index]));
    const [units, inputs] = [names(`z${layer}`, rows), names(layer > 1 ? `a${layer - 1}` : "x", cols)];
    const weights = units.map((_, row) =>
      inputs.map((_, col) => element("td", cellPlace(`${W.name}:value`, row, col)))
    );
    const biases = units.map((_, row) =>
      element("td", { ...cellPlace(`${b.name}:value`, row, 0), class: "bias" })
    );
    this.cells.push(...weights.flat(), ...biases); // the values come in the order W, then b
    const cells = weights.map((row, index) => [...row, biases[index]]);
    const table = grid({ rows: units, columns: [...inputs, b.title] }, cells, {
      "aria-label": `${W.name} and ${b.name}`,
    });
    return sheet([element("strong", {}, `${W.title} and ${b.title}`)], table);
  }

  /** @param {number} epoch */
  show(epoch) {
    this.cells.forEach((cell, index) => {
      writeCell(cell, this.values[epoch * this.cells.length + index], this.scale);
    });
  }
}
