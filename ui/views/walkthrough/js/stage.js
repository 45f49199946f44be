/**
 * The stage: steps through one recorded training step in the browser.
 *
 * State goes one way: an event changes `state`, then `render` or `renderEntry` paints it. Python builds
 * the payload (ui/stage/payload.py); what is computed here is only which cells belong together.
 *
 * @typedef {object} State
 * @property {number} position  step on the timeline
 * @property {string} result  table whose entry is written out
 * @property {import("./entries.js").Entry} entry  the chosen entry of it
 * @property {{key?: string, part?: string, block?: number} | null} spot  what the reader points at
 * @property {boolean} pinned  whether the entry is kept
 * @property {boolean} present  presenter mode
 *
 * While the quiz asks for a number of a step, `asked` is its question, and what the step computes is not drawn.
 */
import { checkText } from "./check.js";
import { drawCode } from "../../../draw/js/code.js";
import { largestEntry, Uses } from "../../../draw/js/entries.js";
import { cellKey, cellsOf, cellText, expand, indicesOf, runningSum, writeOut } from "../../../draw/js/formula.js";
import { Head } from "./head.js";
import { buildHelp, INSIDE, pressKey } from "./keyboard.js";
import { lightEntry } from "../../../draw/js/light.js";
import { moveTables, Pace, placesOf } from "../../../draw/js/motion.js";
import { Network } from "../../../draw/js/network.js";
import { Quiz, resultsOf } from "./quiz.js";
import { buildLegend, colourNote, drawTables } from "../../../draw/js/tables.js";
import { element, entryName } from "../../../draw/js/text.js";
import { phaseOf, Timeline } from "./timeline.js";

export class Stage {
  /**
   * @param {Node} parent where the stage is put
   * @param {{onStep: (position: number) => void, onPresent: (present: boolean) => void, onQuiz: (on: boolean) => void}} host
   */
  constructor(parent, host) {
    this.host = host;
    /** @type {State} */
    this.state = { position: 0, result: "", entry: { row: 0, col: 0, block: 0 }, spot: null, pinned: false, present: false };
    this.payload = null;
    this.pace = new Pace();
    this.quiz = new Quiz(this);
    this.build(parent);
    this.listen();
  }

  // --- construction ---------------------------------------------------------------------------------

  build(parent) {
    const part = (tag, name, attributes = {}) => (this[name] = element(tag, { class: name, ...attributes }));
    this.timeline = new Timeline((position) => this.goTo(position));
    this.network = new Network();
    this.networkBox = element("div", { class: "network" }, this.network.svg);
    const explain = element(
      "div",
      { class: "explain" },
      this.quiz.box,
      part("p", "say"),
      part("div", "formula", { tabindex: 0, role: "group", "aria-label": "The rule in symbols" }),
      part("div", "written"),
      part("p", "running"),
      part("p", "check"),
      part("pre", "numpy", { "aria-label": "The same in NumPy", tabindex: 0 }),
    );
    part("div", "tables", { role: "group", "aria-label": "Operands and results" });
    part("div", "live", { "aria-live": "polite" });
    this.help = buildHelp();
    this.head = new Head({
      help: () => this.help.showModal(),
      present: () => this.setPresent(!this.state.present),
      quiz: () => this.toggleQuiz(),
      previous: () => this.goTo(this.state.position - 1),
      next: () => this.advance(),
    });
    part("span", "colours");
    const children = [this.timeline.list, this.head.box, this.networkBox, explain, this.tables, buildLegend(this.colours), this.live, this.help];
    this.root = element("section", { class: "stage", "data-testid": "stage", "aria-label": "Walkthrough" }, ...children);
    parent.append(this.root);
  }

