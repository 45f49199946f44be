/**
 * The stage: steps through one recorded training step in the browser.
 *
 * State goes one way: an event changes `state`, then `render` or `renderEntry` paints it. Python builds
 * the payload (ui/steps/payload.py); what is computed here is only which cells belong together.
 *
 * @import { Place } from "../../../draw/js/entries.js"
 * @import { Entry, Parent, Part, Payload, Question, Questions, Spot } from "../../../draw/js/types.d.ts"
 *
 * @typedef {object} State
 * @property {number} position  step on the timeline
 * @property {string} result  table whose entry is written out
 * @property {Entry} entry  the chosen entry of it
 * @property {Spot | null} spot  what the reader points at
 * @property {boolean} pinned  whether the entry is kept
 * @property {boolean} present  presenter mode
 * @property {boolean} [explains]  whether the sentence is shown there; if nobody has said so, where there is room
 *
 * While the quiz asks for a number of a step, `asked` is its question, and what the step computes is not drawn.
 */
import { checkText } from "./check.js";
import { drawCode } from "../../../draw/js/code.js";
import { element, nearest } from "../../../draw/js/element.js";
import { largestEntry, Uses } from "../../../draw/js/entries.js";
import {
  cellKey,
  cellsOf,
  entryText,
  expand,
  indicesOf,
  runningSum,
  writeOut,
} from "../../../draw/js/formula.js";
import { Head } from "./head.js";
import { buildHelp, INSIDE, pressKey } from "./keyboard.js";
import { lightEntry } from "./entry_light.js";
import { moveTables, Pace, placesOf } from "../../../draw/js/motion.js";
import { Network } from "../../../draw/js/network.js";
import { placeOf, Quiz, resultsOf } from "./quiz.js";
import { buildLegend, colourNote, drawTables } from "./tables.js";
import { phaseOf, Timeline } from "./timeline.js";

const PRESENT_EDGE = 12; // px above the stage, of ui/shell/app.css
/** What gives way to tables on a projector, one after the other: sentence, network, room between rows, numbers, running sum. */
const GIVES_WAY = ["brief", "tall", "tight", "squares", "short"];

export class Stage {
  /** @type {Payload} */ payload;
  /** @type {Map<string, number>} first step at which each table is known */ known;
  /** @type {Map<string, HTMLElement[]>} tables of steps */ drawn;
  /** @type {Uses | null} of the step on show */ uses;
  /** @type {State} */
  state = {
    position: 0,
    result: "",
    entry: { row: 0, col: 0, block: 0 },
    spot: null,
    pinned: false,
    present: false,
  };
  pace = new Pace();
  quiz = new Quiz(this);

  network = new Network();
  networkBox = element("div", { class: "network" }, this.network.svg);
  say = element("p", { class: "say" });
  formula = element("div", {
    class: "formula",
    tabindex: 0,
    role: "group",
    "aria-label": "The rule in symbols",
  });
  written = element("div", { class: "written" });
  running = element("p", { class: "running" });
  check = element("p", { class: "check" });
  numpy = element("pre", { class: "numpy", "aria-label": "The same in NumPy", tabindex: 0 });
  tables = element("div", { class: "tables", role: "group", "aria-label": "Operands and results" });
  live = element("div", { class: "live", "aria-live": "polite" });
  colours = element("span", { class: "colours" });
  help = buildHelp();
  root = element("section", { class: "stage", "data-testid": "stage", "aria-label": "Walkthrough" });

  /**
   * @param {Parent} parent where the stage is put
   * @param {{onStep: (position: number) => void, onPresent: (present: boolean) => void, onQuiz: (on: boolean) => void}} host
   */
  constructor(parent, host) {
    this.host = host;
    this.timeline = new Timeline((position) => this.goTo(position));
    this.head = new Head({
      help: () => this.help.showModal(),
      present: () => this.setPresent(!this.state.present),
      quiz: () => this.toggleQuiz(),
      previous: () => this.goTo(this.state.position - 1),
      next: () => this.advance(),
    });
    const { say, formula, written, running, check, numpy } = this;
    const explain = element(
      "div",
      { class: "explain" },
      this.quiz.box,
      say,
      formula,
      written,
      running,
      check,
      numpy,
    );
    this.root.append(this.timeline.list, this.head.box, this.networkBox, explain);
    this.root.append(this.tables, buildLegend(this.colours), this.live, this.help);
    parent.append(this.root);
    this.onKey = (/** @type {KeyboardEvent} */ event) => pressKey(this, event);
    this.onResize = () => this.state.present && this.makeRoom(); // as when the browser goes full screen
    this.resized = new ResizeObserver(() => this.payload && this.layOut());
    this.listen();
  }

