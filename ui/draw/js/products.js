/** Two products of one D: with A down the observations, with W across the units. Any cell can be chosen. */
/** @import { Observations, ProductsPart, SheetData, Total } from "./types.d.ts" */
import { optionsAt, placeOfOptions } from "./controls.js";
import { element, withScripts } from "./element.js";
import { grid, sheet, writeCell } from "./matrix.js";
import { everyDigit, formatNumber, formatSigned, scaleOf } from "./text.js";

/** @typedef {"D" | "A" | "gradient" | "W" | "through"} SheetName */
/** @typedef {{matrix: SheetName, row: number, col: number}} Spot a cell on the screen */
/** @typedef {{row: number, col: number, pick: number}} Chosen unit, input and observation */
/** @typedef {{data: SheetData, cells: HTMLElement[][], heads: HTMLElement[], scale: number}} DrawnSheet */
/** @typedef {{value: number, how: string, key: string, link: string, lights: string}} Term */

const SHEETS = /** @type {SheetName[]} */ (["D", "A", "gradient", "W", "through"]);
const OF_OBSERVATIONS = ["D", "A", "through"];
const ROUNDED_OFF = 8 * Number.EPSILON; // what is left of a sum that cancels: backprop/noise.py
const ALIKE = /** @type {SheetName[][]} */ ([["D"], ["A", "gradient"], ["W", "through"]]); // as wide as each other
const IN_LINE = /** @type {SheetName[]} */ (["D", "A", "through"]);

/** @type {Record<string, [down: number, right: number]>} */
const ARROWS = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

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

/** Which observations are written out: all of a few, else those with the lowest and highest products, and the chosen one. @param {number[]} terms of the chosen cell @param {number} pick @param {{most: number, ends: number}} limits */
export function writtenOut(terms, pick, { most, ends }) {
  const all = terms.map((_, n) => n);
  if (all.length <= most) return all;
  const ranked = all.toSorted((a, b) => terms[a] - terms[b]);
  const written = [...ranked.slice(0, ends), ...ranked.slice(-ends)];
  if (!written.includes(pick)) written[ends] = pick; // of the highest the least
  return written.toSorted((a, b) => a - b);
}

/** A sum, 0 where nothing but rounding is left of it. @param {number[]} terms */
export function sumOf(terms) {
  const sum = terms.reduce((total, term) => total + term, 0);
  return Math.abs(sum) <= ROUNDED_OFF * Math.max(...terms.map(Math.abs)) ? 0 : sum;
}

/** What every observation says about an entry of the gradient. @param {number[][]} D @param {number[][]} A @param {number} row @param {number} col */
export function termsOf(D, A, row, col) {
  return D.map((units, n) => units[row] * A[n][col]);
}

/** A text with what belongs into its places. @param {string} text @param {...(string | number)} names */
export function filledText(text, ...names) {
  return text.replace(/\{(\d)\}/g, (_, place) => String(names[place]));
}

/** An observation beside the colour of its kind, if there are several. @param {Observations} observations @param {number} n @param {string} [text] its name, if no other */
export function swatched({ names, kinds, kind_names: kindNames }, n, text = names[n]) {
  const kind = kindNames[kinds[n]];
  if (!kind) return [text];
  return [element("i", { class: `bp-swatch bp-species-${kinds[n]}`, title: kind }), text];
}

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
    this.down = new Sum(part.down, "down");
    this.across = new Sum(part.across, "across");
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
        how: `${formatNumber(D.values[n][row])} · ${formatNumber(A.values[n][col])}`,
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
        how: `${formatNumber(value)} · ${formatNumber(W.values[k][col])}`,
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

/** Products, one after another, and their sum or mean. */
class Sum {
  /** @param {Total} total @param {"down" | "across"} name */
  constructor(total, name) {
    this.total = total;
    const formula = element("div", { class: "bp-inline-formula" });
    formula.innerHTML = total.mathml; // made on the server from our own strings
    this.line = element("p", { class: "bp-sum-line" });
    const note = total.note ? [element("p", { class: "bp-note" }, total.note)] : [];
    const badge = element("p", { class: `bp-badge bp-of-${name}` }, total.badge);
    this.root = element(
      "div",
      { class: `bp-total bp-total-${name}` },
      element("div", { class: "bp-products-top" }, badge, formula),
      this.line,
      ...note,
    );
  }

  /** @param {{name: string, share: number, terms: Term[], rest: number[], sum: number, key: string, isWritten: boolean}} shown */
  show({ name, share, terms, rest, sum, key, isWritten }) {
    const last = terms.length - 1;
    const isAlone = !last && !rest.length && share === 1; // its number is the sum, so its factors are said
    const products = terms.flatMap((term, index) => [
      this.term(term, isWritten, isWritten || index === last ? "" : ",", isAlone),
      " ",
    ]);
    const others = rest.length ? [this.others(rest), " "] : [];
    const added = share > 1 || others.length ? [`1/${share} · ( `, ...products, ...others, ") "] : products;
    const result = element("strong", { "data-term": key, "data-value": sum }, formatSigned(sum));
    const total = element("span", { class: "bp-term" }, "= ", result);
    this.line.replaceChildren(...withScripts(name), " = ", ...added, total);
    this.line.removeAttribute("data-testid");
  }

  /** @param {Term} term @param {boolean} isWritten whether its factors can be read in the matrices @param {string} end @param {boolean} isAlone */
  term({ value, how, key, link, lights }, isWritten, end, isAlone) {
    const shown = value || !isWritten ? formatSigned(value) : "+0";
    const number = element(
      "span",
      { "data-term": key, "data-value": value, title: `${how} = ${everyDigit(value)}` },
      isAlone ? how : shown,
    );
    const said = isWritten || isAlone ? [number] : [`${how} = `, number];
    return element("span", { class: "bp-term", "data-link": link, "data-lights": lights }, ...said, end);
  }

  /** @param {number[]} rest */
  others(rest) {
    const sum = sumOf(rest);
    const said = filledText(this.total.other ?? "", rest.length, formatSigned(sum));
    return element("span", { class: "bp-term", "data-term": "n:rest", "data-value": sum }, said);
  }

  showNone() {
    this.line.replaceChildren(this.total.none ?? "");
    this.line.setAttribute("data-testid", "no-paths");
  }
}
