import assert from "node:assert/strict";
import { number } from "./scene_numbers.js";
import { assertInside, corners, found, hasClass, near, numberOf, pointsOf } from "./dom.js";
import { nearestPlace } from "../../ui/draw/js/axes.js";
import { curve } from "../../ui/draw/js/curve.js";
import { HEIGHT } from "../../ui/draw/js/values.js";

/** @import { CurvePart } from "../../ui/draw/js/types.d.ts" */

const WIDTH = 300;

const POSITIONS = Array.from({ length: 121 }, (_, index) => (index - 60) / 20);
const SQUARES = POSITIONS.map((t) => t * t - t);
/** @type {CurvePart} t² − t, its tangent 2t − 1 and a wrong one of slope 2t, only where t > 0 */
const CURVE = {
  part: "Curve",
  title: "",
  alt: "",
  number: number(SQUARES, { form: "short" }),
  slopes: [
    { name: "total", label: "", number: { value: POSITIONS.map((t) => 2 * t - 1), form: "signed" } },
    {
      name: "single",
      label: "",
      number: { value: POSITIONS.map((t) => t > 0 ? 2 * t : null), form: "signed" },
    },
  ],
  low: -0.25,
  high: 12,
};

/** What is drawn at a position, and the values that its axes give to places on the picture. @param {CurvePart} part @param {number} place */
function readCurve(part, place) {
  const drawn = curve(part, POSITIONS, place, WIDTH).children;
  const texts = found(drawn, ({ tag }) => tag === "text");
  const named = (/** @type {string} */ anchor, /** @type {string} */ axis) =>
    texts.filter(({ attributes }) => attributes["text-anchor"] === anchor).map((
      text,
    ) => /** @type {[number, number]} */ ([
      Number(text.textContent.replace("−", "-")),
      numberOf(text, axis),
    ]));
  const along = (/** @type {[number, number][]} */ ticks) => {
    const [[low, first], [high, last]] = [ticks[0], ticks[ticks.length - 1]];
    return (/** @type {number} */ at) => low + ((at - first) * (high - low)) / (last - first);
  };
  const [ys, xs] = [named("end", "y"), named("middle", "x")];
  return { drawn, ys, xs, t: along(xs), value: along(ys) };
}

Deno.test("the curve is drawn upright on its axes", () => {
  const { drawn, xs, ys, t, value } = readCurve(CURVE, 75);
  assertInside(drawn, HEIGHT, WIDTH);
  const [window] = found(drawn, ({ tag }) => tag === "svg"); // cuts the tangents off
  const [frame] = found(drawn, hasClass("bp-frame"));
  const box = ["x", "y", "width", "height"].map((name) => window.attributes[name]);
  assert.deepEqual(box, ["x", "y", "width", "height"].map((name) => frame.attributes[name]));
  assert.equal(window.attributes.viewBox, box.join(" "));
  for (const grid of found(drawn, hasClass("bp-grid"))) {
    const [[left, y], [right]] = corners(grid.attributes.d);
    near(left, Number(box[0]));
    near(right, Number(box[0]) + Number(box[2]));
    assert.ok(ys.some(([, at]) => at === y));
  }
  assert.deepEqual(xs.map(([tick]) => tick), [-3, -2, -1, 0, 1, 2, 3]);
  assert.deepEqual(ys.map(([tick]) => tick), [0, 5, 10]);
  assert.ok(ys[0][1] > ys[2][1]); // up the page is up the axis
  const [line] = found(drawn, hasClass("bp-curve"));
  const points = pointsOf(line.attributes.d);
  assert.equal(points.length, POSITIONS.length);
  points.forEach(([x, y], index) => {
    near(t(x), POSITIONS[index], 0.002);
    near(value(y), SQUARES[index], 0.01);
  });
});

