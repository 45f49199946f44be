/** Matrices whose entries follow the slider: coloured, or as plain tables. */
/** @import { Block, Linear, MatrixPart, TablesPart } from "./types.d.ts" */
import { element } from "./element.js";
import { everyDigit, formatNumber, scaleOf, signOf } from "./text.js";

const MOST_NAMES = 24; // of narrow columns

/** @typedef {{root: HTMLElement, show: (number: number) => void}} Following what follows the slider's number */
/** @typedef {{cells: HTMLElement[][], values: Linear, scale: string, write: (cell: HTMLElement, value: number, row: number, col: number) => void}} Sheet */

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
    /** @type {(index: number) => HTMLElement[]} */ cellsOf,
    isMiddle = false,
  ) =>
    element(
      "tr",
      {},
      name ? element("th", { scope: "row" }, name) : element("td"),
      ...part.blocks.flatMap(({ sign = "" }, index) => [
        ...(index ? [element("td", { class: "bp-sign" }, isMiddle ? sign : "")] : []),
        ...cellsOf(index),
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

/** @param {Block} block @param {MatrixPart} part @returns {Sheet} */
function sheetOf(block, part) {
  const cells = entriesAt(block.values, 0).map((row) => row.map(() => element("td")));
  const write = (
    /** @type {HTMLElement} */ cell,
    /** @type {number} */ value,
    /** @type {number} */ row,
    /** @type {number} */ col,
  ) => {
    if (part.is_written) cell.textContent = formatNumber(value);
    const entry = block.entry?.replace("{0}", part.entries?.[row][col] ?? "");
    cell.title = entry ? `${entry} = ${everyDigit(value)}` : everyDigit(value);
  };
  return { cells, values: block.values, scale: block.scale ?? "", write: named(block, write) };
}

/** The same, with its data attribute. @param {Block} block @param {Sheet["write"]} write @returns {Sheet["write"]} */
function named({ name }, write) {
  const [kind, place] = (name ?? "").split("=");
  return (cell, value, row, col) => {
    write(cell, value, row, col);
    if (kind) cell.setAttribute(`data-${kind}`, `${place}:${row}:${col}`);
  };
}

/** @param {Sheet[]} sheets @param {number} number */
function showSheets(sheets, number) {
  const all = sheets.map(({ values }) => entriesAt(values, number));
  sheets.forEach(({ cells, scale, write }, index) => {
    const largest = scaleOf(sheets.flatMap((sheet, other) => sheet.scale === scale ? all[other].flat() : []));
    all[index].forEach((row, r) =>
      row.forEach((value, c) => {
        const cell = cells[r][c];
        if (cell.dataset.value !== String(value)) {
          cell.dataset.value = String(value);
          write(cell, value, r, c);
          cell.className = `bp-cell ${signOf(value)}`;
        }
        cell.style.setProperty("--share", (Math.abs(value) / largest).toFixed(3));
      })
    );
  });
}

/** All numbers as plain tables, folded away. @param {TablesPart} part @returns {Following} */
export function tables({ title, rows, blocks }) {
  const sheets = blocks.map((block) => {
    const cells = entriesAt(block.values, 0).map((row) => row.map(() => element("td")));
    const write = named(block, (cell, value) => {
      cell.textContent = formatNumber(value);
      cell.dataset.value = String(value);
    });
    return { block, cells, write };
  });
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
    sheets.forEach(({ block, cells, write }) =>
      entriesAt(block.values, number).forEach((row, r) =>
        row.forEach((value, c) => write(cells[r][c], value, r, c))
      )
    );
  return { root, show };
}
