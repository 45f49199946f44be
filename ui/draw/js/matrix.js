/** Matrices whose entries follow the slider: coloured, or as plain tables. */
/** @import { Block, Linear, MatrixPart, TablesPart } from "./types.d.ts" */
import { CORNER, element } from "./element.js";
import { everyDigit, formatNumber, scaleOf, signOf } from "./text.js";

const MOST_NAMES = 24; // of narrow columns

/** @typedef {{root: HTMLElement, show: (number: number) => void}} Following what follows the slider's number */
/** @typedef {(cell: HTMLElement, value: number, row: number, col: number) => void} Write */
/** @typedef {{cells: HTMLElement[][], values: Linear, scale: string, write: Write}} Sheet */

/** An entry where the slider is. @param {Linear} values @param {number} number @param {number} row @param {number} col */
export function entryAt({ start, slope }, number, row, col) {
  return (start ? start[row][col] : 0) + (slope ? number * slope[row][col] : 0);
}

/** All entries, row by row. @param {Linear} values @param {number} number */
export function entriesAt(values, number) {
  const rows = values.start ?? values.slope ?? [];
  return rows.map((row, r) => row.map((_, c) => entryAt(values, number, r, c)));
}

/** Beside each other, each entry in the colour of its size. @param {MatrixPart} part @returns {Following} */
export function matrix(part) {
  const sheets = part.blocks.map((block) => sheetOf(block, part));
  const above = part.above && sheetOf(part.above, part);
  const last = part.blocks.length - 1;
  const blank = (/** @type {Block} */ { columns }) => columns.map(() => element("td"));
  const middle = Math.floor((part.rows.length - 1) / 2);
  const rowOf = (
    /** @type {string} */ name,
    /** @type {(index: number) => HTMLElement[]} */ blockCells,
    isMiddle = false,
  ) =>
    element(
      "tr",
      {},
      name ? element("th", { scope: "row" }, name) : element("td", {}, CORNER),
      ...part.blocks.flatMap(({ sign = "" }, index) => [
        ...(index ? [element("td", { class: "bp-sign" }, isMiddle ? sign : "")] : []),
        ...blockCells(index),
      ]),
    );
  const titles = rowOf("", (index) => {
    const { title, columns } = part.blocks[index];
    return [element("th", { colspan: columns.length, class: "bp-block" }, title)];
  });
  const names = rowOf("", (index) => namesOf(part.blocks[index].columns, part.is_written));
  const before = above
    ? [rowOf("", (index) => index === last ? above.cells[0] : blank(part.blocks[index]))]
    : [];
  const rows = part.rows.map((name, row) => rowOf(name, (index) => sheets[index].cells[row], row === middle));
  const look = part.is_written ? "bp-matrix" : "bp-matrix bp-unwritten";
  const table = element("table", { class: look }, element("tbody", {}, titles, names, ...before, ...rows));
  const root = element(
    "div",
    { class: "bp-scroll", role: "img", "aria-label": part.alt, tabindex: "0" },
    table,
  );
  return { root, show: (number) => showSheets(above ? [...sheets, above] : sheets, number) };
}

/** Of narrow columns only every second or third has room for its name; the last, the bias, always has one. @param {string[]} columns @param {boolean} isWritten */
function namesOf(columns, isWritten) {
  const every = isWritten ? 1 : Math.ceil((3 * columns.length) / MOST_NAMES);
  const last = columns.length - 1;
  return columns.map((name, index) => {
    const isNamed = index === last || (index % every === 0 && last - index >= every);
    return element("th", { scope: "col" }, isNamed ? name : "");
  });
}

/** Empty cells, with their data attribute. @param {Block} block */
function blockCells({ values, name = "" }) {
  const [kind, place] = name.split("=");
  return entriesAt(values, 0).map((row, r) =>
    row.map((_, c) => element("td", kind ? { [`data-${kind}`]: `${place}:${r}:${c}` } : {}))
  );
}

/** @param {HTMLElement[][]} cells @param {number[][]} values @param {Write} write */
function writeChanged(cells, values, write) {
  values.forEach((row, r) =>
    row.forEach((value, c) => {
      const cell = cells[r][c];
      if (cell.dataset.value === String(value)) return;
      cell.dataset.value = String(value);
      write(cell, value, r, c);
    })
  );
}

/** @param {Block} block @param {MatrixPart} part @returns {Sheet} */
function sheetOf(block, part) {
  /** @type {Write} */
  const write = (cell, value, row, col) => {
    const entry = block.entry?.replace("{0}", part.entries?.[row][col] ?? "");
    if (part.is_written) cell.textContent = formatNumber(value);
    cell.title = entry ? `${entry} = ${everyDigit(value)}` : everyDigit(value);
    cell.className = `bp-cell ${signOf(value)}`;
  };
  return { cells: blockCells(block), values: block.values, scale: block.scale ?? "", write };
}

/** @param {Sheet[]} sheets @param {number} number */
function showSheets(sheets, number) {
  const all = sheets.map(({ values }) => entriesAt(values, number));
  sheets.forEach(({ cells, scale, write }, index) => {
    const largest = scaleOf(sheets.flatMap((sheet, other) => sheet.scale === scale ? all[other].flat() : []));
    writeChanged(cells, all[index], write);
    all[index].forEach((row, r) =>
      row.forEach((value, c) =>
        cells[r][c].style.setProperty("--share", (Math.abs(value) / largest).toFixed(3))
      )
    );
  });
}

/** All numbers as plain tables, folded away. @param {TablesPart} part @returns {Following} */
export function tables({ title, rows, blocks }) {
  const sheets = blocks.map((block) => ({ block, cells: blockCells(block) }));
  const drawn = sheets.map(({ block, cells }) => {
    const head = [block.title, ...block.columns].map((name) => element("th", { scope: "col" }, name));
    const body = rows.map((name, row) =>
      element("tr", {}, element("th", { scope: "row" }, name), ...cells[row])
    );
    const table = element(
      "table",
      { class: "bp-table" },
      element("thead", {}, element("tr", {}, ...head)),
      element("tbody", {}, ...body),
    );
    return element("div", { class: "bp-scroll" }, table);
  });
  const root = element("details", { class: "bp-more" }, element("summary", {}, title), ...drawn);
  const show = (/** @type {number} */ number) =>
    sheets.forEach(({ block, cells }) =>
      writeChanged(cells, entriesAt(block.values, number), (cell, value) => {
        cell.textContent = formatNumber(value);
      })
    );
  return { root, show };
}