Deno.test("the point lies on the curve, and the tangent touches it there", () => {
  for (const place of [10, 61, 75, 110]) {
    const { drawn, t, value } = readCurve(CURVE, place);
    const [dot] = found(drawn, hasClass("bp-dot"));
    near(t(numberOf(dot, "cx")), POSITIONS[place], 0.002);
    near(value(numberOf(dot, "cy")), SQUARES[place], 0.01);
    assert.equal(numberOf(dot, "data-value"), SQUARES[place]);
    const lines = found(drawn, ({ attributes }) => "data-slope" in attributes);
    assert.deepEqual(
      lines.map(({ attributes }) => attributes["data-slope"]),
      place > 60 ? ["single", "total"] : ["total"],
    );
    for (const line of lines) {
      const slope = 2 * POSITIONS[place] - (line.attributes["data-slope"] === "total" ? 1 : 0);
      const [[x1, y1], [x2, y2]] = pointsOf(line.attributes.d);
      near((value(y2) - value(y1)) / (t(x2) - t(x1)), slope, 0.01);
      near(value(y1) + slope * (POSITIONS[place] - t(x1)), SQUARES[place], 0.03);
      assert.ok(hasClass(line.attributes["data-slope"] === "total" ? "bp-tangent" : "bp-wrong")(line));
    }
  }
});

Deno.test("what is switched out stands still: the curve of what moves goes through the point, with the slope that is left", () => {
  const sum = {
    terms: [POSITIONS.map((t) => 2 * t), -1],
    noise: [0, 0],
    total: POSITIONS.map((t) => 2 * t - 1),
  };
  const around = [-1, 0, 1];
  const frozen = [
    { heights: POSITIONS.map((t) => around.map((by) => (t + by) ** 2 - t)), reach: 1 }, // the first alone moves
    { heights: POSITIONS.map((t) => around.map((by) => t * t - (t + by))), reach: 1 },
  ];
  const part = { ...CURVE, slopes: [{ ...CURVE.slopes[0], sum }], frozen };
  for (const off of [[], [0], [1], [0, 1]]) {
    const { axes, children } = curve(part, POSITIONS, 75, WIDTH, new Set(off));
    const still = found(children, ({ attributes }) => "data-frozen" in attributes);
    const [line] = found(children, ({ attributes }) => "data-slope" in attributes);
    const [[x1, y1], [x2, y2]] = pointsOf(line.attributes.d);
    const rise = (axes.y(0) - axes.y(1)) / (axes.x(1) - axes.x(0));
    const left = [0, 1].filter((k) => !off.includes(k)).map((k) => [2 * POSITIONS[75], -1][k]);
    near((y1 - y2) / (x2 - x1) / rise, left.reduce((sum, product) => sum + product, 0), 0.01);
    assert.equal(still.length, off.length ? 1 : 0);
    if (!off.length) continue;
    const points = pointsOf(still[0].attributes.d);
    const middle = off.length === 2 ? [axes.x(POSITIONS[75]), points[0][1]] : points[1];
    near(middle[0], axes.x(POSITIONS[75]), 0.1);
    near(middle[1], axes.y(SQUARES[75]), 0.1);
  }
});

Deno.test("a point outside of what is shown makes room for itself", () => {
  const cut = { ...CURVE, high: 4 };
  const inside = readCurve(cut, 75).value;
  const { drawn, value } = readCurve(cut, 0); // 12
  const [frame] = found(drawn, hasClass("bp-frame"));
  const [top, height] = [numberOf(frame, "y"), numberOf(frame, "height")];
  near(inside(top), 4 + 0.06 * 4.25, 0.02);
  near(inside(top + height), -0.25 - 0.06 * 4.25, 0.02);
  near(value(top), 12 + 0.06 * 12.25, 0.02);
});

Deno.test("a level curve is drawn level, in the middle", () => {
  const level = { ...CURVE, number: number(1), low: 1, high: 1, slopes: [] };
  const { drawn, value } = readCurve(level, 30);
  const [line] = found(drawn, hasClass("bp-curve"));
  const heights = new Set(pointsOf(line.attributes.d).map(([, y]) => y));
  assert.equal(heights.size, 1);
  near(value([...heights][0]), 1, 0.01);
});

Deno.test("where the pointer is tells the position, also outside of the curve", () => {
  const { xs } = readCurve(CURVE, 0);
  const { axes } = curve(CURVE, POSITIONS, 0, WIDTH);
  const placeNear = (/** @type {number} */ x) => nearestPlace(POSITIONS, axes.at(x));
  for (const [tick, x] of xs) assert.equal(POSITIONS[placeNear(x)], tick);
  assert.equal(placeNear(xs[3][1] + 1), 60);
  assert.equal(placeNear(-50), 0);
  assert.equal(placeNear(WIDTH + 50), 120);
  assert.equal(nearestPlace([-1, 0, 0.123, 1], 0.1), 2);
  assert.equal(nearestPlace([-1, 0, 0.123, 1], 0.06), 1);
});
