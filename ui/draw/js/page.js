/** A scene on a page: a slider, and everything that follows it, in place and in the same frame. */
/** @import { FormulaPart, GroupPart, LinkPart, Parent, Scene, ScenePart, TablePart, WordsPart } from "./types.d.ts" */
import { nearestPlace } from "./curve.js";
import { all, CORNER, element, withScripts } from "./element.js";
import { matrix, tables } from "./matrix.js";
import { Picture } from "./picture.js";
import { heldAt, numberSpan, textAt, write, writeInFormula } from "./values.js";

/** @typedef {{onMove: () => void, onRelease: () => void}} Listener */
/** @typedef {{root: HTMLElement, show: (place: number) => void}} Drawn */

const LOOKS = {
  title: "bp-heading",
  heading: "bp-subheading",
  verdict: "bp-verdict",
  caption: "bp-caption",
  note: "bp-note",
  beside: "bp-beside",
};
const ELEMENTS = /** @type {const} */ ({ title: "h2", heading: "h3" });
const ROWS = { sum: "bp-sum-row", result: "bp-sum-row bp-result-row" };
const LAYOUTS = {
  pictures: "bp-trio",
  columns: "bp-two",
  column: "bp-column",
  line: "bp-outcome",
  pair: "bp-pair",
};

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
    const { key, label, positions, step, texts, name = label } = scene.slider;
    this.scene = scene;
    const longest = Math.max(...texts.map((text) => text.length));
    this.output.style.minWidth = `${label.length + longest + 3}ch`; // or the thumb would run from the pointer
    for (const [attribute, text] of Object.entries({ name: key, "aria-label": name })) {
      this.input.setAttribute(attribute, text);
    }
    this.input.min = String(step ? positions[0] : 0);
    this.input.max = String(step ? positions[positions.length - 1] : positions.length - 1);
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
    const { positions, step } = this.scene.slider;
    this.show(nearestPlace(positions, value));
    this.input.step = String(step || 1);
    this.input.value = String(step ? this.value : this.place);
    if (!step || Number(this.input.value) === this.value) return;
    this.input.step = "any"; // a link asks for what is between two steps
    this.input.value = String(this.value);
  }

  /** The slider was moved. */
  follow() {
    const { positions, step } = this.scene.slider;
    this.input.step = String(step || 1);
    const moved = Number(this.input.value);
    this.show(step ? nearestPlace(positions, moved) : moved);
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
      case "Link":
        return { root: link(part), show: () => undefined };
      case "Table":
        return table(part);
      case "Matrix":
        return this.following(matrix(part));
      case "Tables":
        return this.following(tables(part));
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

  /** What follows the number, not the place. @param {{root: HTMLElement, show: (number: number) => void}} part @returns {Drawn} */
  following({ root, show }) {
    return { root, show: (place) => show(this.scene.slider.positions[place]) };
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
  words({ text, role, test_id: testId, is_spoken: isSpoken, numbers = [] }) {
    const root = element(role === "title" || role === "heading" ? ELEMENTS[role] : "p", {
      class: LOOKS[role],
    });
    if (testId) root.dataset.testid = testId;
    if (Array.isArray(text)) root.classList.add("bp-following"); // what stands below stays there
    const show = (/** @type {number} */ place) => {
      const said = heldAt(text, place);
      const pieces = said.split(/\{(\d)\}/);
      root.replaceChildren(
        ...pieces.flatMap((piece, index) =>
          index % 2 ? [numberSpan(numbers[Number(piece)], place)] : withScripts(piece)
        ),
      );
      const spoken = said.replace(/\{(\d)\}/g, (_, number) => textAt(numbers[number], place));
      if (isSpoken) this.input.setAttribute("aria-valuetext", `${this.said}. ${spoken}`);
    };
    return { root, show };
  }
}

/** @param {LinkPart} part */
function link({ text, href }) {
  return element("a", { class: "bp-button", href, target: "_self", "data-app-link": "" }, text);
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
  const body = rows.map((row, index) => {
    const name = element("th", { scope: "row" }, ...withScripts(row.head));
    return element("tr", row.role ? { class: ROWS[row.role] } : {}, name, ...cells[index]);
  });
  const names = head.map((name) => element("th", { scope: "col" }, ...withScripts(name || CORNER)));
  const root = element(
    "div",
    { class: "bp-scroll" },
    element(
      "table",
      { class: "bp-table" },
      element("thead", {}, element("tr", {}, ...names)),
      element("tbody", {}, ...body),
    ),
  );
  const show = (/** @type {number} */ place) =>
    rows.forEach((row, index) =>
      row.cells.forEach((number, n) => number && write(cells[index][n], number, place))
    );
  return { root, show };
}
