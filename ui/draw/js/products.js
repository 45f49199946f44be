/** Two products of one D: with A down the observations, with W across the units. Any cell can be chosen. */
/** @import { SheetName, Spot } from "./crossing.js" */
/** @import { ProductsPart, SheetData } from "./types.d.ts" */
import { optionsAt, placeOfOptions } from "./controls.js";
import { ARROWS, spotBeside } from "./crossing.js";
import { element, withScripts } from "./element.js";
import { grid, sheet, writeCell } from "./matrix.js";
import { swatched } from "./picture.js";
import { filledText, formatNumber, scaleOf } from "./text.js";
import { factors, termsOf, writtenOut, WrittenSum } from "./written_sum.js";

/** @typedef {{row: number, col: number, pick: number}} Chosen unit, input and observation */
/** @typedef {{data: SheetData, cells: HTMLElement[][], heads: HTMLElement[], scale: number}} DrawnSheet */

const SHEETS = /** @type {SheetName[]} */ (["D", "A", "gradient", "W", "through"]);
const OF_OBSERVATIONS = ["D", "A", "through"];
const ALIKE = /** @type {SheetName[][]} */ ([["D"], ["A", "gradient"], ["W", "through"]]); // as wide as each other
const IN_LINE = /** @type {SheetName[]} */ (["D", "A", "through"]);

export class Products {
  /** @type {SheetName} where the keys move */ cursor = "gradient";
  /** The chosen place. */ chosen = NaN;
  /** @type {number[]} observations that are written out */ rows = [];

  /** @param {ProductsPart} part @param {(place: number) => void} choose */
  constructor(part, choose) {
    this.part = part;
    this.choose = choose;
    const count = part.observations.names.length;
    this.counts = [part.units.length, part.inputs.length, count];
    const written = count <= part.most ? count : 2 * part.ends;
    this.sheets = /** @type {Record<SheetName, DrawnSheet>} */ (Object.fromEntries(
      SHEETS.map((name) => [name, drawnSheet(part[name], OF_OBSERVATIONS.includes(name) ? written : 0)]),
    ));
    this.down = new WrittenSum(part.down, "down");
    this.across = new WrittenSum(part.across, "across");
    this.root = element(
      "div",
      {
        class: part.is_written ? "bp-products" : "bp-products bp-unwritten",
        role: "group",
        "aria-label": part.alt,
        style: this.room,
      },
      this.down.root,
      ...["D", "A"].map((name) => this.box(/** @type {SheetName} */ (name))),
      ...(part.more ? [element("p", { class: "bp-rest bp-note" }, part.more)] : []),
      ...["gradient", "W", "through"].map((name) => this.box(/** @type {SheetName} */ (name))),
      this.across.root,
    );
    this.root.addEventListener("keydown", (event) => this.press(event));
    this.root.addEventListener("click", ({ target }) => {
      this.cursor = this.spotOf(target)?.matrix ?? this.cursor;
      this.markTabStop();
    });
  }

  /** How many columns and digits there are beside each other: styles make the numbers as large as they fit. */
  get room() {
    const counts = IN_LINE.map((name) => this.part[name].columns.length);
    const digits = IN_LINE.reduce((sum, name, index) => sum + counts[index] * this.digitsOf(name), 0);
    return `--columns: ${counts.reduce((sum, count) => sum + count)}; --all-digits: ${digits}`;
  }

  /** Of the longest number in a matrix, and in that above or below it. @param {SheetName} name */
  digitsOf(name) {
    const alike = ALIKE.find((names) => names.includes(name)) ?? [];
    const numbers = alike.flatMap((each) => this.part[each].values.flat());
    return Math.max(3, ...numbers.map((value) => formatNumber(value).length));
  }

  /** A matrix under its title, its columns as wide as those above or below it. @param {SheetName} name */
  box(name) {
    const { data, cells, heads } = this.sheets[name];
    const [link, notes] = name === "D" ? ["unit", this.part.unit_notes] : ["in", this.part.input_notes];
    const columns = data.columns.map((column, index) => [
      element("span", { title: notes[index], "data-link": `${link}:${index}` }, ...withScripts(column)),
    ]);
    const table = grid(
      { rows: heads.map((head) => [head]), columns },
      cells,
      { role: "grid", "aria-label": data.title },
    );
    const drawn = sheet(withScripts(data.title), table, { class: `bp-sheet bp-of-${name}` });
    drawn.style.setProperty("--digits", String(this.digitsOf(name)));
    return drawn;
  }

