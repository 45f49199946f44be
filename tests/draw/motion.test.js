import assert from "node:assert/strict";
import { moveTables, Pace, placesOf } from "../../ui/draw/js/motion.js";
import "./dom.js";

/** A table that was drawn somewhere. @param {string} name @param {number} left @param {number} top @param {string} [look] */
function figure(name, left, top, look = "") {
  const node = /** @type {any} */ (document.createElement("figure"));
  node.dataset.name = name;
  node.setAttribute("class", look);
  node.getBoundingClientRect = () => ({ left, top });
  node.animate = (/** @type {any[]} */ [from, to], /** @type {any} */ timing) =>
    node.moved = [from.transform, from.opacity, to.transform, to.opacity, timing.duration];
  return node;
}

/** @param {any[]} figures @param {any[]} sums */
const tablesOf = (figures, sums = []) => /** @type {any} */ ({
  querySelectorAll: (/** @type {string} */ selector) => selector === "figure" ? figures : sums,
});

Deno.test("a table comes from where it was, a result from its left, a sum from above", () => {
  const before = placesOf(tablesOf([figure("z1", 10, 20), figure("a1", 5, 5), figure("W", 0.5, 0.4)]));
  const figures = [
    figure("z1", 110, 15),
    figure("a1", 5, 5, "result"),
    figure("W", 0, 0),
    figure("b", 7, 7, "result"),
    figure("c", 7, 7),
  ];
  const sum = figure("", 0, 0);
  moveTables(tablesOf(figures, [sum]), before);
  assert.deepEqual(figures.map(({ moved }) => moved), [
    ["translate(-100px, 5px)", undefined, "none", undefined, 220],
    undefined,
    undefined,
    ["translateX(-60px)", 0, "none", 1, 220],
    undefined,
  ]);
  assert.deepEqual(sum.moved, ["translateY(-56px)", 0, "none", 1, 220]);
  const near = figure("W", 0.5, -0.1);
  moveTables(tablesOf([near]), before);
  assert.equal(near.moved, undefined);
  const apart = figure("W", 1.2, -0.3);
  moveTables(tablesOf([apart]), before);
  assert.ok(apart.moved);
});

Deno.test("there is no motion while a key is held, nor against the reader's wish", () => {
  const still = { matches: false };
  let now = 0;
  Object.assign(globalThis, { matchMedia: () => still });
  const before = performance.now;
  performance.now = () => now;
  const pace = new Pace();
  const allowed = [0, 219, 439, 439, 700].map((moment) => {
    now = moment;
    return pace.allowsMotion();
  });
  assert.deepEqual(allowed, [true, false, true, false, true]);
  still.matches = true;
  now = 9999;
  assert.equal(pace.allowsMotion(), false);
  performance.now = before;
});
