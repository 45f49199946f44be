/** The outer product of the chosen observation: its row of D as a column, times its row of A. */
/** @import { OuterPart } from "./types.d.ts" */
import { optionsAt } from "./controls.js";
import { element, withScripts } from "./element.js";
import { grid, sheet, writeCell } from "./matrix.js";
import { swatched } from "./picture.js";
import { filledText, formatNumber, scaleOf } from "./text.js";

export class Outer {
  /** @type {number | undefined} the observation */ n;
  /** @type {HTMLElement | undefined} the chosen cell */ marked;

  /** @param {OuterPart} part */
  constructor(part) {
    const { units, inputs, observations } = part;
    this.part = part;
    this.counts = [units.length, inputs.length, observations.names.length];
    this.caption = element("span");
    this.heads = units.map(() => element("span"));
    this.factors = inputs.map((_, j) => element("td", { class: "bp-factor", "data-link": `in:${j}` }));
    this.cells = units.map(() => inputs.map(() => element("td")));
    const names = {
      rows: ["", ...this.heads.map((head) => [head])],
      columns: inputs.map((name) => withScripts(name)),
    };
    const table = grid(names, [this.factors, ...this.cells]);
    this.root = element(
      "div",
      { class: part.is_written ? "bp-scroll" : "bp-scroll bp-unwritten" },
      sheet([this.caption], table, { class: "bp-sheet bp-outer" }),
    );
    // So wide that no observation needs more, and nothing moves when another one is chosen.
    this.scale = scaleOf(part.D.flatMap((column, n) => [scaleOf(column) * scaleOf(part.A[n])]));
  }

  /** @param {number} place */
  show(place) {
    const [row, col, n] = optionsAt(place, this.counts);
    if (n !== this.n) this.write(n);
    this.n = n;
    this.marked?.classList.remove("bp-down");
    this.marked = this.cells[row][col];
    this.marked.classList.add("bp-down");
  }

  /** @param {number} n the observation */
  write(n) {
    const { D, A, units, inputs, observations, weights, title, entry, is_written: isWritten } = this.part;
    const name = observations.names[n];
    const kind = observations.kind_names[observations.kinds[n]];
    this.caption.replaceChildren(...swatched(observations, n, filledText(title, name, kind)));
    this.factors.forEach((cell, j) => cell.textContent = isWritten ? formatNumber(A[n][j]) : "");
    D[n].forEach((factor, k) => {
      this.heads[k].replaceChildren(...withScripts(units[k]), isWritten ? ` ${formatNumber(factor)}` : "");
      this.heads[k].setAttribute("data-link", `unit:${k}`);
      A[n].forEach((input, j) => {
        const cell = this.cells[k][j];
        cell.setAttribute("data-cell", `outer${name}:${k}:${j}`);
        cell.setAttribute("data-link", `n:${name} unit:${k} in:${j} w:${k}:${j}`);
        cell.setAttribute("data-lights", `n:${name} w:${k}:${j}`);
        cell.dataset.value = ""; // its name changes even where its number does not
        writeCell(cell, factor * input, this.scale, {
          text: isWritten ? undefined : null,
          name: filledText(entry, weights[k * inputs.length + j], name),
        });
      });
    });
  }
}