  listen() {
    const { root, tables } = this;
    root.addEventListener("pointerover", (event) => this.point(event.target));
    root.addEventListener("focusin", (event) => this.point(event.target));
    root.addEventListener("click", (event) => this.pin(event.target));
    // A click must not take the focus: after it, ← and → still step instead of going from cell to cell.
    // Nor may a button of it keep the focus while presenting: Space would press it again, and not step.
    root.addEventListener("mousedown", (event) => {
      if (nearest(event.target, this.state.present ? `button, ${INSIDE}` : INSIDE)) event.preventDefault();
    });
    tables.addEventListener("change", ({ target }) => {
      if (target instanceof HTMLSelectElement) this.chooseBlock(Number(target.value));
    });
  }

  /** Start listening outside the stage. */
  connect() {
    document.addEventListener("keydown", this.onKey, true);
    window.addEventListener("resize", this.onResize);
    this.resized.observe(this.networkBox);
  }

  /** Stop listening outside the stage. */
  disconnect() {
    document.removeEventListener("keydown", this.onKey, true);
    window.removeEventListener("resize", this.onResize);
    this.resized.disconnect();
    document.documentElement.classList.remove("bp-present");
  }

  // --- data and state -------------------------------------------------------------------------------

  /**
   * Show another recorded step, at the same place of the timeline.
   * @param {Payload} payload
   * @param {Questions} questions one for each step
   */
  setPayload(payload, questions) {
    this.payload = payload;
    this.quiz.questions = questions;
    this.known = whenKnown(payload);
    this.drawn = new Map();
    delete this.written.dataset.shown; // the same entry has another number now
    this.root.dataset.steps = String(payload.steps.length);
    this.timeline.draw(payload.steps);
    this.state = { ...this.state, position: this.clamp(this.state.position), result: "" };
    this.layOut();
    this.openAt(this.state.position);
  }

  /** The questions, where they come after the payload: what the reader has seen is not asked. @param {Questions} questions */
  setQuestions(questions) {
    this.quiz.questions = questions;
    if (!this.quiz.on) return;
    this.quiz.begin(this.state.position);
    this.show(this.state.position);
  }

  /** Go to a step because the reader asked for it. @param {number} position */
  goTo(position) {
    const target = this.clamp(position);
    if (target === this.state.position) return;
    this.quiz.leave(this.state.position, target);
    this.show(target);
    this.host.onStep(target);
  }

  /** Go on: to what this step still hides, or to the next step. */
  advance() {
    if (this.asked) this.quiz.showAnswer();
    else this.goTo(this.state.position + 1);
  }

  /** Open a step without telling the host; the quiz begins anew with its question. @param {number} position */
  openAt(position) {
    this.quiz.begin(this.clamp(position) - 1);
    this.show(position);
  }

  /** @param {number} position */
  show(position) {
    const target = this.clamp(position);
    const question = this.quiz.at(target);
    const { result, entry } = question ? placeOf(question) : opening(this.payload, target);
    this.state = { ...this.state, position: target, result, entry, spot: null, pinned: false };
    this.uses = null;
    this.render();
    this.quiz.come(target);
    if (this.quiz.on && this.state.present) this.makeRoom();
    this.live.textContent = this.sentence();
    this.prepareNext();
  }

  /** @param {boolean} present */
  setPresent(present) {
    this.state.present = present;
    this.root.classList.toggle("present", present);
    this.head.presenter.setAttribute("aria-pressed", String(present));
    if (present) this.head.presenter.blur();
    this.host.onPresent(present);
    if (!this.payload) return;
    this.root.classList.remove(...GIVES_WAY);
    if (this.root.dataset.step) this.renderTables();
    this.layOut();
    if (present) this.makeRoom();
  }

  /** In presenter mode: the sentence of the step comes, or goes. */
  toggleSentence() {
    this.state.explains = this.root.classList.contains("brief");
    this.makeRoom();
  }

  toggleQuiz() {
    this.setQuiz(!this.quiz.on);
    this.host.onQuiz(this.quiz.on);
  }

