import assert from "node:assert/strict";
import { found, hasClass, numberOf } from "./dom.js";
import { Picture } from "../../ui/draw/js/picture.js";

/** @import { PicturePart } from "../../ui/draw/js/types.d.ts" */

const POSITIONS = Array.from({ length: 11 }, (_, n) => n / 5); // 0, 0.2, …, 2
const number = { value: POSITIONS.map((t) => t * t), form: /** @type {const} */ ("signed") };
/** @type {PicturePart} */
const CURVE = { part: "Curve", title: "", alt: "", number, slopes: [], low: 0, high: 4 };
/** @type {PicturePart} */
const PLOT = {
  part: "Plot",
  alt: "",
  axes: ["t", "cost"],
  end: 2,
  top: 4,
  lines: [{ name: "cost", label: "cost", heights: number.value, number }],
};
/** @type {PicturePart} */
const BARS = {
  part: "Bars",
  title: "",
  alt: "",
  bars: [{ label: "one", number: { value: 2, form: "signed" }, end: 2 }],
  total: { label: "all", number: { value: 2, form: "signed" }, end: 2 },
  truth: { label: "measured", number: { value: 2, form: "signed" }, end: 2 },
};

/** @param {PicturePart} part @param {number} width */
function picture(part, width) {
  /** @type {(number | boolean)[]} */
  const told = [];
  const made = new Picture(part, POSITIONS, {
    onMove: (place) => told.push(place),
    onHold: (isHeld) => told.push(isHeld),
  });
  made.show(0, new Set());
  made.resize(width);
  const svg = /** @type {any} */ (made.svg);
  const ownWidth = Number(svg.attributes.viewBox.split(" ")[2]);
  return { made, svg, told, ownWidth };
}

for (
  const [part, width] of /** @type {[PicturePart, number][]} */ ([[CURVE, 300], [CURVE, 900], [PLOT, 700]])
) {
  Deno.test(`the point of a ${part.part}, ${width} pixels wide, is where a pointer drags it`, () => {
    const { made, svg, told, ownWidth } = picture(part, width);
    const clientX = (/** @type {number} */ place) => {
      made.show(place, new Set());
      const [dot] = found(
        svg.children,
        ({ tag, classes }) =>
          tag === "circle" && (classes.includes("bp-dot") || classes.includes("bp-point")),
      );
      return 100 + (numberOf(dot, "cx") * width) / ownWidth; // the picture begins at 100
    };
    const [three, seven] = [clientX(3), clientX(7)];
    svg.tell("pointermove", { clientX: seven, buttons: 0 });
    svg.tell("pointerdown", { clientX: seven, button: 2 });
    assert.deepEqual(told, []);
    svg.tell("pointerdown", { clientX: seven, button: 0 });
    svg.tell("pointermove", { clientX: three + 0.2, buttons: 1 });
    svg.tell("pointermove", { clientX: 0, buttons: 1 });
    svg.tell("pointerup", {});
    assert.deepEqual(told, [true, 7, 3, 0, false]);
  });
}

Deno.test("only what is over the slider's numbers can be dragged", () => {
  const { svg } = picture(BARS, 300);
  assert.deepEqual(svg.listeners, {});
});

Deno.test("a picture grows with its place, by a quarter at most; beyond that it gets wider", () => {
  assert.deepEqual([250, 292, 350, 584].map((width) => picture(BARS, width).ownWidth), [
    250,
    292,
    292,
    467.2,
  ]);
  for (const [part, width] of /** @type {[PicturePart, number][]} */ ([[CURVE, 324], [PLOT, 520]])) {
    const widths = [0.9 * width, width + 2, 2 * width].map((wide) => picture(part, wide).ownWidth);
    assert.deepEqual(widths, [0.9 * width, width, 1.6 * width]);
  }
  const { made, svg } = picture(BARS, 250);
  const before = svg.attributes.viewBox;
  made.resize(0); // not on the screen
  assert.equal(svg.attributes.viewBox, before);
});

Deno.test("the legend of a curve has the slope of each line, and none where it is not drawn", () => {
  const slope = { value: /** @type {any} */ (POSITIONS.map((t) => t ? 2 * t : null)), form: number.form };
  const part = {
    ...CURVE,
    slopes: [{ name: /** @type {const} */ ("single"), label: "wrong ", number: slope }],
  };
  const { made } = picture(part, 300);
  const [key] = found([/** @type {any} */ (made.title)], hasClass("bp-key"));
  assert.ok(hasClass("bp-absent")(key));
  made.show(10, new Set());
  assert.deepEqual([hasClass("bp-absent")(key), key.textContent], [false, "wrong +4"]);
});

Deno.test("a picture that nobody has looked at takes its width, and is drawn once it is shown", () => {
  const made = new Picture(BARS, POSITIONS, { onMove: () => undefined, onHold: () => undefined });
  const svg = /** @type {any} */ (made.svg);
  made.resize(250);
  assert.equal(svg.children.length, 0);
  made.show(0, new Set());
  assert.equal(svg.attributes.viewBox, picture(BARS, 250).svg.attributes.viewBox);
});

Deno.test("many bars stand clear of each other: the picture is higher for them", () => {
  const part = { ...BARS, bars: Array.from({ length: 16 }, () => BARS.bars[0]) };
  const { svg } = picture(part, 300);
  const middles = found(svg.children, ({ tag, textContent }) => tag === "text" && textContent === "one")
    .map((name) => numberOf(name, "y"));
  const apart = middles.slice(1).map((y, index) => y - middles[index]);
  const [bar] = found(svg.children, ({ tag }) => tag === "rect");
  assert.equal(middles.length, 16);
  assert.ok(Math.min(...apart) >= 19 && numberOf(bar, "height") < Math.min(...apart));
  assert.ok(Number(svg.attributes.viewBox.split(" ")[3]) > middles[15] + 2 * apart[0]);
  assert.ok(picture(BARS, 300).svg.attributes.viewBox.endsWith(" 208"));
});
