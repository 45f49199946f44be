/**
 * The quiz: what a step computes stays hidden until the reader has guessed one number of it.
 *
 * @typedef {object} Question  as ui.practice.questions makes it
 * @property {string} prompt
 * @property {string} table  the number's table, and its place there
 * @property {number} row
 * @property {number} col
 * @property {[number, number]} computed  what the shown numbers give: right
 * @property {[number, number]} range  right if given with three digits
 * @property {[number, number][]} nearly  what is right but for having only one digit, or two
 * @property {{range: [number, number], text: string}[]} wrong  mistakes and their sentences
 * @property {string[]} hints  each with more help
 * @property {string} principle
 *
 * @typedef {import("./stage.js").Stage} Stage
 */
import { judge, reading, readNumber } from "./judge.js";
import { pressFieldKey } from "./keyboard.js";
import { element } from "../../../draw/js/text.js";

const COUNTS = ["", "", "Two", "Three", "Four"];

export class Quiz {
  /** @param {Stage} stage */
  constructor(stage) {
    this.stage = stage;
    this.on = false;
    /** @type {(Question | null)[] | null} one for each step */
    this.questions = null;
    this.build();
    this.begin(0);
  }

  build() {
    const part = (tag, name, attributes = {}, ...children) => (this[name] = element(tag, { class: name, ...attributes }, ...children));
    const button = (name, type, text) => part("button", name, { type }, text);
    part("label", "prompt", { for: "quiz-field" });
    part("input", "field", { id: "quiz-field", type: "text", size: 10, maxlength: 200, autocomplete: "off", spellcheck: "false", "aria-describedby": "quiz-accepts quiz-verdict" });
    const answer = element("div", { class: "answer" }, this.field, button("checkButton", "submit", "Check"), button("hintButton", "button", "Hint"), button("showButton", "button", "Show me"));
    part("form", "form", {}, this.prompt, answer);
    part("p", "verdict", { id: "quiz-verdict", role: "status" });
    const foot = element("div", { class: "foot" }, button("goOn", "button", "Go on →"), part("span", "accepts", { id: "quiz-accepts" }), part("span", "score"));
    part("div", "box", { role: "group", "aria-label": "Quiz", hidden: "" }, this.form, this.verdict, foot);
    this.box.classList.add("quiz");
    this.form.addEventListener("submit", (event) => (event.preventDefault(), this.check()));
    this.hintButton.addEventListener("click", () => (this.say(`Hint: ${this.nextHint()}`), this.takeFocus()));
    this.showButton.addEventListener("click", () => this.showAnswer());
    this.goOn.addEventListener("click", () => this.stage.advance());
    this.listenToField();
  }

  /** Streamlit takes C and R for its own: from outside the shadow tree it cannot see that they are typed. */
  listenToField() {
    for (const type of ["keydown", "keypress", "keyup"]) this.field.addEventListener(type, (event) => event.stopPropagation());
    this.field.addEventListener("keydown", (event) => pressFieldKey(this.stage, this.field, event));
    this.field.addEventListener("input", () => this.field.removeAttribute("aria-invalid"));
  }

  // --- state ----------------------------------------------------------------------------------------

  /** Begin anew: steps up to `front` are open, later ones will be asked. */
  begin(front) {
    this.front = front;
    this.right = 0;
    this.over = 0;
    this.ended = -1;
  }

  /** The question that hides this step's result, or null. */
  at(position) {
    return this.on && position > this.front ? (this.questions?.[position] ?? null) : null;
  }

  /** The reader goes from one step to another; a question left behind is over. */
  leave(from, to) {
    if (to > from && this.at(from)) this.over += 1;
    this.ended = -1;
  }

  /** The reader comes to a step: what lies before it is passed, and so is itself if it asks nothing. */
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
    else this.say(`${read}${mistakes.length ? nameMistakes(mistakes) : `Not yet. ${this.nextHint()}`}`, "wrong");
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

  /** The question of this step is over: show what it hid, and what there is to learn from it. */
  end(right, opening) {
    const { stage } = this;
    const question = stage.asked;
    const hadFocus = this.box.contains(this.box.getRootNode().activeElement);
    this.over += 1;
    this.right += right ? 1 : 0;
    this.front = this.ended = stage.state.position;
    this.paint(null, false);
    this.say(`${opening} ${stage.nameEntry(question.table, { row: question.row, col: question.col, block: 0 })}. ${question.principle}`.trim(), right ? "right" : "");
    this.goOn.hidden = false;
    stage.render();
    if (hadFocus) this.goOn.focus({ preventScroll: true });
  }

  // --- painting -------------------------------------------------------------------------------------

  /** Whether the quiz stands in the place of the step's own sentence. */
  speaksAt(position) {
    return Boolean(this.at(position)) || this.ended === position;
  }

  paint(question, isStart) {
    this.box.hidden = !this.on;
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

  say(text, kind = "") {
    this.verdict.textContent = text;
    this.verdict.className = `verdict ${kind}`;
  }

  /** Not from a field of the page that is in use, and not where a keyboard on the screen would cover the numbers. */
  takeFocus() {
    const active = document.activeElement;
    const isFree = !active || active === document.body || active === this.box.getRootNode().host || this.stage.root.contains(active);
    if (isFree && !matchMedia("(pointer: coarse)").matches) this.field.focus({ preventScroll: true });
  }
}

/** Tables that a step shows but that are known only after it: its results, and the terms they are sums of. */
export function resultsOf(step) {
  const shown = step.rows.flat().flatMap((item) => (item.table ? [item.table] : []));
  return new Set([...Object.keys(step.results), ...shown.filter((name) => name.endsWith(":path_terms"))]);
}

function nameMistakes(mistakes) {
  if (mistakes.length === 1) return mistakes[0];
  return `${COUNTS[mistakes.length] ?? mistakes.length} mistakes give this number. ${mistakes.join(" Or: ")}`;
}
