/** Matrices: tables of numbers in the colour of their size. Those of a scene follow its slider. */
/** @import { Attributes, Drawn } from "./element.js" */
/** @import { Block, Linear, MatrixPart, TablesPart } from "./types.d.ts" */
import { all, CORNER, element, withScripts } from "./element.js";
import { everyDigit, formatNumber, scaleOf, shareOf, signOf } from "./text.js";
import { heldAt } from "./values.js";

const WIDE = 14; // columns on one line from which cells are drawn narrower
const MOST_NAMES = 24; // of squares without numbers
const SIGNS = ["pos", "neg", "zero"];

// --- as all pages draw them ---------------------------------------------------------------------------

/** Where a cell is, for its attributes. @param {string} matrix such as "a1:value" @param {number} row @param {number} col */
export function cellPlace(matrix, row, col) {
  return { "data-matrix": matrix, "data-row": row, "data-col": col };
}

/**
 * A number into its cell; only what has changed is written.
 * @param {HTMLElement} cell @param {number} value
 * @param {number | null} scale the size of the fullest colour; null for none
 * @param {{text?: string | null, name?: string}} [look] how the number is written, null for not at all; what it is called
 */
export function writeCell(cell, value, scale, { text, name } = {}) {
  if (cell.dataset.value !== String(value)) {
    cell.dataset.value = String(value);
    cell.title = name ? `${name} = ${everyDigit(value)}` : everyDigit(value);
    if (text !== null) cell.textContent = text ?? formatNumber(value);
    if (scale !== null) {
      cell.classList.remove(...SIGNS);
      cell.classList.add(signOf(value));
    }
  }
  if (scale !== null) cell.style.setProperty("--share", shareOf(value, scale));
}

/** @typedef {string | (Node | string)[]} Name of a row or a column */

/** @param {Name} name */
const named = (name) => typeof name === "string" ? [name] : name;

/**
 * A matrix with the names of its rows and columns, as far as it has any.
 * @param {{rows: Name[], columns: Name[], corner?: string, more?: HTMLElement[]}} names and rows that follow
 * @param {HTMLElement[][]} cells @param {Attributes} [attributes]
 */
export function grid({ rows, columns, corner = "", more = [] }, cells, attributes) {
  const isNamed = rows.some(Boolean) || corner !== "";
  const head = isNamed ? [element(corner ? "th" : "td", { class: "corner" }, corner || CORNER)] : [];
  const body = element("tbody");
  if (columns.some(Boolean)) {
    head.push(...columns.map((name) => element("th", { scope: "col" }, ...named(name))));
    body.append(element("tr", {}, ...head));
  }
  cells.forEach((row, index) => {
    const name = isNamed ? [element("th", { scope: "row" }, ...named(rows[index] || CORNER))] : [];
    body.append(element("tr", {}, ...name, ...row));
  });
  body.append(...more);
  return element("table", { class: "bp-matrix", ...attributes }, body);
}

/** Below a matrix the sums of its columns. @param {Node} name @param {HTMLElement[]} cells */
export function sumRows(name, cells) {
  const down = cells.map(() => element("td", { class: "bp-sum-sign", "aria-hidden": "true" }, "↓"));
  return [
    element("tr", {}, element("th", {}, "Σ"), ...down),
    element("tr", { class: "sum-row" }, element("th", { scope: "row" }, name), ...cells),
  ];
}

/** A matrix under its title. @param {(Node | string)[]} title @param {HTMLElement} table @param {Attributes} [attributes] */
export function sheet(title, table, attributes) {
  return element(
    "figure",
    { class: "bp-sheet", ...attributes },
    element("figcaption", {}, ...title),
    table,
  );
}

/** Matrices beside each other, of so many columns, and the signs between them. @param {(HTMLElement | string)[]} items @param {number} columns */
export function sheets(items, columns) {
  const equals = items.indexOf("=");
  const end = equals < 0 ? 0 : [...items, "and"].indexOf("and", equals);
  const drawn = items.map((item, index) => {
    const made = typeof item === "string" ? element("span", { class: "bp-sign" }, item) : item;
    if (index === equals) made.classList.add("bp-equals");
    else if (equals < index && index < end) made.classList.add("bp-made");
    return made;
  });
  return element("div", { class: columns > WIDE ? "bp-sheets bp-narrow" : "bp-sheets" }, ...drawn);
}

// --- of a scene ---------------------------------------------------------------------------------------

