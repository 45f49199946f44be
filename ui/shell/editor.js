/** A table of text fields, one for each number. What they hold goes to the server, which reads it (ui.names.typed). */
/** @import { Mounted, Parent } from "../draw/js/types.d.ts" */
import { element } from "../draw/js/element.js";

const PAUSE = 300; // ms without a key before the server hears of it

/** @typedef {Record<string, string>} Texts by "row,column" */
/** @typedef {{rows: string[], columns: string[], names: string[][], shown: string[][], typed: Texts, wrong: Texts}} Data */

/** @type {WeakMap<Parent, Fields>} */
const mounted = new WeakMap();

/** @param {Mounted<Data>} component */
export default function ({ data, parentElement, setStateValue }) {
  let fields = mounted.get(parentElement);
  if (!fields) {
    fields = new Fields(parentElement, data);
    mounted.set(parentElement, fields);
  }
  fields.report = (typed) => setStateValue("typed", typed);
  fields.mark(data.wrong);
}

class Fields {
  /** @type {(typed: Texts) => void} */ report;
  /** @type {ReturnType<typeof setTimeout> | undefined} */ timer;

  /** @param {Parent} parent @param {Data} data */
  constructor(parent, data) {
    this.shown = data.shown;
    this.inputs = data.shown.map((texts, row) =>
      texts.map((text, column) => field(data.names[row][column], data.typed[`${row},${column}`] ?? text))
    );
    this.said = element("p", { role: "alert" });
    const table = element("table");
    table.append(
      element("tr", {}, element("td"), ...data.columns.map((name) => element("th", { scope: "col" }, name))),
    );
    this.inputs.forEach((inputs, row) =>
      table.append(
        element(
          "tr",
          {},
          element("th", { scope: "row" }, data.rows[row]),
          ...inputs.map((input) => element("td", {}, input)),
        ),
      )
    );
    const box = element("div", { class: "numbers" }, table);
    parent.append(box, this.said);
    box.addEventListener("input", () => this.tell(PAUSE));
    box.addEventListener("change", () => this.tell(0));
    box.addEventListener("focusin", ({ target }) => target instanceof HTMLInputElement && target.select());
    box.addEventListener("mousedown", (event) => this.press(event));
    box.addEventListener("keydown", (event) => this.key(event));
    box.addEventListener("paste", (event) => this.paste(event));
  }

  /** A first press selects the whole number, so that typing replaces it; a second one sets the caret. @param {MouseEvent} event */
  press(event) {
    const { target } = event;
    if (!(target instanceof HTMLInputElement) || target.matches(":focus")) return;
    event.preventDefault();
    target.focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.key !== "Escape") event.stopPropagation(); // shortcuts of the page hear of none of it
    const move = new Map([["Enter", event.shiftKey ? -1 : 1], ["ArrowDown", 1], ["ArrowUp", -1]]).get(
      event.key,
    );
    if (!move || event.isComposing) return;
    event.preventDefault();
    const [row, column] = this.placeOf(event.target);
    this.inputs[row + move]?.[column]?.focus();
    this.tell(0);
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const text = event.clipboardData?.getData("text/plain") ?? "";
    const [row, column] = this.placeOf(event.target);
    const room = [this.inputs.length - row, this.inputs[0].length - column];
    this.said.textContent = "";
    const { block, error } = fitted(readBlock(text), room);
    if (block?.[0][0] === text) return; // as into any field
    event.preventDefault();
    this.said.textContent = error ?? "";
    if (!block) return;
    block.forEach((texts, i) =>
      texts.forEach((entry, j) => (this.inputs[row + i][column + j].value = entry))
    );
    this.inputs[row][column].select();
    this.tell(0);
  }

  /** @param {EventTarget | null} target one of the fields */
  placeOf(target) {
    const input = /** @type {HTMLInputElement} */ (target);
    const row = this.inputs.findIndex((inputs) => inputs.includes(input));
    return [row, this.inputs[row].indexOf(input)];
  }

  /** @param {number} pause in ms */
  tell(pause) {
    clearTimeout(this.timer);
    if (pause) this.timer = setTimeout(() => this.tell(0), pause);
    else this.report(this.typed());
  }

  /** The texts that are not those shown at first, by "row,column". */
  typed() {
    /** @type {Texts} */
    const typed = {};
    this.inputs.forEach((inputs, row) =>
      inputs.forEach((input, column) =>
        input.value !== this.shown[row][column] && (typed[`${row},${column}`] = input.value)
      )
    );
    return typed;
  }

  /** @param {Texts} wrong sentences */
  mark(wrong) {
    this.inputs.forEach((inputs, row) =>
      inputs.forEach((input, column) => {
        const sentence = wrong[`${row},${column}`] ?? "";
        input.setAttribute("aria-invalid", String(Boolean(sentence)));
        input.title = sentence;
      })
    );
  }
}

