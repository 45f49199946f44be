/** The timeline: one chip a step, under the heading of its phase. */
/** @import { Step } from "../../../draw/js/types.d.ts" */
import { element, nearest } from "../../../draw/js/element.js";

/** @typedef {{name: string, first: number, chips: HTMLElement[]}} Group of the steps of a phase */

export class Timeline {
  /** @type {Group[]} */ groups;
  /** @type {HTMLElement[]} */ chips;
  /** @type {number | null} */ current;
  /** @type {boolean | undefined} */ overflows;

  /** @param {(position: number) => void} onChoose */
  constructor(onChoose) {
    this.list = element("ol", { class: "timeline", "aria-label": "Timeline of the training step" });
    this.list.addEventListener("click", (event) => {
      const chip = nearest(event.target, ".chip");
      if (chip) onChoose(Number(chip.dataset.position));
    });
  }

  /** @param {Step[]} steps */
  draw(steps) {
    this.chips = steps.map(drawChip);
    this.groups = [];
    let last = "";
    steps.forEach(({ group }, position) => {
      if (group !== last) this.groups.push({ name: last = group, first: position, chips: [] });
      this.groups[this.groups.length - 1].chips.push(this.chips[position]);
    });
    this.list.replaceChildren(
      ...this.groups.map(({ name, chips }) =>
        element(
          "li",
          { "data-phase": phaseOf(name) },
          element("div", { class: "group" }, name),
          element("ol", {}, ...chips.map((chip) => element("li", {}, chip))),
        )
      ),
    );
    this.current = null;
  }

  /** Mark the step on show; only the chips that change are touched. @param {number} position */
  mark(position) {
    const from = this.current ?? 0;
    const [low, high] = [
      Math.min(from, position),
      this.current === null ? this.chips.length - 1 : Math.max(from, position),
    ];
    for (let n = low; n <= high; n++) {
      this.chips[n].classList.toggle("done", n < position);
      this.chips[n].tabIndex = n === position ? 0 : -1;
      if (n === position) this.chips[n].setAttribute("aria-current", "step");
      else this.chips[n].removeAttribute("aria-current");
    }
    this.current = position;
    this.keepInSight(this.chips[position]);
  }

  /** @param {HTMLElement} chip */
  keepInSight(chip) {
    const { list } = this;
    if ((this.overflows ??= list.scrollWidth > list.clientWidth)) {
      list.scrollLeft = chip.offsetLeft - list.offsetLeft - list.clientWidth / 2;
    }
  }

  resized() {
    this.overflows = undefined;
  }

  /** First step of the phase after (or, with −1, before) the one of this step. @param {number} position @param {1 | -1} direction */
  phaseFrom(position, direction) {
    const firsts = this.groups.map((group) => group.first);
    if (direction > 0) return firsts.find((first) => first > position) ?? position;
    return firsts.filter((first) => first < position).at(-1) ?? 0;
  }
}

/** @param {Step} step @param {number} position */
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
