/** The head of the stage: what the step is, which rule is in use, and the buttons. */
import { element } from "../../../draw/js/text.js";

export class Head {
  /** @param {Record<"help" | "present" | "quiz" | "previous" | "next", () => void>} act what the buttons do */
  constructor(act) {
    const button = (name, text, title, action) => {
      this[name] = element("button", { type: "button", class: name, title, "aria-label": title }, text);
      this[name].addEventListener("click", action);
      return this[name];
    };
    this.numeral = element("span", { class: "numeral" });
    this.title = element("span");
    this.badge = element("span", { class: "badge" });
    this.count = element("span", { class: "count" });
    const buttons = element(
      "div",
      { class: "buttons" },
      button("helpButton", "?", "Keys", act.help),
      button("presenter", "Present", "Presenter mode (P)", act.present),
      button("quizButton", "Quiz", "Quiz: guess each number before you see it (Q)", act.quiz),
      button("previous", "← Previous", "Previous step (←)", act.previous),
      this.count,
      button("next", "Next →", "Next step (→)", act.next),
    );
    this.box = element("div", { class: "head" }, element("h2", {}, this.numeral, this.title), this.badge, buttons);
  }

  show(step, position, steps) {
    this.numeral.textContent = step.numeral;
    this.title.textContent = step.title;
    this.badge.hidden = !step.badge;
    this.badge.textContent = step.badge;
    this.badge.className = step.paths > 1 ? "badge many" : "badge one";
    this.count.textContent = `${position + 1} / ${steps}`;
    this.previous.disabled = position === 0;
    this.next.disabled = position === steps - 1;
  }
}