  listen() {
    const { root, tables } = this;
    root.addEventListener("pointerover", (event) => this.point(event.target));
    root.addEventListener("focusin", (event) => this.point(event.target));
    root.addEventListener("click", (event) => this.pin(event.target));
    // A click must not take the focus: after it, ← and → still step instead of going from cell to cell.
    // Nor may a button of it keep the focus while presenting: Space would press it again, and not step.
    root.addEventListener("mousedown", (event) => event.target.closest(this.state.present ? `button, ${INSIDE}` : INSIDE) && event.preventDefault());
    tables.addEventListener("change", (event) => this.chooseBlock(Number(event.target.value)));
    this.onKey = (event) => pressKey(this, event);
    this.resized = new ResizeObserver(() => this.payload && this.layOut());
  }

  /** Start listening outside the stage. */
  connect() {
    document.addEventListener("keydown", this.onKey, true);
    this.resized.observe(this.networkBox);
  }

  /** Stop listening outside the stage. */
  disconnect() {
    document.removeEventListener("keydown", this.onKey, true);
    this.resized.disconnect();
  }

  // --- data and state -------------------------------------------------------------------------------

  /**
   * Show another recorded step, at the same place of the timeline.
   * @param {object} payload
   * @param {(import("./quiz.js").Question | null)[] | null} questions one for each step
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

  /** The questions, where they come after the payload: what the reader has seen is not asked. */
  setQuestions(questions) {
    this.quiz.questions = questions;
    if (!this.quiz.on) return;
    this.quiz.begin(this.state.position);
    this.show(this.state.position);
  }

  /** Go to a step because the reader asked for it. */
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

  /** Open a step without telling the host; the quiz begins anew with its question. */
  openAt(position) {
    this.quiz.begin(this.clamp(position) - 1);
    this.show(position);
  }

  show(position) {
    const target = this.clamp(position);
    const question = this.quiz.at(target);
    const { result, entry } = question ? placeOf(question.table, question.row, question.col) : opening(this.payload, target);
    this.state = { ...this.state, position: target, result, entry, spot: null, pinned: false };
    this.uses = null;
    this.render();
    this.quiz.come(target);
    if (this.quiz.on && this.state.present) this.makeRoom();
    this.live.textContent = this.sentence();
    this.prepareNext();
  }

  setPresent(present) {
    this.state.present = present;
    this.root.classList.toggle("present", present);
    this.head.presenter.setAttribute("aria-pressed", String(present));
    if (present) this.head.presenter.blur();
    this.host.onPresent(present);
    if (!this.payload) return;
    this.layOut();
    this.root.classList.remove("tall");
    if (this.root.dataset.step) this.renderTables();
  }

  toggleQuiz() {
    this.setQuiz(!this.quiz.on);
    this.host.onQuiz(this.quiz.on);
  }

  /** Switch the quiz without telling the host; what is on show now is not asked. */
  setQuiz(on) {
    this.quiz.on = on;
    this.head.quizButton.setAttribute("aria-pressed", String(on));
    if (!this.payload) return;
    this.quiz.begin(this.state.position);
    this.show(this.state.position);
  }

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

  /** The reader points at something: write out the entry it belongs to, unless one is kept. */
  point(target) {
    if (!this.state.pinned) this.choose(target, false);
  }

  /** The reader clicks on something: keep its entry; on nothing: let go. */
  pin(target) {
    if (!this.choose(target, true) && !target.closest("button, dialog, select")) this.unpin();
  }

  unpin() {
    if (!this.state.pinned) return;
    this.state.pinned = false;
    this.renderEntry();
  }

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

  chooseBlock(block) {
    this.state.entry = { ...this.state.entry, row: block, block };
    this.renderTables();
    this.renderEntry();
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
  }

  /** Tables are drawn once for each step and kept: most steps are seen more than once. */
  renderTables() {
    const { position, entry } = this.state;
    const moves = this.pace.allowsMotion();
    const before = moves && placesOf(this.tables);
    this.tables.replaceChildren(...this.tablesOf(position, entry.block, this.asked));
    if (moves) moveTables(this.tables, before);
    if (this.state.present) this.makeRoom();
  }

