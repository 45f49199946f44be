/**
 * The quiz: what a step computes stays hidden until the reader has guessed one number of it.
 *
 * @import { Place } from "../../../draw/js/entries.js"
 * @import { Question, Questions, Step } from "../../../draw/js/types.d.ts"
 * @import { Stage } from "./stage.js"
 */
import { element } from "../../../draw/js/element.js";
import { tablesOf } from "./tables.js";
import { judge, reading, readNumber } from "./judge.js";
import { pressFieldKey } from "./keyboard.js";

const COUNTS = ["", "", "Two", "Three", "Four"];

export class Quiz {
  /** @type {Questions} one for each step */ questions = null;
  on = false;
  /** @type {string[]} */ hints = [];
  classHref = "";
  /** steps up to here are open */ front = 0;
  right = 0;
  over = 0;
  /** the step whose question is over */ ended = -1;

  prompt = element("label", { class: "prompt", for: "quiz-field" });
  field = element("input", {
    class: "field",
    id: "quiz-field",
    type: "text",
    size: 10,
    maxlength: 200,
    autocomplete: "off",
    spellcheck: "false",
    "aria-describedby": "quiz-accepts quiz-verdict",
  });
  hintButton = element("button", { class: "hintButton", type: "button" }, "Hint");
  showButton = element("button", { class: "showButton", type: "button" }, "Show me");
  verdict = element("p", { class: "verdict", id: "quiz-verdict", role: "status" });
  goOn = element("button", { class: "goOn", type: "button" }, "Go on →");
  accepts = element("span", { class: "accepts", id: "quiz-accepts" });
  score = element("span", { class: "score" });
  /** Leads to the page Class with this question; not in a file of its own, which has no class. */
  toClass = element("a", { class: "toClass", target: "_self", "data-app-link": "", hidden: "" });

  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    const check = element("button", { class: "checkButton", type: "submit" }, "Check");
    const answer = element("div", { class: "answer" }, this.field, check, this.hintButton, this.showButton);
    const foot = element("div", { class: "foot" }, this.goOn, this.accepts, this.toClass, this.score);
    this.form = element("form", { class: "form" }, this.prompt, answer);
    const attributes = { class: "box quiz", role: "group", "aria-label": "Quiz", hidden: "" };
    this.box = element("div", attributes, this.form, this.verdict, foot);
    this.listen();
  }

  listen() {
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.check()));
    this.hintButton.addEventListener("click", () => (this.say(`Hint: ${this.nextHint()}`), this.takeFocus()));
    this.showButton.addEventListener("click", () => this.showAnswer());
    this.goOn.addEventListener("click", () => this.stage.advance());
    // Streamlit takes C and R for its own: from outside the shadow tree it cannot see that they are typed.
    for (const type of ["keydown", "keypress", "keyup"]) {
      this.field.addEventListener(type, (event) => event.stopPropagation());
    }
    this.field.addEventListener("keydown", (event) => pressFieldKey(this.stage, this.field, event));
    this.field.addEventListener("input", () => this.field.removeAttribute("aria-invalid"));
  }

  /** @param {{text: string, href: string}} toClass its name, and its address up to the step's id */
  setClass({ text, href }) {
    this.toClass.textContent = text;
    this.classHref = href;
    this.paintClass();
  }

  /** The question of the step on show, asked of a class. */
  paintClass() {
    const { state, payload } = this.stage;
    const step = payload?.steps[state.position];
    this.toClass.hidden = !this.classHref || !step || !this.questions?.[state.position];
    if (step) this.toClass.href = `${this.classHref}.${step.id}`;
  }

  // --- state ----------------------------------------------------------------------------------------

  /** Begin anew: steps up to `front` are open, later ones will be asked. @param {number} front */
  begin(front) {
    this.front = front;
    this.right = 0;
    this.over = 0;
    this.ended = -1;
  }

  /** The question that hides this step's result, or null. @param {number} position @returns {Question | null} */
  at(position) {
    return this.on && position > this.front ? (this.questions?.[position] ?? null) : null;
  }

  /** The reader goes from one step to another; a question left behind is over. @param {number} from @param {number} to */
  leave(from, to) {
    if (to > from && this.at(from)) this.over += 1;
    this.ended = -1;
  }

  /** The reader comes to a step: what lies before it is passed, and so is itself if it asks nothing. @param {number} position */
  come(position) {
    if (this.ended === position) return;
    const question = this.at(position);
    this.front = Math.max(this.front, question ? position - 1 : position);
    this.hints = [...(question?.hints ?? [])];
    this.paint(question, this.on && this.front === position && this.over === 0);
  }

  // --- answers --------------------------------------------------------------------------------------

  check() {
    const question = this.stage.asked;
    if (!question) return;
    const typed = readNumber(this.field.value);
    if ("error" in typed) {
      this.field.setAttribute("aria-invalid", "true");
      return this.say(typed.error);
    }
    const { right, nearly, mistakes } = judge(question, typed);
    const read = typed.isExpression ? `${reading(this.field.value, typed.value)}. ` : "";
    if (right) return this.end(true, `${read}Right:`);
    if (!nearly && !mistakes.length && !this.hints.length) return this.end(false, `${read}Not this time:`);
    if (nearly) this.say(`${read}Nearly: give three digits.`);
    else {this.say(
        `${read}${mistakes.length ? nameMistakes(mistakes) : `Not yet. ${this.nextHint()}`}`,
        "wrong",
      );}
    this.field.select();
  }

  nextHint() {
    const hint = this.hints.shift();
    this.hintButton.disabled = this.hints.length === 0;
    return hint;
  }

  showAnswer() {
    this.end(false, "");
  }

  /** The question of this step is over: show what it hid, and what there is to learn from it. @param {boolean} right @param {string} opening */
  end(right, opening) {
    const { stage } = this;
    const question = stage.asked;
    if (!question) return;
    const hadFocus = this.box.contains(this.tree.activeElement);
    this.over += 1;
    this.right += right ? 1 : 0;
    this.front = this.ended = stage.state.position;
    this.paint(null, false);
    const found = stage.entryText(placeOf(question));
    this.say(`${opening} ${found}. ${question.principle}`.trim(), right ? "right" : "");
    this.goOn.hidden = false;
    stage.render();
    if (hadFocus) this.goOn.focus({ preventScroll: true });
  }

  // --- painting -------------------------------------------------------------------------------------

  /** Whether the quiz stands in the place of the step's own sentence. @param {number} position */
  speaksAt(position) {
    return Boolean(this.at(position)) || this.ended === position;
  }

  /** @param {Question | null} question @param {boolean} isStart */
  paint(question, isStart) {
    this.box.hidden = !this.on;
    this.paintClass();
    this.form.hidden = this.accepts.hidden = !question;
    this.goOn.hidden = true;
    this.score.textContent = this.over ? `${this.right} of ${this.over} right` : "";
    this.field.value = "";
    this.field.removeAttribute("aria-invalid");
    this.say(isStart ? "Quiz: from here on, each step asks for a number before it shows it." : "");
    if (!question) return;
    this.prompt.textContent = question.prompt;
    this.accepts.textContent = "Right: what the numbers shown give, to three digits. Also 1/3, 0.5*0.578.";
    this.hintButton.disabled = !this.hints.length;
    this.takeFocus();
  }

  /** @param {string} text */
  say(text, kind = "") {
    this.verdict.textContent = text;
    this.verdict.className = `verdict ${kind}`;
  }

  /** The tree that knows which element of it has the focus. */
  get tree() {
    return /** @type {Document | ShadowRoot} */ (this.box.getRootNode());
  }

  /** Not from a field of the page that is in use, and not where a keyboard on the screen would cover the numbers. */
  takeFocus() {
    const active = document.activeElement;
    const host = this.tree instanceof ShadowRoot ? this.tree.host : null;
    const isFree = !active || active === document.body || active === host || this.stage.root.contains(active);
    if (isFree && !matchMedia("(pointer: coarse)").matches) this.field.focus({ preventScroll: true });
  }
}

/** Tables that a step shows but that are known only after it: its results, and the terms they are sums of. @param {Step} step */
export function resultsOf(step) {
  return new Set([
    ...Object.keys(step.results),
    ...tablesOf(step).filter((name) => name.endsWith(":path_terms")),
  ]);
}

/** Where the number stands that is asked for. @param {Question} question @returns {Place} */
export function placeOf({ table, row, col }) {
  return { result: table, entry: { row, col, block: 0 } };
}

/** @param {string[]} mistakes */
function nameMistakes(mistakes) {
  if (mistakes.length === 1) return mistakes[0];
  return `${COUNTS[mistakes.length] ?? mistakes.length} mistakes give this number. ${mistakes.join(" Or: ")}`;
}
