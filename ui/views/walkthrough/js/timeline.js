/** The timeline: one chip a step, under the heading of its phase. */
import { element } from "../../../draw/js/text.js";

export class Timeline {
  /** @param {(position: number) => void} onChoose */
  constructor(onChoose) {
    this.list = element("ol", { class: "timeline", "aria-label": "Timeline of the training step" });
    this.list.addEventListener("click", (event) => {
      const chip = event.target.closest(".chip");
      if (chip) onChoose(Number(chip.dataset.position));
    });
  }

  draw(steps) {
    this.groups = [];
    steps.forEach((step, position) => {
      if (this.groups.at(-1)?.name !== step.group) this.groups.push({ name: step.group, first: position, chips: [] });
      this.groups.at(-1).chips.push(element("li", {}, drawChip(step, position)));
    });
    this.list.replaceChildren(
      ...this.groups.map(({ name, chips }) =>
        element("li", { "data-phase": phaseOf(name) }, element("div", { class: "group" }, name), element("ol", {}, ...chips)),
      ),
    );
    this.chips = [...this.list.querySelectorAll(".chip")];
    this.current = null;
  }

  /** Mark the step on show; only the chips that change are touched. */
  mark(position) {
    const from = this.current ?? 0;
    const [low, high] = [Math.min(from, position), this.current === null ? this.chips.length - 1 : Math.max(from, position)];
    for (let n = low; n <= high; n++) {
      this.chips[n].classList.toggle("done", n < position);
      this.chips[n].tabIndex = n === position ? 0 : -1;
      if (n === position) this.chips[n].setAttribute("aria-current", "step");
      else this.chips[n].removeAttribute("aria-current");
    }
    this.current = position;
    this.keepInSight(this.chips[position]);
  }

  keepInSight(chip) {
    const { list } = this;
    if (this.overflows ?? (this.overflows = list.scrollWidth > list.clientWidth)) {
      list.scrollLeft = chip.offsetLeft - list.offsetLeft - list.clientWidth / 2;
    }
  }

  resized() {
    this.overflows = undefined;
  }

  /** First step of the phase after (or, with −1, before) the one of this step. */
  phaseFrom(position, direction) {
    const firsts = this.groups.map((group) => group.first);
    if (direction > 0) return firsts.find((first) => first > position) ?? position;
    return firsts.filter((first) => first < position).at(-1) ?? 0;
  }
}

function drawChip(step, position) {
  const label = step.numeral ? `${step.numeral} ${step.label}` : step.label;
  return element(
    "button",
    {
      type: "button",
      class: "chip",
      "data-position": position,
      title: `${label}: ${step.title}`,
      "aria-label": `Step ${position + 1}, ${label}: ${step.title}`,
    },
    step.numeral || step.label,
  );
}

/** "forward", "backward" or "update". @param {string} group heading of the phase */
export function phaseOf(group) {
  return group.split(":")[0].toLowerCase();
}