  /** @param {number} place that is pointed at, or chosen @param {Set<number>} _ @param {number} chosen */
  show(place, _, chosen) {
    if (this.chosen !== chosen) this.take(chosen);
    const at = this.at(place);
    this.mark(at);
    this.add(at);
  }

  /** @param {number} place @returns {Chosen} */
  at(place) {
    const [row, col, pick] = optionsAt(place, this.counts);
    return { row, col, pick };
  }

  /** The place of a cell. @param {Spot} spot @param {Chosen} chosen */
  placeOf({ matrix, row, col }, chosen) {
    const n = OF_OBSERVATIONS.includes(matrix) ? this.rows[row] : chosen.pick;
    const unit = matrix === "D" ? col : matrix === "gradient" || matrix === "W" ? row : chosen.row;
    return placeOfOptions([unit, matrix === "D" ? chosen.col : col, n], this.counts);
  }

  /** The chosen place: which observations are written out, and what a click on a cell chooses. @param {number} place */
  take(place) {
    const { D, A } = this.part;
    const hadFocus = this.spotOf(document.activeElement) !== undefined;
    this.chosen = place;
    const chosen = this.at(place);
    this.rows = writtenOut(termsOf(D.values, A.values, chosen.row, chosen.col), chosen.pick, this.part);
    for (const matrix of SHEETS) {
      const { cells, heads } = this.sheets[matrix];
      cells.forEach((line, row) => {
        this.writeHead(matrix, row, heads[row]);
        line.forEach((cell, col) => {
          cell.setAttribute("data-option", String(this.placeOf({ matrix, row, col }, chosen)));
          this.writeEntry({ matrix, row, col }, cell);
        });
      });
    }
    this.markTabStop();
    if (hadFocus) this.tabStop.focus({ preventScroll: true });
  }

  /** @param {SheetName} matrix @param {number} row @param {HTMLElement} head */
  writeHead(matrix, row, head) {
    const { observations, units } = this.part;
    const isOfObservations = OF_OBSERVATIONS.includes(matrix);
    const n = this.rows[row];
    const rows = this.part[matrix].rows ?? units;
    const [name, ...more] = rows[row]?.split(" ") ?? [];
    head.replaceChildren(
      ...(isOfObservations ? swatched(observations, n) : withScripts(name)),
      ...(isOfObservations ? [] : more.map((word) => element("span", { class: "bp-head-note" }, ` ${word}`))),
    );
    head.setAttribute("data-link", isOfObservations ? `n:${observations.names[n]}` : `unit:${row}`);
  }

  /** @param {Spot} spot @param {HTMLElement} cell */
  writeEntry(spot, cell) {
    const { matrix, row, col } = spot;
    const { data, scale } = this.sheets[matrix];
    const { observations, units, inputs, weights, is_written: isWritten } = this.part;
    const isOfObservations = OF_OBSERVATIONS.includes(matrix);
    const line = isOfObservations ? this.rows[row] : row;
    const observation = observations.names[line];
    const what = isOfObservations
      ? (matrix === "D" ? units : inputs)[col]
      : weights[row * inputs.length + col];
    const key = `${matrix}:${isOfObservations ? observation : row}:${col}`;
    const [link, lights] = LINKS[matrix](isOfObservations ? observation : row, col);
    for (
      const [name, text] of Object.entries({ "data-cell": key, "data-link": link, "data-lights": lights })
    ) cell.setAttribute(name, text);
    cell.dataset.value = ""; // its name changes even where its number does not
    writeCell(cell, data.values[line][col], scale, {
      text: isWritten ? undefined : null,
      name: filledText(data.entry, what, observation),
    });
  }

  /** What is multiplied, and what that adds up to. @param {Chosen} at */
  mark({ row, col, pick }) {
    const hasPaths = col < this.part.W.columns.length;
    const n = this.rows.indexOf(pick);
    /** @type {Record<SheetName, (r: number, c: number) => [boolean, boolean]>} */
    const factors = {
      D: (r, c) => [c === row, hasPaths && r === n],
      A: (_, c) => [c === col, false],
      W: (_, c) => [false, c === col],
      gradient: (r, c) => [r === row && c === col, false],
      through: (r, c) => [false, r === n && c === col],
    };
    for (const matrix of SHEETS) {
      this.sheets[matrix].cells.forEach((line, r) =>
        line.forEach((cell, c) => {
          const [isDown, isAcross] = factors[matrix](r, c);
          cell.classList.toggle("bp-down", isDown);
          cell.classList.toggle("bp-across", isAcross);
        })
      );
    }
  }

