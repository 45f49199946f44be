/** The decision regions on a plane, with the flowers on it. */
/** @import { Film, Plane } from "./types.d.ts" */
import { Axes } from "./axes.js";
import { element, svgElement } from "./element.js";
import { decodeRuns } from "./series.js";
import { counted } from "./text.js";

const ROOM_LEFT = 46;
const ROOM_BELOW = 44;
const ROOM_EDGE = 8;
const STRENGTH = 88; // of the regions' colours, of 255

export class Regions {
  /** @type {Plane} */ plane;
  /** @type {NonNullable<Film["regions"]>} */ regions;
  /** @type {number[][]} of every epoch */ wrong;
  /** @type {number} */ drawnRegion;
  /** @type {number[]} flowers */ marked;
  /** @type {HTMLElement[]} */ swatches;
  /** @type {Axes} */ axes;
  /** @type {SVGElement[]} */ dots;
  /** @type {number[][] | undefined} */ colours;

  constructor() {
    this.canvas = element("canvas", { "aria-hidden": "true" });
    this.svg = svgElement("svg", { role: "img" });
    this.title = element("strong");
    this.which = element("span", { class: "which" });
    this.keys = element("span", { class: "keys" });
    this.box = element("div", { class: "plane" }, this.canvas, this.svg);
    this.figure = element(
      "figure",
      { class: "region" },
      element("figcaption", {}, this.title, this.which, this.keys),
      this.box,
    );
  }

  /** @param {Film} payload */
  setData(payload) {
    this.figure.hidden = !payload.regions;
    if (!payload.plane || !payload.regions) return;
    this.plane = payload.plane;
    this.regions = payload.regions;
    this.wrong = payload.wrong;
    this.drawnRegion = -1;
    this.marked = [];
    const { cells } = payload.regions;
    this.canvas.width = this.canvas.height = cells;
    this.title.textContent = "Decision regions";
    const shown = counted(this.plane.flowers.length, payload.noun);
    this.svg.setAttribute("aria-label", `Decision regions over ${this.plane.name}, and the ${shown}`);
    this.swatches = this.plane.species.map((_, index) => element("i", { class: `species-${index}` }, ""));
    const key = (/** @type {Node} */ mark, /** @type {string} */ text) =>
      element("span", { class: "key" }, mark, text);
    this.keys.replaceChildren(
      ...this.plane.species.map((name, index) => key(this.swatches[index], name)),
      ...(payload.sets.test
        ? [
          key(element("i", { class: "mark circle" }), "training"),
          key(element("i", { class: "mark diamond" }), "test"),
        ]
        : []),
      key(element("i", { class: "mark ring" }), "wrong"),
    );
  }

  /** Draw axes and flowers. @param {number} width in pixels */
  draw(width) {
    if (this.figure.hidden) return;
    const side = Math.min(
      Math.max(180, width - ROOM_LEFT - ROOM_EDGE),
      330,
      Math.max(220, innerHeight * 0.35),
    );
    const [across, up] = this.plane.axes;
    const box = { left: ROOM_LEFT, right: ROOM_LEFT + side, top: ROOM_EDGE, bottom: ROOM_EDGE + side };
    this.axes = new Axes(box, across.ends, up.ends);
    const total = [side + ROOM_LEFT + ROOM_EDGE, side + ROOM_BELOW + ROOM_EDGE];
    this.svg.setAttribute("viewBox", `0 0 ${total.join(" ")}`);
    this.box.style.width = `${total[0]}px`;
    this.box.style.height = `${total[1]}px`;
    Object.assign(this.canvas.style, {
      left: `${ROOM_LEFT}px`,
      top: `${ROOM_EDGE}px`,
      width: `${side}px`,
      height: `${side}px`,
    });
    this.dots = this.plane.flowers.map(([u, v, species, isTest]) => this.flower(u, v, species, isTest));
    this.svg.replaceChildren(
      svgElement("rect", { ...this.axes.frame, class: "frame" }),
      ...this.axes.belows(across.ticks),
      ...this.axes.besides(up.ticks),
      ...this.axes.titles(across.title, up.title),
      ...this.dots,
    );
    this.marked = [];
  }

  /** @param {number} epoch */
  show(epoch) {
    if (this.figure.hidden) return;
    for (const flower of this.marked) this.dots[flower].classList.remove("wrong");
    this.marked = this.wrong[epoch];
    for (const flower of this.marked) this.dots[flower].classList.add("wrong");
    const index = this.regionOf(epoch);
    const shown = this.regions.epochs[index];
    this.which.textContent = shown === epoch ? "" : `(of epoch ${shown})`;
    this.figure.dataset.region = String(shown);
    if (index !== this.drawnRegion) this.paint(index);
  }

  /** Colours change with the theme. */
  repaint() {
    this.colours = undefined;
    if (!this.figure.hidden && this.drawnRegion >= 0) this.paint(this.drawnRegion);
  }

  /** @param {number} epoch */
  regionOf(epoch) {
    const { epochs } = this.regions;
    let index = epochs.length - 1;
    while (epochs[index] > epoch) index -= 1;
    return index;
  }

  /** @param {number} index */
  paint(index) {
    this.drawnRegion = index;
    const colours = (this.colours ??= this.swatches.map(colourOf));
    const { cells, classes } = this.regions;
    const context = /** @type {CanvasRenderingContext2D} */ (this.canvas.getContext("2d"));
    const image = context.createImageData(cells, cells);
    decodeRuns(classes[index], cells * cells).forEach((species, cell) => {
      const row = cells - 1 - Math.floor(cell / cells); // v grows upwards
      const [red, green, blue] = colours[species] ?? [0, 0, 0];
      image.data.set([red, green, blue, species === 255 ? 0 : STRENGTH], 4 * (row * cells + (cell % cells)));
    });
    context.putImageData(image, 0, 0);
  }

  /** @param {number} u @param {number} v @param {number} species @param {number} isTest */
  flower(u, v, species, isTest) {
    const [x, y] = [this.axes.x(u), this.axes.y(v)].map((at) => Number(at.toFixed(1)));
    const attributes = { class: `flower species-${species} ${isTest ? "test" : "training"}` };
    if (!isTest) return svgElement("circle", { ...attributes, cx: x, cy: y, r: 3.6 });
    return svgElement("path", {
      ...attributes,
      d: `M${x} ${y - 5.6}L${x + 5.6} ${y}L${x} ${y + 5.6}L${x - 5.6} ${y}Z`,
    });
  }
}

/** @param {Element} swatch */
function colourOf(swatch) {
  return getComputedStyle(swatch).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [];
}