/** @param {string} name @param {string} text */
function field(name, text) {
  const input = element("input", {
    type: "text",
    "aria-label": name,
    autocomplete: "off",
    spellcheck: "false",
  });
  input.value = text;
  return input;
}

/**
 * Rows of what was pasted, each entry as text, from a spreadsheet, NumPy, Python or a page. Between brackets
 * commas and spaces part the numbers. Without brackets a line is a row; tabs part its numbers, else
 * semicolons, else spaces and those commas that cannot be decimal ones.
 * @param {string} text
 * @returns {string[][]}
 */
export function readBlock(text) {
  const isTuple = /^\s*[({][^[\]]*,\s[^[\]]*[)}]\s*$/.test(text);
  const listed = isTuple ? text.replace(/[({]/g, "[").replace(/[)}]/g, "]") : text;
  if (!listed.includes("[")) return lines(text);
  const body = listed.slice(listed.indexOf("["), listed.lastIndexOf("]") + 1 || undefined); // what is outside, such as a dtype, is no number
  const rows = body.split(/[[\];]/).map((row) => row.replace(/^[\s,]+|[\s,]+$/g, ""));
  return rows.filter(Boolean).map((row) => row.split(/\s*,\s*|\s+/));
}

/** @param {string} text */
function lines(text) {
  const rows = text.replace(/^[\r\n]+|[\r\n ]+$/g, "").split(/\r?\n/);
  const mark = ["\t", ";"].find((sign) => text.includes(sign));
  if (mark) return rows.map((row) => row.split(mark).map((entry) => entry.trim()));
  const isList = text.includes(".") || /,\s|,[^\s,]*,/.test(text);
  return rows.map((row) => {
    const entries = row.trim().replace(/,$/, "").split(isList ? /\s*,\s*|\s+/ : /\s+/);
    return entries.some((entry) => /^[-+*/·×÷−]$/.test(entry)) ? [row.trim()] : entries; // 0.5 * 3 is one
  });
}

/**
 * The block, or what is wrong with it where it has no room; one row that has none may go down, one column across.
 * @param {string[][]} block
 * @param {number[]} room rows and columns from the cell on
 * @returns {{block?: string[][], error?: string}}
 */
export function fitted(block, [height, width]) {
  const columns = Math.max(...block.map((row) => row.length));
  if (block.some((row) => row.length !== columns)) {
    return { error: "Nothing was pasted: the rows have different numbers of entries." };
  }
  const fits = (/** @type {string[][]} */ rows) => rows.length <= height && rows[0].length <= width;
  const turned = block[0].map((_, column) => block.map((row) => row[column]));
  if (fits(block)) return { block };
  if ((block.length === 1 || columns === 1) && fits(turned)) return { block: turned };
  return {
    error:
      `Nothing was pasted: you have ${block.length} × ${columns} numbers, and from this cell on there is room for ${height} × ${width}.`,
  };
}
