/** Tables that change with the epoch: confusion matrices, and the weights of small networks. */
/** @import { Film, Matrix } from "./types.d.ts" */
import { element } from "./element.js";
import { decodeBytes, decodeFloats } from "./series.js";
import { formatNumber, indexedName, scaleOf, signOf, symbol } from "./text.js";

export class Confusion {
  /** @type {number} of species */ size;
  /** @type {Uint8Array} */ counts;
  /** @type {HTMLElement[]} */ cells;
  /** @type {number} */ largest;

  /** @param {"training" | "test"} set */
  constructor(set) {
    this.set = set;
    this.caption = element("figcaption");
    this.table = element("table");
    this.figure = element("figure", { class: "confusion" }, this.caption, this.table);
  }

  /** @param {Film} payload */
  setData(payload) {
    const { species } = payload.plane;
    const name = this.set[0].toUpperCase() + this.set.slice(1);
    this.caption.replaceChildren(element("strong", {}, `${name}, ${payload.sets[this.set]} flowers`));
    this.size = species.length;
    this.counts = decodeBytes(payload.confusions[this.set]);
    const head = element(
      "tr",
      {},
      element("th", { class: "corner" }, "is ↓ taken for →"),
      ...species.map((text) => element("th", { scope: "col" }, text)),
    );
    this.cells = [];
    const rows = species.map((text, row) => {
      const cells = species.map((_, col) =>
        element("td", { class: row === col ? "right" : "error", ...place(`${this.set}:confusion`, row, col) })
      );
      this.cells.push(...cells);
      return element("tr", {}, element("th", { scope: "row" }, text), ...cells);
    });
    this.table.setAttribute("aria-label", `Confusion matrix of the ${this.set} flowers`);
    this.table.replaceChildren(element("tbody", {}, head, ...rows));
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
      cell.style.setProperty("--share", Math.min(1, count / this.largest).toFixed(3));
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
    const below = layer > 1 ? `a${layer - 1}` : "x";
    const columns = Array.from(
      { length: cols },
      (_, col) => element("th", { scope: "col" }, indexedName(symbol(below), [col])),
    );
    const head = element(
      "tr",
      {},
      element("td", { class: "blank" }),
      ...columns,
      element("th", { scope: "col" }, b.title),
    );
    /** @type {HTMLElement[]} */
    const biases = [];
    const lines = Array.from({ length: rows }, (_, row) => {
      const cells = Array.from(
        { length: cols },
        (_, col) => element("td", place(`${W.name}:value`, row, col)),
      );
      this.cells.push(...cells);
      biases.push(element("td", { ...place(`${b.name}:value`, row, 0), class: "bias" }));
      return element(
        "tr",
        {},
        element("th", { scope: "row" }, indexedName(symbol(`z${layer}`), [row])),
        ...cells,
        biases[row],
      );
    });
    this.cells.push(...biases); // the values come in the order W, then b
    const table = element(
      "table",
      { "aria-label": `${W.name} and ${b.name}` },
      element("tbody", {}, head, ...lines),
    );
    return element(
      "figure",
      { class: "matrix" },
      element("figcaption", {}, element("strong", {}, `${W.title} and ${b.title}`)),
      table,
    );
  }

  /** @param {number} epoch */
  show(epoch) {
    this.cells.forEach((cell, index) => {
      const value = this.values[epoch * this.cells.length + index];
      cell.dataset.value = String(value);
      cell.textContent = formatNumber(value);
      cell.classList.toggle("pos", signOf(value) === "pos");
      cell.classList.toggle("neg", signOf(value) === "neg");
      cell.style.setProperty("--share", (Math.abs(value) / this.scale).toFixed(3));
    });
  }
}

/** @param {string} matrix @param {number} row @param {number} col */
function place(matrix, row, col) {
  return { "data-matrix": matrix, "data-row": row, "data-col": col };
}