  tablesOf(position, block, asked) {
    const step = this.payload.steps[position];
    const key = `${position}:${block}${asked ? ":asked" : ""}`;
    if (!this.drawn.has(key)) this.drawn.set(key, drawTables(this.payload, step, block, asked ? resultsOf(step) : undefined));
    return this.drawn.get(key);
  }

  /** While the reader looks, draw what → will show. */
  prepareNext() {
    const { payload, state } = this;
    const next = this.asked ? state.position : this.clamp(state.position + 1);
    const { entry } = opening(payload, next);
    const asked = !this.asked && this.quiz.at(next);
    const whenIdle = window.requestIdleCallback ?? setTimeout;
    whenIdle(() => payload === this.payload && this.tablesOf(next, entry.block, asked));
  }

  /** On a projector the network gives way to tables that would not fit under it. */
  makeRoom() {
    this.root.classList.remove("tall");
    const bottom = this.tables.getBoundingClientRect().bottom - this.root.getBoundingClientRect().top;
    this.root.classList.toggle("tall", bottom > window.innerHeight - 24);
  }

  /** The chosen entry: written out, and lit wherever it shows. */
  renderEntry() {
    if (this.asked) return this.renderAsked();
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

  /** While a number is asked for, only its place is lit. */
  renderAsked() {
    const { table, row, col } = this.asked;
    this.written.replaceChildren();
    delete this.written.dataset.shown;
    this.running.textContent = this.check.textContent = "";
    this.written.hidden = this.running.hidden = this.check.hidden = true;
    lightEntry(this, cellKey(table, row, col), [], []);
  }

  /** Drawn again only for another entry, since a factor may have the focus. */
  writeOut(shown, parts) {
    this.written.dataset.shown = shown;
    this.written.replaceChildren(...writeOut(this.payload, this.state.result, this.state.entry, parts));
    this.written.querySelector(".factor")?.setAttribute("tabindex", "0"); // one tab stop, then arrow keys
  }

  /** One sentence for screen readers: what was computed and the main number, or what is asked. */
  sentence() {
    const { position, result, entry } = this.state;
    const badge = this.step.badge && ` ${this.step.badge}.`;
    const main = this.asked?.prompt ?? `${this.nameEntry(result, entry)}.`;
    return `Step ${position + 1} of ${this.payload.steps.length}: ${this.step.title}. ${main}${badge}`;
  }

  /** Such as "∂C/∂a¹₄ = 0.289". */
  nameEntry(result, entry) {
    const table = this.payload.tables[result];
    return `${entryName(result, table, entry)} = ${cellText(table, entry.row, entry.col, entry.block)}`;
  }
}

/** What an element of the page stands for: a cell, a factor of the written-out entry, a node or an edge. */
function spotOf(target) {
  const cell = target.closest("[data-key]");
  if (cell) return { key: cell.dataset.key, block: cell.dataset.block === undefined ? undefined : Number(cell.dataset.block) };
  const factor = target.closest("[data-factor], [data-product]");
  if (factor) return { key: factor.dataset.factor ?? factor.dataset.product };
  const part = target.closest("[data-node], [data-edge]");
  return part && { part: part.dataset.node ?? part.dataset.edge };
}

function placeOf(result, row, col) {
  return { result, entry: { row, col, block: 0 } };
}

/** What a step writes out at first: what it asks for, else the largest number of its first result. */
export function opening(payload, position) {
  const { opens, results } = payload.steps[position];
  if (opens) return placeOf(...opens);
  const [result] = Object.keys(results);
  return { result, entry: largestEntry(payload.tables[result]) };
}

/** The first step at which each table is known: parameters from the start, results from their step. */
export function whenKnown(payload) {
  const parameters = Object.keys(payload.tables).filter((name) => /^[Wb]\d+:value$/.test(name));
  const known = new Map(parameters.map((name) => [name, 0]));
  payload.steps.forEach((step, position) => {
    for (const name of Object.keys(step.results)) if (!known.has(name)) known.set(name, position);
  });
  return known;
}