  /** Switch the quiz without telling the host; what is on show now is not asked. @param {boolean} on */
  setQuiz(on) {
    this.quiz.on = on;
    this.head.quizButton.setAttribute("aria-pressed", String(on));
    if (!this.payload) return;
    this.quiz.begin(this.state.position);
    this.show(this.state.position);
  }

  /** @param {number} position */
  clamp(position) {
    return Math.max(0, Math.min(this.payload.steps.length - 1, position));
  }

  get step() {
    return this.payload.steps[this.state.position];
  }

  /** The question that hides what this step computes, or null. */
  get asked() {
    return this.quiz.at(this.state.position);
  }

  // --- events ---------------------------------------------------------------------------------------

  /** The reader points at something: write out the entry it belongs to, unless one is kept. @param {EventTarget | null} target */
  point(target) {
    if (!this.state.pinned) this.choose(target, false);
  }

  /** The reader clicks on something: keep its entry; on nothing: let go. @param {EventTarget | null} target */
  pin(target) {
    if (!this.choose(target, true) && !nearest(target, "button, dialog, select")) this.unpin();
  }

  unpin() {
    if (!this.state.pinned) return;
    this.state.pinned = false;
    this.renderEntry();
  }

  /** @param {EventTarget | null} target @param {boolean} pinned */
  choose(target, pinned) {
    const spot = this.payload && !this.asked && spotOf(target);
    if (!spot) return false;
    this.uses ??= new Uses(this.payload, this.step);
    const use = this.uses.find(spot, this.state);
    if (!use) return false;
    this.state = { ...this.state, result: use.result, entry: use.entry, spot, pinned };
    this.renderEntry();
    return true;
  }

  /** @param {number} block */
  chooseBlock(block) {
    this.state.entry = { ...this.state.entry, row: block, block };
    this.renderTables();
    this.renderEntry();
    if (this.state.present) this.makeRoom();
  }

  // --- painting -------------------------------------------------------------------------------------

  layOut() {
    this.timeline.resized();
    this.network.draw(this.payload, Math.max(300, this.networkBox.clientWidth), this.state.present);
    this.updateNetwork();
    if (this.state.result in this.step.results) this.renderEntry();
  }

  updateNetwork() {
    this.network.update(this.asked ? this.state.position - 1 : this.state.position, this.known);
  }

  render() {
    const { step, payload } = this;
    const { position } = this.state;
    this.root.dataset.step = String(position);
    this.root.dataset.phase = phaseOf(step.group);
    this.timeline.mark(position);
    this.head.show(step, position, payload.steps.length);
    this.say.textContent = step.say;
    this.say.hidden = this.quiz.speaksAt(position);
    this.formula.innerHTML = step.formula; // MathML made on the server from our own strings
    this.numpy.replaceChildren(...drawCode(step.numpy));
    this.numpy.hidden = !step.numpy;
    this.updateNetwork();
    this.colours.textContent = colourNote(payload, step, this.network);
    this.renderTables();
    this.renderEntry();
    if (this.state.present) this.makeRoom();
  }

  /** Tables are drawn once for each step and kept: most steps are seen more than once. */
  renderTables() {
    const { position, entry } = this.state;
    const moves = this.pace.allowsMotion();
    const before = moves ? placesOf(this.tables) : null;
    this.tables.replaceChildren(...this.tablesOf(position, entry.block, this.asked));
    if (before) moveTables(this.tables, before);
  }

  /** @param {number} position @param {number} block @param {Question | null} asked */
  tablesOf(position, block, asked) {
    const step = this.payload.steps[position];
    const { present } = this.state;
    const key = [position, block, present, asked !== null].join();
    const hidden = asked ? resultsOf(step) : new Set();
    const tables = this.drawn.get(key) ?? drawTables(this.payload, step, { block, present, hidden });
    this.drawn.set(key, tables);
    return tables;
  }

  /** While the reader looks, draw what → will show. */
  prepareNext() {
    const { payload, state } = this;
    const next = this.asked ? state.position : this.clamp(state.position + 1);
    const { entry } = opening(payload, next);
    const asked = this.asked ? null : this.quiz.at(next);
    const whenIdle = window.requestIdleCallback ?? setTimeout;
    whenIdle(() => payload === this.payload && this.tablesOf(next, entry.block, asked));
  }

