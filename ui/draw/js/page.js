/** A scene on a page: a slider, and everything that follows it, in place and in the same frame. */
/** @import { FormulaPart, GroupPart, Parent, Scene, ScenePart, TablePart, WordsPart } from "./types.d.ts" */
import { nearestPlace } from "./curve.js";
import { all, element } from "./element.js";
import { Picture } from "./picture.js";
import { heldAt, write, writeInFormula } from "./values.js";

/** @typedef {{onMove: () => void, onRelease: () => void}} Listener */
/** @typedef {{root: HTMLElement, show: (place: number) => void}} Drawn */

const LOOKS = { verdict: "bp-verdict", caption: "bp-caption", heading: "bp-subheading", note: "bp-note" };
const LAYOUTS = { pictures: "bp-trio", columns: "bp-two", column: "bp-column" };

export class Page {
  /** @type {Scene} */ scene;
  /** @type {Drawn[]} */ drawn = [];
  /** @type {Picture[]} */ pictures = [];
  /** Whether a pointer or finger holds what it moves. */ isHeld = false;
  place = 0;

  /** @param {Parent} parent @param {Listener} listener */
  constructor(parent, listener) {
    this.listener = listener;
    this.input = element("input", { type: "range" });
    this.output = element("output");
    this.body = element("div", { class: "bp-scene-body" });
    const slider = element("div", { class: "bp-slider" }, this.output, this.input);
    this.root = element("div", { class: "bp-scene" }, slider, this.body);
    parent.append(this.root);
    this.input.addEventListener("input", () => this.follow());
    this.input.addEventListener("pointerdown", () => this.hold(true));
    for (const end of ["pointerup", "pointercancel"]) {
      this.input.addEventListener(end, () => this.hold(false));
    }
    this.sizes = new ResizeObserver(() => this.measure());
  }

  connect() {}

  disconnect() {}

  get value() {
    return this.scene.slider.positions[this.place];
  }

  /** Such as t = 1.15. */
  get said() {
    const { label, texts } = this.scene.slider;
    return `${label} = ${texts[this.place]}`;
  }

  /** @param {Scene} scene */
  setScene(scene) {
    const value = this.scene ? this.value : scene.slider.positions[0];
    const { key, label, positions } = scene.slider;
    this.scene = scene;
    for (const [name, text] of Object.entries({ name: key, "aria-label": label })) {
      this.input.setAttribute(name, text);
    }
    this.input.min = String(positions[0]);
    this.input.max = String(positions[positions.length - 1]);
    this.pictures = [];
    this.drawn = scene.parts.map((part) => this.draw(part));
    this.body.replaceChildren(...this.drawn.map(({ root }) => root));
    this.sizes.disconnect();
    for (const { root } of this.pictures) this.sizes.observe(root);
    this.moveTo(value);
    this.measure();
  }

  measure() {
    const widths = this.pictures.map(({ root }) => root.clientWidth);
    this.pictures.forEach((picture, index) => picture.resize(widths[index]));
  }

  /** @param {number} value of the slider */
  moveTo(value) {
    this.show(nearestPlace(this.scene.slider.positions, value));
    this.input.step = String(this.scene.slider.step);
    this.input.value = String(this.value);
    if (Number(this.input.value) === this.value) return;
    this.input.step = "any"; // a link asks for what is between two steps
    this.input.value = String(this.value);
  }

  /** The slider was moved. */
  follow() {
    this.input.step = String(this.scene.slider.step);
    this.show(nearestPlace(this.scene.slider.positions, Number(this.input.value)));
    this.listener.onMove();
  }

  /** @param {boolean} isHeld */
  hold(isHeld) {
    this.isHeld = isHeld;
    if (!isHeld) this.listener.onRelease();
  }

  /** @param {number} place of the slider */
  show(place) {
    this.place = place;
    this.output.textContent = this.said;
    for (const { show } of this.drawn) show(place);
  }

  /** @param {ScenePart} part @returns {Drawn} */
  draw(part) {
    switch (part.part) {
      case "Words":
        return this.words(part);
      case "Formula":
        return formula(part);
      case "Table":
        return table(part);
      case "Group":
        return this.group(part);
      default:
        return this.picture(
          new Picture(part, this.scene.slider.positions, {
            onMove: (place) => {
              this.moveTo(this.scene.slider.positions[place]);
              this.listener.onMove();
            },
            onHold: (isHeld) => this.hold(isHeld),
          }),
        );
    }
  }

  /** @param {Picture} picture @returns {Drawn} */
  picture(picture) {
    this.pictures.push(picture);
    return { root: picture.root, show: (place) => picture.show(place) };
  }

  /** @param {GroupPart} part @returns {Drawn} */
  group({ layout, parts }) {
    const drawn = parts.map((part) => this.draw(part));
    const root = element("div", { class: LAYOUTS[layout] }, ...drawn.map((part) => part.root));
    return { root, show: (place) => drawn.forEach(({ show }) => show(place)) };
  }

  /** @param {WordsPart} part @returns {Drawn} */
  words({ text, role, test_id: testId, is_spoken: isSpoken }) {
    const root = element(role === "heading" ? "h3" : "p", { class: LOOKS[role] });
    if (testId) root.dataset.testid = testId;
    const show = (/** @type {number} */ place) => {
      root.textContent = heldAt(text, place);
      if (isSpoken) this.input.setAttribute("aria-valuetext", `${this.said}. ${root.textContent}`);
    };
    return { root, show };
  }
}

/** @param {FormulaPart} part @returns {Drawn} */
function formula({ mathml, numbers = [] }) {
  const root = element("div", { class: "bp-formula" });
  root.innerHTML = mathml; // made on the server from our own strings
  const slots = numbers.map((_, slot) => all(root, `[data-slot="${slot}"]`)[0]);
  return { root, show: (place) => slots.forEach((slot, n) => writeInFormula(slot, numbers[n], place)) };
}

/** @param {TablePart} part @returns {Drawn} */
function table({ head, rows }) {
  const cells = rows.map((row) => row.cells.map(() => element("td")));
  const body = rows.map((row, index) =>
    element("tr", {}, element("th", { scope: "row" }, row.head), ...cells[index])
  );
  const names = element("tr", {}, ...head.map((name) => element("th", { scope: "col" }, name)));
  const root = element(
    "div",
    { class: "bp-scroll" },
    element(
      "table",
      { class: "bp-table" },
      element("thead", {}, names),
      element("tbody", {}, ...body),
    ),
  );
  const show = (/** @type {number} */ place) =>
    rows.forEach((row, index) => row.cells.forEach((number, n) => write(cells[index][n], number, place)));
  return { root, show };
}