/** @typedef {{root: HTMLElement, show: (number: number, place: number) => void}} Following what follows the control, and the slider's number */
/** @typedef {{block: Block, cells: HTMLElement[][]}} Sheet */

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
  const { blocks, rows, is_written: isWritten, is_large: isLarge } = part;
  const own = blocks.map(sheetOf);
  const above = part.above && sheetOf(part.above);
  const below = part.below && sheetOf(part.below);
  const items = own.flatMap(({ block: { title = "", columns, sign = "" }, cells }, index) => {
    const isLast = index === blocks.length - 1;
    const before = above && isLast ? above.cells : [];
    const names = {
      rows: [...before.map(() => ""), ...rows.map(scripted)],
      columns: namesOf(columns, isWritten).map(scripted),
      more: below && isLast ? sumRows(span(below.block.title ?? ""), below.cells[0]) : [],
    };
    const table = grid(names, [...before, ...cells], index ? { class: "bp-matrix bp-next" } : {});
    linkCells(part, table, [...cells, ...(below?.cells ?? [])]);
    const drawn = title ? sheet(withScripts(title), table) : table;
    return index ? [sign, drawn] : [drawn];
  });
  const width = blocks.reduce((sum, { columns }) => sum + columns.length, 0);
  const root = element(
    "div",
    {
      ...(isLarge ? { style: `--columns: ${width}` } : {}),
      class: `bp-scroll${isWritten ? "" : " bp-unwritten"}${isLarge ? " bp-large" : ""}`,
      role: "img",
      "aria-label": part.alt,
      tabindex: "0",
    },
    sheets(items, width),
  );
  const drawn = [...own, ...[above, below].filter((sheet) => sheet !== undefined)];
  const show = (/** @type {number} */ number, /** @type {number} */ place) => {
    showSheets(part, drawn, number);
    if (part.marked === undefined) return;
    const marked = heldAt(part.marked, place);
    for (const { cells } of drawn) {
      for (const row of cells) {
        row.forEach((cell, c) => cell.classList.toggle("bp-marked-cell", c === marked));
      }
    }
  };
  return { root, show };
}

/** With raised and lowered digits, if there is a name. @param {string} name */
const scripted = (name) => name && withScripts(name);

/** @param {string} text */
function span(text) {
  return element("span", {}, ...withScripts(text));
}

/** What the rows and columns of a matrix belong to, and what a click on a column picks; an entry with a link of its own lights that alone. @param {MatrixPart} part @param {HTMLElement} table @param {HTMLElement[][]} cells */
function linkCells({ row_links: rowLinks = [], column_links: columnLinks = [], options = [] }, table, cells) {
  if (!rowLinks.length && !columnLinks.length) return;
  const link = (
    /** @type {Drawn} */ cell,
    /** @type {(string | undefined)[]} */ links,
    /** @type {number | undefined} */ option,
  ) => {
    const own = cell.dataset.link;
    if (own) cell.dataset.lights = own;
    const names = [own, ...links].filter(Boolean).join(" ");
    if (names) cell.dataset.link = names;
    if (option !== undefined) cell.dataset.option = String(option);
  };
  all(table, 'th[scope="row"]').forEach((head, r) => link(head, [rowLinks[r]], undefined));
  all(table, 'th[scope="col"]').forEach((head, c) => link(head, [columnLinks[c]], options[c]));
  cells.forEach((row, r) => row.forEach((cell, c) => link(cell, [rowLinks[r], columnLinks[c]], options[c])));
}

/** Of narrow columns only every second or third has room for its name; the last, the bias, always has one. @param {string[]} columns @param {boolean} isWritten */
function namesOf(columns, isWritten) {
  const every = isWritten ? 1 : Math.ceil((3 * columns.length) / MOST_NAMES);
  const last = columns.length - 1;
  return columns.map((name, index) =>
    index === last || (index % every === 0 && last - index >= every) ? name : ""
  );
}

/** Empty cells. @param {Block} block @returns {Sheet} */
function sheetOf(block) {
  const cells = entriesAt(block.values, 0).map((row, r) =>
    row.map((_, c) => element("td", attributesOf(block, r, c)))
  );
  return { block, cells };
}

/** What an entry is called, and what it belongs to. @param {Block} block @param {number} row @param {number} col */
function attributesOf({ name = "", keys = [], link = "" }, row, col) {
  const [kind, place] = name.split("=");
  return {
    ...(kind ? { [`data-${kind}`]: `${place}:${keys[row] ?? row}:${col}` } : {}),
    ...(link ? { "data-link": link.replace("{row}", String(row)).replace("{column}", String(col)) } : {}),
  };
}

/** @param {MatrixPart} part @param {Sheet[]} drawn @param {number} number */
function showSheets({ entries, is_written: isWritten }, drawn, number) {
  const values = drawn.map(({ block }) => entriesAt(block.values, number));
  drawn.forEach(({ block: { scale, entry }, cells }, index) => {
    const largest = scaleOf(drawn.flatMap(({ block }, n) => block.scale === scale ? values[n].flat() : []));
    values[index].forEach((row, r) =>
      row.forEach((value, c) =>
        writeCell(cells[r][c], value, largest, {
          text: isWritten ? undefined : null,
          name: entry?.replace("{0}", entries?.[r][c] ?? ""),
        })
      )
    );
  });
}

/** All numbers as plain tables, folded away. @param {TablesPart} part @returns {Following} */
export function tables({ title, rows, blocks }) {
  const drawn = blocks.map(sheetOf);
  const root = element(
    "details",
    { class: "bp-more" },
    element("summary", {}, title),
    ...drawn.map(({ block, cells }) => {
      const names = { rows, columns: block.columns, corner: block.title };
      return element("div", { class: "bp-scroll" }, grid(names, cells, { class: "bp-table" }));
    }),
  );
  const show = (/** @type {number} */ number) =>
    drawn.forEach(({ block, cells }) =>
      entriesAt(block.values, number).forEach((row, r) =>
        row.forEach((value, c) => writeCell(cells[r][c], value, null))
      )
    );
  return { root, show };
}
