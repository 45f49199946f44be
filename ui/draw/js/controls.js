/** What moves a scene: a slider, or buttons for one of several; beside it buttons for what is taken out of a sum. */
/** @import { Choice, Combination, Control, Elsewhere, Slider, Switches } from "./types.d.ts" */
import { nearestPlace } from "./axes.js";
import { element, fill, withScripts } from "./element.js";

/** @typedef {{onMove: (place: number) => void, onHold: (isHeld: boolean) => void}} Listener */

/** The bar of a scene's control: that of before, if it is of the same kind. @param {Control | undefined} control @param {Bar | undefined} before @param {Listener} listener @returns {Bar} */
export function barOf(control, before, listener) {
  const Kind = control ? BARS[control.part] : NoBar;
  return before?.constructor === Kind ? before : new Kind(listener);
}

/** @typedef {NoBar | SliderBar | ChoiceBar | CombinationBar} Bar */

export class NoBar {
  root = element("div", { hidden: "" });

  /** @param {any} _control */
  set(_control) {}

  show() {}

  speak() {}

  /** @returns {string[]} */
  get keys() {
    return [];
  }

  /** @param {number} _place @returns {string[][]} */
  textsAt(_place) {
    return [];
  }

  /** @param {string[][]} _state */
  placeOf(_state) {
    return 0;
  }
}

class SliderBar {
  /** @type {Slider} */ slider;
  place = 0;

  /** @param {Listener} listener */
  constructor({ onMove, onHold }) {
    this.input = element("input", { type: "range" });
    this.output = element("output");
    this.root = element("div", { class: "bp-slider" }, this.output, this.input);
    this.input.addEventListener("input", () => onMove(this.moved()));
    this.input.addEventListener("pointerdown", () => onHold(true));
    for (const end of ["pointerup", "pointercancel"]) {
      this.input.addEventListener(end, () => onHold(false));
    }
  }

  /** @param {Slider} slider */
  set(slider) {
    const { key, label, positions, step, texts, name = label } = slider;
    this.slider = slider;
    const longest = Math.max(...texts.map((text) => text.length));
    this.output.style.minWidth = `${label.length + longest + 3}ch`; // or the thumb would run from the pointer
    for (const [attribute, text] of Object.entries({ name: key, "aria-label": name })) {
      this.input.setAttribute(attribute, text);
    }
    this.input.min = String(step ? positions[0] : 0);
    this.input.max = String(step ? positions[positions.length - 1] : positions.length - 1);
  }

  /** @param {number} place */
  show(place) {
    const { positions, step } = this.slider;
    this.place = place;
    this.output.textContent = this.said;
    if (this.isAt(place)) return;
    this.input.step = String(step || 1);
    this.input.value = String(step ? positions[place] : place);
    if (this.isAt(place)) return;
    this.input.step = "any"; // a link asks for what is between two steps
    this.input.value = String(positions[place]);
  }

  /** Whether the thumb is there. @param {number} place */
  isAt(place) {
    const { positions, step } = this.slider;
    return Number(this.input.value) === (step ? positions[place] : place);
  }

  /** Where the reader has moved it. */
  moved() {
    const { positions, step } = this.slider;
    this.input.step = String(step || 1);
    const moved = Number(this.input.value);
    return step ? nearestPlace(positions, moved) : moved;
  }

  /** Such as t = 1.15. */
  get said() {
    return `${this.slider.label} = ${this.slider.texts[this.place]}`;
  }

  /** What follows it, for those who cannot see it. @param {string} text */
  speak(text) {
    this.input.setAttribute("aria-valuetext", `${this.said}. ${text}`);
  }

  get keys() {
    return [this.slider.key];
  }

  /** What the address says there. @param {number} place */
  textsAt(place) {
    return [[String(this.slider.positions[place])]];
  }

  /** @param {string[][]} state of the address */
  placeOf([texts]) {
    return nearestPlace(this.slider.positions, Number(texts[texts.length - 1]));
  }
}

/** Links to the same choice in other places; they stay, so that the focus does. */
class LinksElsewhere {
  /** @type {HTMLAnchorElement[]} */ links = [];
  root = element("span", { class: "bp-elsewhere" });

  /** @param {Elsewhere | undefined} elsewhere */
  set(elsewhere) {
    const { label, links, at } = elsewhere ?? { label: "", links: [], at: 0 };
    if (links.length !== this.links.length) {
      this.links = links.map(() => element("a", { "data-app-link": "", target: "_self" }));
      this.root.replaceChildren(label, ...this.links);
    }
    links.forEach(([text, href], place) => {
      fill(this.links[place], { href, "aria-current": place === at });
      this.links[place].replaceChildren(...withScripts(text));
    });
  }
}

