/**
 * The keyboard: arrow keys step through the pass, or go from cell to cell while one has the focus.
 *
 * @import { Drawn } from "../../../draw/js/element.js"
 * @import { Stage } from "./stage.js"
 *
 * @typedef {Record<string, (() => unknown) | false | undefined>} Keys what they do
 */
import { all, element, nearest } from "../../../draw/js/element.js";

const TYPING =
  "input, textarea, select, [contenteditable], [role=slider], [role=combobox], [role=listbox], [role=textbox], [role=spinbutton]";

/** What lies over the page: Streamlit's dialogs and menus. */
const OVER = '[role="dialog"], [role="alertdialog"], [role="menu"]';

/** What can have the focus inside: cells, factors, nodes, edges. */
export const INSIDE = "[data-key], [data-factor], [data-node], [data-edge]";

const KEYS = [
  ["← →", "previous, next step"],
  ["↑ ↓", "previous, next phase"],
  ["Home End", "first, last step"],
  ["Tab", "into the network and the tables; arrow keys then go from cell to cell"],
  ["click, Enter", "keep an entry lit; Esc lets go"],
  ["P", "presenter mode; Esc leaves it"],
  ["Page Up Page Down", "in presenter mode, for clickers: previous, next step"],
  ["Space", "in presenter mode: next step; with Shift: previous step"],
  ["E", "in presenter mode: show the explaining sentence, or hide it"],
  ["Q", "quiz: guess a number of each step before you see it"],
  ["Enter →", "in the quiz: check the number; show it, and again: go on"],
  [
    "Page Up Page Down",
    "in the quiz, once you have typed: as ← →, which then move in the field; Esc leaves it",
  ],
  ["?", "this list; Esc closes it"],
];

/**
 * A key anywhere on the page. Listened to before the page itself, since Esc closes what lies over the stage.
 * @param {Stage} stage @param {KeyboardEvent} event
 */
export function pressKey(stage, event) {
  const target = event.composedPath()[0];
  if (!stage.payload || event.ctrlKey || event.metaKey || event.altKey || isTaken(stage, target, event)) {
    return;
  }
  act(event, insideKeys(stage, target)[event.key] ?? stageKeys(stage, event)[event.key]);
}

/** Whether the key belongs to what lies over the stage, or to what has the focus. @param {Stage} stage @param {EventTarget} target @param {KeyboardEvent} event */
function isTaken(stage, target, { key, shiftKey }) {
  if (stage.help.open) return key !== "?";
  if (document.querySelector(OVER)) return true;
  if (key === " " && !shiftKey && nearest(target, "button, summary")) return true;
  const isTurned = stage.state.present && ["PageUp", "PageDown", "Escape"].includes(key); // by a clicker, also with the focus in a menu
  return Boolean(nearest(target, TYPING)) && !(isTurned && target instanceof HTMLSelectElement);
}

/**
 * A key in the quiz's field. No number begins with a key of the stage, so in an empty field all of them work.
 * @param {Stage} stage @param {HTMLInputElement} field @param {KeyboardEvent} event
 */
export function pressFieldKey(stage, field, event) {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = stageKeys(stage, event);
  const { ArrowLeft: PageUp, ArrowRight: PageDown } = keys;
  const isEmpty = field.value === "";
  const Escape = () => (field.blur(), isEmpty && keys.Escape && keys.Escape());
  /** @type {Keys} */
  const here = { ...(isEmpty && keys), PageUp, PageDown, Escape };
  act(event, here[event.key]);
}

/** @param {KeyboardEvent} event @param {Keys[string]} action */
function act(event, action) {
  if (!action) return;
  event.preventDefault();
  action();
}

/** @param {Stage} stage @param {KeyboardEvent} event @returns {Keys} */
function stageKeys(stage, { repeat, shiftKey }) {
  const { position, present, pinned } = stage.state;
  const back = () => stage.goTo(position - 1);
  const on = () => !(repeat && stage.asked) && stage.advance(); // a held key stops at a question
  return {
    ArrowLeft: back,
    ArrowRight: on,
    ArrowUp: () => stage.goTo(stage.timeline.phaseFrom(position, -1)),
    ArrowDown: () => stage.goTo(stage.timeline.phaseFrom(position, 1)),
    Home: () => stage.goTo(0),
    End: () => stage.goTo(stage.payload.steps.length - 1),
    p: () => stage.setPresent(!present),
    P: () => stage.setPresent(!present),
    q: () => stage.toggleQuiz(),
    Q: () => stage.toggleQuiz(),
    "?": () => (stage.help.open ? stage.help.close() : stage.help.showModal()),
    ...(present && {
      PageUp: back,
      PageDown: on,
      " ": shiftKey ? back : on,
      e: () => stage.toggleSentence(),
      E: () => stage.toggleSentence(),
      Escape: () => stage.setPresent(false),
    }),
    ...(pinned && { Escape: () => stage.unpin() }),
  };
}

/** Keys while a cell, a node or an edge has the focus. @param {Stage} stage @param {EventTarget} target @returns {Keys} */
function insideKeys(stage, target) {
  const spot = nearest(target, INSIDE);
  if (!spot) return {};
  /** @type {Keys} */
  const keys = {
    Enter: () => stage.pin(spot),
    " ": () => stage.pin(spot),
    Escape: () => (stage.unpin(), spot.blur()),
  };
  const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
  for (const [key, [down, right]] of Object.entries(moves)) {
    keys[key] = () => moveFocus(stage, spot, down, right);
  }
  return keys;
}

/** @param {Stage} stage @param {Drawn} spot @param {number} down @param {number} right */
function moveFocus(stage, spot, down, right) {
  const next = spot instanceof HTMLTableCellElement
    ? cellAt(spot, down, right)
    : neighbour(stage, spot, down + right);
  if (!next?.matches(INSIDE)) return;
  spot.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

/** @param {HTMLTableCellElement} cell @param {number} down @param {number} right */
function cellAt(cell, down, right) {
  const row = /** @type {HTMLTableRowElement} */ (cell.parentNode);
  return cell.closest("table")?.rows[row.rowIndex + down]?.cells[cell.cellIndex + right];
}

/**
 * The next factor of the written-out entry, or part of the network: nodes first, then edges.
 * @param {Stage} stage @param {Drawn} spot @param {number} direction
 */
function neighbour(stage, spot, direction) {
  const { svg } = stage.network;
  const parts = spot.dataset.factor
    ? all(stage.written, "[data-factor]")
    : [...all(svg, "[data-node]"), ...all(svg, "[data-edge]")];
  return parts[parts.indexOf(spot) + direction];
}

/** The list of keys as a dialog. */
export function buildHelp() {
  const rows = KEYS.map(([keys, what]) =>
    element("tr", {}, element("th", { scope: "row" }, keys), element("td", {}, what))
  );
  const close = element("button", { type: "button" }, "Close");
  const help = element(
    "dialog",
    { class: "help", "aria-label": "Keys" },
    element("table", {}, element("tbody", {}, ...rows)),
    close,
  );
  close.addEventListener("click", () => help.close());
  return help;
}
