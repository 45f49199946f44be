/** A scene on a page: its control, and everything that follows it, in place and in the same frame. */
/** @import { FoldPart, GroupPart, Parent, Scene, ScenePart, ToldPart, WordsPart } from "./types.d.ts" */
/** @import { Bar } from "./controls.js" */
import { cards } from "./cards.js";
import { Columns } from "./columns.js";
import { barOf, NoBar, SwitchBar } from "./controls.js";
import { element, markAll, nearest, withScripts } from "./element.js";
import { Light, onPoint } from "./light.js";
import { matrix, tables } from "./matrix.js";
import { Outer } from "./outer.js";
import { Picture } from "./picture.js";
import { formula, legend, link, table } from "./prose.js";
import { nameOfFile, savable } from "./save.js";
import { strip } from "./squares.js";
import { WholeNetwork } from "./whole.js";
import { Products } from "./products.js";
import { saidAt } from "./sums.js";
import { numberSpan, textAt } from "./values.js";

/** @typedef {{onMove: () => void, onRelease: () => void}} Listener */
/** @typedef {{root: HTMLElement, show: (place: number, off: Set<number>, chosen: number) => void}} Drawn `chosen` while another place is pointed at */
/** @typedef {Drawn & {resize: (width: number) => void}} Sized what is drawn as wide as it is */

const LOOKS = {
  title: "bp-heading",
  heading: "bp-subheading",
  verdict: "bp-verdict",
  caption: "bp-caption",
  note: "bp-note",
  beside: "bp-beside",
};
const ELEMENTS = /** @type {const} */ ({ title: "h2", heading: "h3" });
const LAYOUTS = {
  pictures: "bp-trio",
  columns: "bp-two",
  column: "bp-column",
  line: "bp-outcome",
  pair: "bp-pair",
};

export class Page {
  /** @type {Scene} */ scene;
  /** @type {Bar} */ bar = new NoBar();
  /** @type {Drawn[]} */ drawn = [];
  /** @type {Sized[]} */ pictures = [];
  /** @type {string[]} what each of them is */ kinds = [];
  /** @type {number[]} of the pictures, in pixels */ widths = [];
  /** @type {{root: HTMLElement, part: ToldPart}[]} */ told = [];
  /** Whether a pointer or finger holds what it moves. */ isHeld = false;
  /** @type {Set<number>} what the switches have taken out */ off = new Set();
  place = 0;
  /** What is shown: the place, or what is pointed at. */ shown = 0;