  /** Both sums. @param {Chosen} at */
  add({ row, col, pick }) {
    const { D, A, W, gradient, through, observations, inputs, weights } = this.part;
    const terms = termsOf(D.values, A.values, row, col);
    const name = filledText(this.part.down.name, weights[row * inputs.length + col]);
    this.down.show({
      name,
      share: terms.length,
      terms: this.rows.map((n) => ({
        value: terms[n],
        how: factors(D.values[n][row], A.values[n][col]),
        key: `n:${observations.names[n]}`,
        link: `n:${observations.names[n]} sum:n`,
        lights: `n:${observations.names[n]}`,
      })),
      rest: terms.filter((_, n) => !this.rows.includes(n)),
      sum: gradient.values[row][col],
      key: "n:mean",
      isWritten: this.part.is_written,
    });
    if (col === W.columns.length) return this.across.showNone();
    this.across.show({
      name: filledText(this.part.across.name, inputs[col], observations.names[pick]),
      share: 1,
      terms: D.values[pick].map((value, k) => ({
        value: value * W.values[k][col],
        how: factors(value, W.values[k][col]),
        key: `k:${k}`,
        link: `unit:${k} sum:k`,
        lights: `unit:${k}`,
      })),
      rest: [],
      sum: through.values[pick][col],
      key: "k:sum",
      isWritten: this.part.is_written,
    });
  }

  /** The one cell that the Tab key stops at: the chosen one of the matrix where the keys move. */
  get tabStop() {
    const { row, col, pick } = this.at(this.chosen);
    const n = this.rows.indexOf(pick);
    const cell = {
      D: () => this.sheets.D.cells[n][row],
      A: () => this.sheets.A.cells[n][col],
      W: () => this.sheets.W.cells[row][col],
      through: () => this.sheets.through.cells[n][col],
      gradient: () => undefined,
    }[this.cursor]();
    return cell ?? this.sheets.gradient.cells[row][col]; // a bias has no column in W
  }

  markTabStop() {
    const stop = this.tabStop;
    for (const { cells } of Object.values(this.sheets)) {
      for (const cell of cells.flat()) cell.setAttribute("tabindex", cell === stop ? "0" : "-1");
    }
  }

  /** @param {unknown} target @returns {Spot | undefined} */
  spotOf(target) {
    for (const matrix of SHEETS) {
      const { cells } = this.sheets[matrix];
      const row = cells.findIndex((line) => line.includes(/** @type {HTMLElement} */ (target)));
      if (row >= 0) return { matrix, row, col: cells[row].indexOf(/** @type {HTMLElement} */ (target)) };
    }
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    const spot = this.spotOf(event.target);
    if (!spot || !(event.key in ARROWS)) return;
    event.preventDefault();
    const sizes = /** @type {Record<SheetName, [number, number]>} */ (Object.fromEntries(
      SHEETS.map((name) => [name, [this.sheets[name].cells.length, this.part[name].columns.length]]),
    ));
    const next = spotBeside(spot, event.key, sizes);
    if (!next) return;
    this.cursor = next.matrix;
    const place = this.placeOf(next, this.at(this.chosen));
    if (place !== this.chosen) this.choose(place);
    this.markTabStop();
    this.tabStop.focus();
  }
}

/** What a cell belongs to, and what it lights: its observation, unit, input or weight, and the factors of a sum. @type {Record<SheetName, (line: string | number, col: number) => [link: string, lights: string]>} */
const LINKS = {
  D: (n, k) => [`n:${n} unit:${k} D:${k} row:${n}`, `n:${n} unit:${k}`],
  A: (n, j) => [`n:${n} in:${j} A:${j}`, `n:${n} in:${j}`],
  gradient: (k, j) => [`unit:${k} in:${j} w:${k}:${j}`, `w:${k}:${j} D:${k} A:${j} sum:n`],
  W: (k, j) => [`unit:${k} in:${j} w:${k}:${j} W:${j}`, `w:${k}:${j}`],
  through: (n, j) => [`n:${n} in:${j} through:${n}:${j}`, `through:${n}:${j} row:${n} W:${j} sum:k`],
};

/** Empty cells and heads. @param {SheetData} data @param {number} written rows of observations; 0 where its rows are others @returns {DrawnSheet} */
function drawnSheet(data, written) {
  const rows = written || data.values.length;
  const cells = Array.from({ length: rows }, () => data.columns.map(() => element("td")));
  const heads = cells.map(() => element("span"));
  return { data, cells, heads, scale: scaleOf(data.values.flat()) };
}
