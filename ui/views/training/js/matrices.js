/** Tables that change with the epoch: confusion matrices, and the weights of small networks. */
/** @import { Film, Matrix } from "../../../draw/js/types.d.ts" */
import { element } from "../../../draw/js/element.js";
import { cellPlace, grid, sheet, writeCell } from "../../../draw/js/matrix.js";
import { decodeBytes, decodeFloats } from "../../../draw/js/series.js";
import { formatTyped, indexedName, scaleOf, shareOf, symbol } from "../../../draw/js/text.js";

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
    this.figure.hidden = !payload.confusions;
    this.cells = [];
    const total = payload.sets[this.set];
    if (!payload.confusions || !payload.plane || !total) return;
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
    const title = element("strong", {}, `${name}, ${total} flowers`);
    this.figure.replaceChildren(sheet([title], table));
    this.largest = total / this.size;
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

/** What the network answers to each observation, beside its target; the farther from it, the redder. */
export class AnswerTable {
  /** @type {Float64Array} of every epoch */ values;
  /** @type {HTMLElement[]} */ cells = [];
  /** @type {number[]} */ targets;
  /** @type {number} */ farthest;

  // It scrolls where there are many outputs, and so takes the focus.
  figure = element("div", { class: "answers", tabindex: 0, role: "group", "aria-label": "Answers" });

  /** @param {Film} payload */
  setData({ answers }) {
    this.figure.hidden = !answers;
    if (!answers) return;
    const { observations, outputs, targets, classes } = answers;
    this.values = decodeFloats(answers.values);
    this.targets = targets.flat();
    const count = this.targets.length;
    const misses = Array.from(this.values, (value, index) => Math.abs(value - this.targets[index % count]));
    this.farthest = misses.reduce((most, miss) => Math.max(most, miss), 0);
    this.cells = observations.flatMap((_, row) =>
      outputs.map((_, col) => element("td", { class: "bp-shaded", ...cellPlace("answers:value", row, col) }))
    );
    const target = (/** @type {string} */ text) => element("td", { class: "target" }, text);
    const beside = (/** @type {number} */ row, /** @type {number} */ col) =>
      classes.length ? [] : [target(formatTyped(targets[row][col]))];
    const cells = observations.map((_, row) => [
      ...classes.slice(row, row + 1).map(target),
      ...outputs.flatMap((_, col) => [...beside(row, col), this.cells[row * outputs.length + col]]),
    ]);
    const columns = classes.length ? ["target", ...outputs] : outputs.flatMap((name) => ["target", name]);
    const names = { rows: observations, columns, corner: "observation" };
    const table = grid(names, cells, { "aria-label": "What the network answers to each observation" });
    this.figure.replaceChildren(sheet([element("strong", {}, "What it answers")], table));
  }

  /** @param {number} epoch */
  show(epoch) {
    this.cells.forEach((cell, index) => {
      const value = this.values[epoch * this.cells.length + index];
      writeCell(cell, value, null);
      cell.style.setProperty("--share", shareOf(value - this.targets[index], this.farthest));
    });
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
    const layers = matrices.filter(({ name }) => name.startsWith("W"));
    const biasesOf = (/** @type {Matrix} */ W) =>
      matrices.find(({ name }) => name === W.name.replace("W", "b"));
    this.box.replaceChildren(...layers.map((W) => this.layer(W, biasesOf(W))));
  }

  /**
   * The table of one layer: its weights, and its biases, if it has any, as the last column.
   * @param {Matrix} W
   * @param {Matrix | undefined} b
   */
  layer(W, b) {
    const [rows, cols] = W.shape;
    const layer = Number(W.name.slice(1));
    const names = (/** @type {string} */ base, /** @type {number} */ count) =>
      Array.from({ length: count }, (_, index) => indexedName(symbol(base), [index]));
    const [units, inputs] = [names(`z${layer}`, rows), names(layer > 1 ? `a${layer - 1}` : "x", cols)];
    const weights = units.map((_, row) =>
      inputs.map((_, col) => element("td", cellPlace(`${W.name}:value`, row, col)))
    );
    const biases = units.flatMap((_, row) =>
      b ? [element("td", { ...cellPlace(`${b.name}:value`, row, 0), class: "bias" })] : []
    );
    this.cells.push(...weights.flat(), ...biases); // the values come in the order W, then b
    const cells = weights.map((row, index) => [...row, ...biases.slice(index, index + 1)]);
    const both = b ? [W, b] : [W];
    const columns = b ? [...inputs, b.title] : inputs;
    const table = grid({ rows: units, columns }, cells, {
      "aria-label": both.map(({ name }) => name).join(" and "),
    });
    return sheet([element("strong", {}, both.map(({ title }) => title).join(" and "))], table);
  }

  /** @param {number} epoch */
  show(epoch) {
    this.cells.forEach((cell, index) => {
      writeCell(cell, this.values[epoch * this.cells.length + index], this.scale);
    });
  }
}