class ChoiceBar {
  /** @type {Choice} */ choice;
  /** @type {HTMLInputElement[]} */ inputs = [];
  /** @type {HTMLElement[]} legend and buttons */ drawn = [];
  elsewhere = new LinksElsewhere();
  root = element("fieldset", { class: "bp-choice" }, this.elsewhere.root);

  /** @param {Listener} listener */
  constructor({ onMove }) {
    this.onMove = onMove;
  }

  /** @param {Choice} choice */
  set(choice) {
    const { label, texts = [], help = "", elsewhere } = choice;
    this.root.title = help;
    this.elsewhere.set(elsewhere);
    const isSame =
      JSON.stringify([this.choice?.label, this.choice?.texts]) === JSON.stringify([label, texts]);
    this.choice = choice;
    if (isSame) return; // the focus stays
    const name = choice.keys.join(" ");
    this.inputs = texts.map(() => element("input", { type: "radio", name }));
    this.inputs.forEach((input, place) => input.addEventListener("change", () => this.onMove(place)));
    const buttons = texts.map((text, place) =>
      element("label", {}, this.inputs[place], ...withScripts(text))
    );
    for (const before of this.drawn) before.remove(); // the links stay in their place, and so does the focus
    this.drawn = [element("legend", {}, ...withScripts(label)), ...buttons];
    this.root.prepend(...this.drawn);
    this.root.hidden = texts.length === 0;
  }

  /** @param {number} place */
  show(place) {
    const input = this.inputs[place];
    if (input) input.checked = true;
  }

  speak() {}

  get keys() {
    return this.choice.keys;
  }

  /** @param {number} place */
  textsAt(place) {
    return this.choice.positions[place].map((text) => [text]);
  }

  /** @param {string[][]} state */
  placeOf(state) {
    const { positions, keys } = this.choice;
    const wanted = String(keys.map((_, index) => state[index]));
    return Math.max(0, positions.findIndex((option) => String(option) === wanted));
  }
}

/** Nothing of its own: what stands for the options is clicked. */
export class CombinationBar extends NoBar {
  /** @type {Combination} */ combination;

  /** @override @param {Combination} combination */
  set(combination) {
    this.combination = combination;
  }

  /** @override */
  get keys() {
    return this.combination.keys;
  }

  get sizes() {
    return this.combination.options.map(({ length }) => length);
  }

  /** @override @param {number} place */
  textsAt(place) {
    const picked = optionsAt(place, this.sizes);
    return this.combination.options.map((texts, index) => [texts[picked[index]]]);
  }

  /** @override @param {string[][]} state of the address, where it names one of each */
  placeOf(state) {
    const picked = this.combination.options.map((texts, index) =>
      texts.indexOf(state[index][state[index].length - 1])
    );
    return placeOfOptions(picked.map((option) => Math.max(0, option)), this.sizes);
  }
}

/** Which option of each, where those of the last are next to each other. @param {number} place @param {number[]} sizes how many each has */
export function optionsAt(place, sizes) {
  let left = place;
  return sizes.toReversed().map((size) => {
    const option = left % size;
    left = (left - option) / size;
    return option;
  }).reverse();
}

/** @param {number[]} picked @param {number[]} sizes */
export function placeOfOptions(picked, sizes) {
  return picked.reduce((place, option, index) => place * sizes[index] + option, 0);
}

const BARS = { Slider: SliderBar, Choice: ChoiceBar, Combination: CombinationBar };

export class SwitchBar {
  /** @type {Switches | undefined} */ switches;
  /** @type {HTMLInputElement[]} */ inputs = [];
  root = element("fieldset", { class: "bp-choice" });

  /** @param {(option: number) => void} onSwitch */
  constructor(onSwitch) {
    this.onSwitch = onSwitch;
  }

  /** @param {Switches | undefined} switches */
  set(switches) {
    const isSame = JSON.stringify(this.switches) === JSON.stringify(switches);
    this.switches = switches;
    this.root.hidden = switches === undefined;
    if (isSame || !switches) return;
    const { key, label, texts } = switches;
    this.inputs = texts.map(() => element("input", { type: "checkbox", name: key }));
    this.inputs.forEach((input, option) => input.addEventListener("change", () => this.onSwitch(option)));
    const buttons = texts.map((text, option) =>
      element("label", {}, this.inputs[option], ...withScripts(text))
    );
    this.root.replaceChildren(element("legend", {}, ...withScripts(label)), ...buttons);
  }

  /** @param {Set<number>} off */
  show(off) {
    this.inputs.forEach((input, option) => input.checked = off.has(option));
  }
}