  /** @param {Parent} parent @param {Listener} listener */
  constructor(parent, listener) {
    this.listener = listener;
    this.switches = new SwitchBar((option) => this.toggle(option));
    this.body = element("div", { class: "bp-scene-body" });
    this.root = element("div", { class: "bp-scene" }, this.bar.root, this.switches.root, this.body);
    parent.append(this.root);
    this.light = new Light(this.root, (lit) => this.tellOf(lit));
    this.root.addEventListener("click", ({ target }) => this.pick(target) || this.follow(target));
    this.root.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      if (event.target instanceof HTMLInputElement) return;
      if (this.pick(event.target)) event.preventDefault();
    });
    onPoint(this.root, ({ target, pointerType }) => {
      if (pointerType !== "touch") this.peek(target); // a finger chooses
    });
    this.root.addEventListener("pointerleave", () => this.peek(null));
    this.sizes = new ResizeObserver(() => this.measure());
  }

  connect() {
    this.light.connect();
  }

  disconnect() {
    this.light.disconnect();
  }

  /** The parameters of the address that are moved here. */
  get keys() {
    const { switches } = this.scene;
    return [...this.bar.keys, ...(switches ? [switches.key] : [])];
  }

  /** What the address says of each of them. */
  get state() {
    const { switches } = this.scene;
    const out = switches?.options.filter((_, option) => this.off.has(option));
    return [...this.bar.textsAt(this.place), ...(out ? [out] : [])];
  }

  /** @param {Scene} scene */
  setScene(scene) {
    const state = this.scene && this.state;
    this.scene = scene;
    const bar = barOf(scene.control, this.bar, {
      onMove: (place) => this.move(place),
      onHold: (isHeld) => this.hold(isHeld),
    });
    if (bar !== this.bar) this.bar.root.replaceWith(bar.root);
    this.bar = bar;
    bar.set(/** @type {any} its own kind */ (scene.control));
    this.switches.set(scene.switches);
    this.pictures = [];
    this.kinds = [];
    this.told = [];
    this.drawn = scene.parts.map((part) => this.draw(part));
    this.fit(); // as wide as those before: to ask the document would lay it out, and they would be drawn twice
    const open = folds(this.body).map((fold) => fold.open);
    this.body.replaceChildren(...this.drawn.map(({ root }) => root));
    folds(this.body).forEach((fold, index) => fold.open = open[index] ?? false); // as the reader had them
    this.sizes.disconnect();
    for (const { root } of this.pictures) this.sizes.observe(root);
    if (state?.length === this.keys.length) this.moveTo(state);
    else this.show(0);
    if (this.widths.length !== this.pictures.length) this.measure();
  }

  /** What the pictures are in is observed from when they are there. */
  measure() {
    const widths = this.pictures.map(({ root }) => root.clientWidth);
    if (String(widths) === String(this.widths)) return;
    this.widths = widths;
    this.fit();
    this.mark(); // what is drawn anew
  }

  fit() {
    this.pictures.forEach((picture, index) => picture.resize(this.widths[index]));
  }

  /** @param {string[][]} state of the address */
  moveTo(state) {
    const { switches } = this.scene;
    const out = switches ? state[state.length - 1] : [];
    this.off = new Set(out.map((text) => switches?.options.indexOf(text) ?? -1));
    this.show(this.bar.placeOf(state));
  }

  /** By the reader. @param {number} place */
  move(place) {
    this.show(place);
    this.listener.onMove();
  }

  /** By the reader. @param {number} option */
  toggle(option) {
    this.off = new Set(
      this.off.has(option) ? [...this.off].filter((one) => one !== option) : [...this.off, option],
    );
    this.show(this.place);
    this.listener.onMove();
  }

  /** What a click is on. @param {EventTarget | null} target @returns whether it stands for something */
  pick(target) {
    const option = nearest(target, "[data-option]")?.dataset.option;
    const switched = this.scene.switches && nearest(target, "[data-switch]")?.dataset.switch;
    if (option !== undefined && Number(option) !== this.place) this.move(Number(option));
    else if (switched !== undefined) this.toggle(Number(switched));
    return option !== undefined || switched !== undefined;
  }

  /** The way that leads from a part of a picture to another view, as a link does. @param {EventTarget | null} target */
  follow(target) {
    const href = nearest(target, "[data-way]")?.dataset.way;
    if (!href) return;
    const link = element("a", { href, "data-app-link": "" });
    this.root.append(link);
    link.click();
    link.remove();
  }

  /** What is pointed at is shown as long as it is, in a scene of a combination. @param {EventTarget | null} target */
  peek(target) {
    if (this.scene.control?.part !== "Combination") return;
    const place = Number(nearest(target, "[data-option]")?.dataset.option ?? this.place);
    if (place !== this.shown) this.showAt(place);
  }

  /** @param {boolean} isHeld */
  hold(isHeld) {
    this.isHeld = isHeld;
    if (!isHeld) this.listener.onRelease();
  }

  /** @param {number} place of the control */
  show(place) {
    this.place = place;
    this.bar.show(place);
    this.switches.show(this.off);
    this.showAt(place);
  }

  /** @param {number} place where the control is, or what is pointed at */
  showAt(place) {
    this.shown = place;
    for (const part of this.drawn) part.show(place, this.off, this.place);
    this.mark();
  }

  /** What stands for the place, what is out, and what is lit. */
  mark() {
    markAll(this.body, "bp-chosen", `[data-option="${this.place}"]`);
    markAll(this.body, "bp-out", [...this.off].map((option) => `[data-switch="${option}"]`).join(", "));
    this.light.show();
  }

  /** @param {string[]} lit */
  tellOf(lit) {
    for (const { root, part: { texts, otherwise } } of this.told) {
      const said = lit.map((link) => texts[link]).find(Boolean) ?? otherwise;
      if (root.dataset.said === said) continue;
      root.dataset.said = said;
      root.replaceChildren(...withScripts(said));
    }
  }

  /** The positions of a slider; none of a choice. */
  get positions() {
    const { control } = this.scene;
    return control?.part === "Slider" ? control.positions : [];
  }

  /** @param {ScenePart} part @returns {Drawn} */
  draw(part) {
    switch (part.part) {
      case "Words":
        return this.words(part);
      case "Told":
        return this.tells(part);
      case "Formula":
        return formula(part);
      case "Legend":
        return { root: legend(part), show: () => undefined };
      case "WholeNetwork":
        return this.picture(part.part, new WholeNetwork(part));
      case "Link":
        return link(part);
      case "Cards":
        return cards(part);
      case "Table":
        return table(part);
      case "Matrix":
        return this.following(matrix(part));
      case "Tables":
        return this.following(tables(part));
      case "Strip":
        return { root: strip(part), show: () => undefined };
      case "Fold":
        return this.fold(part);
      case "Products":
        return new Products(part, (place) => this.move(place));
      case "Columns":
        return new Columns(part);
      case "Outer":
        return new Outer(part);
      case "Group":
        return this.group(part);
      default:
        return this.picture(
          part.part,
          new Picture(part, this.positions, {
            onMove: (place) => this.move(place),
            onHold: (isHeld) => this.hold(isHeld),
          }),
        );
    }
  }

  /** What follows the number, too. @param {{root: HTMLElement, show: (number: number, place: number) => void}} part @returns {Drawn} */
  following({ root, show }) {
    return { root, show: (place) => show(this.positions[place], place) };
  }

  /** @param {string} kind @param {Sized} picture @returns {Drawn} */
  picture(kind, picture) {
    const { file } = this.scene;
    const before = this.kinds.filter((each) => each === kind).length;
    this.kinds.push(kind);
    this.pictures.push(picture);
    const nameOf = () => nameOfFile(file ?? "", kind, before, this.said);
    return {
      root: file ? savable(picture.root, nameOf) : picture.root,
      show: (...at) => picture.show(...at),
    };
  }

  /** What the address says of each parameter, in one text. @returns {Record<string, string>} */
  get said() {
    const { keys, state } = this;
    return Object.fromEntries(keys.map((key, index) => [key, state[index].join("-")]));
  }

  /** @param {FoldPart} part @returns {Drawn} */
  fold({ title, parts }) {
    const { root, show } = this.group({ part: "Group", layout: "column", parts });
    return {
      root: element("details", { class: "bp-more" }, element("summary", {}, ...withScripts(title)), root),
      show,
    };
  }

  /** @param {GroupPart} part @returns {Drawn} */
  group({ layout, parts }) {
    const drawn = parts.map((part) => this.draw(part));
    const root = element("div", { class: LAYOUTS[layout] }, ...drawn.map((part) => part.root));
    const show = (/** @type {Parameters<Drawn["show"]>} */ ...at) =>
      drawn.forEach((part) => part.show(...at));
    return { root, show };
  }

  /** @param {ToldPart} part @returns {Drawn} */
  tells(part) {
    const root = element("p", { class: "bp-note bp-in-words", "aria-live": "polite" });
    this.told.push({ root, part });
    return { root, show: () => undefined }; // `light` does, whenever anything is shown
  }

  /** @param {WordsPart} part @returns {Drawn} */
  words({ text, role, test_id: testId, is_spoken: isSpoken, numbers = [] }) {
    const root = element(role === "title" || role === "heading" ? ELEMENTS[role] : "p", {
      class: LOOKS[role],
    });
    if (testId) root.dataset.testid = testId;
    if (isSpoken && this.scene.control?.part !== "Slider") root.setAttribute("aria-live", "polite");
    if (typeof text === "object") root.classList.add("bp-following"); // what stands below stays there
    const show = (/** @type {number} */ place, /** @type {Set<number>} */ off) => {
      const said = saidAt(text, place, off);
      const pieces = said.split(/\{(\d)\}/);
      root.replaceChildren(
        ...pieces.flatMap((piece, index) =>
          index % 2 ? [numberSpan(numbers[Number(piece)], place)] : withScripts(piece)
        ),
      );
      const spoken = said.replace(/\{(\d)\}/g, (_, number) => textAt(numbers[number], place));
      if (isSpoken) this.bar.speak(spoken);
    };
    return { root, show };
  }
}

/** @param {HTMLElement} body */
const folds = (body) => [...body.querySelectorAll("details")];
