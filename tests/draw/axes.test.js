import assert from "node:assert/strict";
import { found, hasClass, numberOf, pointsOf } from "./dom.js";
import { Axes, nearestPlace } from "../../ui/draw/js/axes.js";

const BOX = { left: 40, right: 240, top: 10, bottom: 110 };

Deno.test("logarithmic axes give every decade the same room, and up is up", () => {
  const axes = new Axes(BOX, [0, 100], [0.01, 100], true);
  assert.deepEqual([0.01, 0.1, 1, 10, 100].map((value) => Math.round(axes.y(value))), [110, 85, 60, 35, 10]);
  const rows = axes.rows(4);
  const texts = found(rows, ({ tag }) => tag === "text");
  assert.deepEqual(texts.map((text) => text.textContent), ["0.01", "0.1", "1", "10", "100"]);
  found(rows, hasClass("bp-grid")).forEach((row, index) => {
    assert.equal(row.attributes.d, `M40 ${numberOf(texts[index], "y")}H240`);
  });
});

Deno.test("a line is broken where there is nothing to draw", () => {
  const path = (/** @type {boolean} */ isLog) =>
    new Axes(BOX, [0, 4], [1, 3], isLog).line([1, 2, NaN, 3, 0], (index) => index);
  assert.deepEqual(path(true).split("M").slice(1).map((part) => pointsOf(part).length), [2, 1]);
  assert.deepEqual(path(false).split("M").slice(1).map((part) => pointsOf(part).length), [2, 2]);
  assert.equal(
    new Axes(BOX, [0, 4], [1, 3]).line([1, null, 3], (index) => 2 * index),
    "M40.0 110.0M240.0 10.0",
  );
});

Deno.test("what is on the axis below is where it is drawn, whole where only whole numbers are meant", () => {
  const axes = new Axes(BOX, [0, 3], [0, 1]);
  for (const at of [0, 1.25, 3]) assert.equal(axes.at(axes.x(at)).toFixed(9), at.toFixed(9));
  const texts = (/** @type {SVGElement[]} */ drawn) => found(drawn, ({ tag }) => tag === "text");
  assert.deepEqual(texts(axes.columns(6)).map((text) => text.textContent), [
    "0",
    "0.5",
    "1",
    "1.5",
    "2",
    "2.5",
    "3",
  ]);
  const whole = texts(axes.columns(6, true));
  assert.deepEqual(whole.map((text) => text.textContent), ["0", "1", "2", "3"]);
  assert.deepEqual(whole.map((text) => numberOf(text, "x")), [0, 1, 2, 3].map((at) => axes.x(at)));
});

Deno.test("ticks and titles stand beside their axis, in its middle", () => {
  const axes = new Axes(BOX, [0, 2], [0, 1]);
  const placeOf = (/** @type {any} */ text) => [
    numberOf(text, "x"),
    numberOf(text, "y"),
    text.attributes["text-anchor"],
  ];
  const [tick, below] = /** @type {any[]} */ (axes.belows([[1, "one"]]));
  assert.equal(tick.attributes.d, "M140 110v5");
  assert.deepEqual(placeOf(below), [140, 125, "middle"]);
  const [beside] = axes.besides([[0.5, "half"]]);
  assert.deepEqual(placeOf(beside), [34, 60, "end"]);
  const [across, up] = /** @type {any[]} */ (axes.titles("η", "cost"));
  assert.deepEqual(placeOf(across), [140, 145, "middle"]);
  assert.equal(up.attributes.transform, "translate(9 60) rotate(-90)");
  assert.equal(nearestPlace([3], 0), 0);
});
