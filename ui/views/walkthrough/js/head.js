/** The head of the stage: what the step is, which rule is in use, and the buttons. */
/** @import { Step } from "../../../draw/js/types.d.ts" */
import { element } from "../../../draw/js/element.js";

export class Head {
  numeral = element("span", { class: "numeral" });
  title = element("span");
  badge = element("span", { class: "badge" });
  count = element("span", { class: "count" });

  /** @param {Record<"help" | "present" | "quiz" | "previous" | "next", () => void>} act what the buttons do */
  constructor(act) {
    const help = button("helpButton", "?", "Keys", act.help);
    this.presenter = button("presenter", "Present", "Presenter mode (P)", act.present);
    this.quizButton = button("quizButton", "Quiz", "Quiz: guess each number before you see it (Q)", act.quiz);
    this.previous = button("previous", "← ", "Previous step (←)", act.previous);
    this.previous.append(element("span", { class: "word" }, "Previous"));
    this.next = button("next", " →", "Next step (→)", act.next);
    this.next.prepend(element("span", { class: "word" }, "Next"));
    const { presenter, quizButton, previous, count, next } = this;
    const buttons = element("div", { class: "buttons" }, help, presenter, quizButton, previous, count, next);
    this.box = element(
      "div",
      { class: "head" },
      element("h2", {}, this.numeral, this.title),
      this.badge,
      buttons,
    );
  }

  /** @param {Step} step @param {number} position @param {number} steps */
  show(step, position, steps) {
    this.numeral.textContent = step.numeral;
    this.title.textContent = step.title;
    this.badge.hidden = !step.badge;
    this.badge.textContent = step.badge;
    this.badge.className = (step.paths ?? 0) > 1 ? "badge many" : "badge one";
    this.count.textContent = `${position + 1} / ${steps}`;
    this.previous.disabled = position === 0;
    this.next.disabled = position === steps - 1;
  }
}

/** @param {string} name @param {string} text @param {string} title @param {() => void} action */
function button(name, text, title, action) {
  const made = element("button", { type: "button", class: name, title, "aria-label": title }, text);
  made.addEventListener("click", action);
  return made;
}