  /** On a projector all else gives way to tables that would not fit under it; the sentence only where nobody asked for it. */
  makeRoom() {
    const { classList } = this.root;
    const { explains } = this.state;
    classList.remove(...GIVES_WAY);
    classList.toggle("brief", explains === false);
    for (const what of GIVES_WAY.slice(explains ? 1 : 0)) {
      if (this.fits) return;
      classList.add(what);
    }
  }

  /** Whether the tables are on the screen, which nothing else is on. */
  get fits() {
    const bottom = this.tables.getBoundingClientRect().bottom - this.root.getBoundingClientRect().top;
    return bottom <= window.innerHeight - PRESENT_EDGE;
  }

  /** The chosen entry: written out, and lit wherever it shows. */
  renderEntry() {
    if (this.asked) return this.renderAsked(this.asked);
    this.written.hidden = false;
    const { payload, step } = this;
    const { result, entry, pinned } = this.state;
    const parts = expand(step.results[result], indicesOf(entry));
    this.root.classList.toggle("pinned", pinned);
    const shown = `${this.state.position} ${result} ${Object.values(entry)}`;
    if (this.written.dataset.shown !== shown) this.writeOut(shown, parts);
    this.running.textContent = runningSum(payload, parts);
    this.running.hidden = !this.running.textContent;
    this.check.textContent = checkText(payload.tables[result], entry);
    this.check.hidden = !this.check.textContent;
    lightEntry(this, cellKey(result, entry.row, entry.col), cellsOf(parts), parts);
  }

  /** While a number is asked for, only its place is lit. @param {Question} asked */
  renderAsked({ table, row, col }) {
    this.written.replaceChildren();
    delete this.written.dataset.shown;
    this.running.textContent = this.check.textContent = "";
    this.written.hidden = this.running.hidden = this.check.hidden = true;
    lightEntry(this, cellKey(table, row, col), [], []);
  }

  /** Drawn again only for another entry, since a factor may have the focus. @param {string} shown @param {Part[]} parts */
  writeOut(shown, parts) {
    this.written.dataset.shown = shown;
    this.written.replaceChildren(...writeOut(this.payload, this.state.result, this.state.entry, parts));
    this.written.querySelector(".factor")?.setAttribute("tabindex", "0"); // one tab stop, then arrow keys
  }

  /** One sentence for screen readers: what was computed and the main number, or what is asked. */
  sentence() {
    const { position } = this.state;
    const badge = this.step.badge && ` ${this.step.badge}.`;
    const main = this.asked?.prompt ?? `${this.entryText(this.state)}.`;
    return `Step ${position + 1} of ${this.payload.steps.length}: ${this.step.title}. ${main}${badge}`;
  }

  /** Such as "∂C/∂a¹₄ = 0.289". @param {Place} place */
  entryText({ result, entry }) {
    return entryText(result, this.payload.tables[result], entry);
  }
}

/**
 * What an element of the page stands for: a cell, a factor of the written-out entry, a node or an edge.
 * @param {EventTarget | null} target @returns {Spot | null}
 */
function spotOf(target) {
  const cell = nearest(target, "[data-key]");
  if (cell) {
    return {
      key: cell.dataset.key,
      block: cell.dataset.block === undefined ? undefined : Number(cell.dataset.block),
    };
  }
  const factor = nearest(target, "[data-factor], [data-product]");
  if (factor) return { key: factor.dataset.factor ?? factor.dataset.product };
  const part = nearest(target, "[data-node], [data-edge]");
  return part && { part: part.dataset.node ?? part.dataset.edge };
}

/**
 * What a step writes out at first: what it asks for, else the largest number of its first result.
 * @param {Payload} payload @param {number} position @returns {Place}
 */
export function opening(payload, position) {
  const { opens, results } = payload.steps[position];
  if (opens) return { result: opens[0], entry: { row: opens[1], col: opens[2], block: 0 } };
  const [result] = Object.keys(results);
  return { result, entry: largestEntry(payload.tables[result]) };
}

/** The first step at which each table is known: parameters from the start, results from their step. @param {Payload} payload */
export function whenKnown(payload) {
  const parameters = Object.keys(payload.tables).filter((name) => /^[Wb]\d+:value$/.test(name));
  const known = new Map(parameters.map((name) => [name, 0]));
  payload.steps.forEach((step, position) => {
    for (const name of Object.keys(step.results)) if (!known.has(name)) known.set(name, position);
  });
  return known;
}
