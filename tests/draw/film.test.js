import assert from "node:assert/strict";
import { found, hasClass, near, numberOf, pointsOf } from "./dom.js";
import { Chart } from "../../ui/draw/js/chart.js";
import { Pace } from "../../ui/draw/js/motion.js";
import { Regions } from "../../ui/draw/js/regions.js";
import { AnswerTable, Weights } from "../../ui/views/training/js/matrices.js";

// --- charts over the epochs ---------------------------------------------------------------------------

const COST = Float64Array.of(4, 2, 1, 0.5, 0.4);

/** @param {Float64Array} values @param {number} room @param {object} [more] */
function chart(values, room, more) {
  /** @type {number[]} */
  const picked = [];
  const options = { title: "Cost", height: 140, lines: [{ name: "test_cost", label: "test" }], ...more };
  const made = new Chart(options, (epoch) => picked.push(epoch));
  made.setData({ test_cost: values }, values.length - 1);
  made.draw(room);
  const svg = /** @type {any} */ (made.svg);
  const [line] = found(svg.children, hasClass("line"));
  return { made, svg, picked, line, points: pointsOf(line.attributes.d) };
}

Deno.test("a chart is as wide as its room, at least 160, and upright; its cursor is at the epoch", () => {
  for (const [room, width] of [[90, 160], [160, 160], [400, 400]]) {
    const { made, svg, points, line } = chart(COST, room);
    assert.equal(svg.attributes.viewBox, `0 0 ${width} 140`);
    assert.equal(svg.attributes.height, "140");
    assert.ok(hasClass("test")(line));
    const share = (/** @type {number} */ value) => (points[0][1] - points[4][1]) / (4 - 0.4) * value;
    points.forEach(([x, y], epoch) => {
      near(x, 50 + ((width - 62) * epoch) / 4, 0.1);
      near(y, points[0][1] - share(4 - COST[epoch]), 0.1);
    });
    assert.ok(8 < points[0][1] && points[0][1] < 24 && points[4][1] < 116);
    made.show(3);
    const [cursor, dot] = ["cursor", "dot"].map((look) => found(svg.children, hasClass(look))[0]);
    assert.deepEqual([cursor.attributes.y1, cursor.attributes.y2], ["8", "116"]);
    for (const [part, side] of /** @type {const} */ ([[cursor, "x1"], [cursor, "x2"], [dot, "cx"]])) {
      near(numberOf(part, side), points[3][0], 0.1);
    }
    near(numberOf(dot, "cy"), points[3][1], 0.1);
    assert.equal(made.numbers[0].textContent, "0.500");
    assert.equal(made.numbers[0].dataset.value, "0.5");
  }
});

Deno.test("what spans more than two decades has a logarithmic scale, and says so", () => {
  const named = (/** @type {number} */ most, /** @type {object} */ more = {}) =>
    chart(Float64Array.of(most, 1), 300, more).made.scaleName.textContent;
  assert.deepEqual([named(100), named(100.1), named(1000, { ends: [0, 1000] })], ["", "(log scale)", ""]);
  const { points, made } = chart(Float64Array.of(2000, 10, 0), 300);
  assert.equal(points.length, 2); // no logarithm of 0
  made.show(2);
  assert.equal(made.dots[0].getAttribute("visibility"), "hidden");
  made.show(1);
  assert.equal(made.dots[0].getAttribute("visibility"), "visible");
});

Deno.test("a chart before training has room for its one point", () => {
  const { points } = chart(Float64Array.of(3), 300);
  near(points[0][0], 50);
});

Deno.test("a pointer picks the epoch it is at, and one of them beyond the ends", () => {
  const { svg, picked, points } = chart(COST, 400);
  const clientX = (/** @type {number} */ epoch) => 100 + points[epoch][0]; // the chart begins at 100
  svg.tell("pointermove", { clientX: clientX(2), buttons: 0 });
  svg.tell("pointerdown", { clientX: clientX(2) + 30 });
  svg.tell("pointermove", { clientX: clientX(3) - 30, buttons: 1 });
  svg.tell("pointermove", { clientX: 0, buttons: 1 });
  svg.tell("pointermove", { clientX: 900, buttons: 3 });
  assert.deepEqual(picked, [2, 3, 0, 4]);
});

// --- regions ------------------------------------------------------------------------------------------

/** @type {any} A plane from −2 to 2 and 0 to 10, of 2 × 2 cells */
const FILM = {
  plane: {
    name: "a plane",
    axes: [
      { title: "across", ends: [-2, 2], ticks: [[-2, "−2"], [2, "2"]] },
      { title: "up", ends: [0, 10], ticks: [[5, "5"]] },
    ],
    flowers: [[-2, 10, 0, 0], [2, 0, 1, 1], [0, 5, 2, 0]],
    species: ["setosa", "versicolor", "virginica"],
  },
  regions: { cells: 2, epochs: [0, 2, 5], classes: ["a4", "a1b1-2", "c4"] },
  sets: { training: 2, test: 1 },
  noun: "flower",
  wrong: [[0, 1], [1], [1], [], [2], [2]],
};

/** @param {number} width @param {number} height of the window */
function regions(width, height, film = FILM) {
  /** @type {any[]} */
  const painted = [];
  Object.assign(globalThis, {
    innerHeight: height,
    getComputedStyle: (/** @type {any} */ { classes }) => ({
      backgroundColor: `rgb(${Number(classes[0].slice(-1)) + 1}, 20, 30)`,
    }),
  });
  const made = new Regions();
  const createImageData = (/** @type {number} */ w, /** @type {number} */ h) => ({
    data: new Uint8ClampedArray(4 * w * h),
  });
  const putImageData = (/** @type {any} */ { data }) => painted.push([...data]);
  Object.assign(made.canvas, { getContext: () => ({ createImageData, putImageData }) });
  made.setData(film);
  made.draw(width);
  return { made, painted };
}

Deno.test("the plane is a square with its flowers on it, beside its axes and under the colours", () => {
  for (
    const [width, height, side] of [[300, 768, 246], [200, 768, 180], [900, 800, 280], [900, 500, 220], [
      900,
      2000,
      330,
    ]]
  ) {
    const { made } = regions(width, height);
    const style = /** @type {any} */ (made.canvas.style);
    assert.deepEqual([style.left, style.top, style.width, style.height].map(parseFloat), [46, 8, side, side]);
    const box = /** @type {any} */ (made.box.style);
    assert.deepEqual([box.width, box.height], [`${side + 54}px`, `${side + 52}px`]);
    assert.equal(made.svg.getAttribute("viewBox"), `0 0 ${side + 54} ${side + 52}`);
    const [first, second, third] = /** @type {any[]} */ (made.dots);
    near(numberOf(first, "cx"), 46);
    near(numberOf(first, "cy"), 8);
    near(numberOf(third, "cx"), 46 + side / 2);
    near(numberOf(third, "cy"), 8 + side / 2);
    const corners = pointsOf(second.attributes.d); // of a diamond
    const [x, y] = [0, 1].map((axis) => corners.reduce((sum, point) => sum + point[axis], 0) / 4);
    near(x, 46 + side);
    near(y, 8 + side);
    for (const [u, v] of corners) near(Math.abs(u - x) + Math.abs(v - y), 5.6);
    assert.deepEqual([first, second, third].map(({ classes }) => classes.join(" ")), [
      ...["flower species-0 training", "flower species-1 test", "flower species-2 training"],
    ]);
  }
});

Deno.test("an epoch shows the regions that were kept last, upright, and the flowers that are wrong", () => {
  const { made, painted } = regions(300, 768);
  const wrong = () =>
    /** @type {any[]} */ (made.dots).flatMap(({ classes }, n) => classes.includes("wrong") ? [n] : []);
  made.show(0);
  assert.deepEqual([wrong(), made.which.textContent], [[0, 1], ""]);
  made.show(4);
  assert.deepEqual([wrong(), made.which.textContent, made.figure.dataset.region], [[2], "(of epoch 2)", "2"]);
  made.show(3); // the same regions
  assert.deepEqual(wrong(), []);
  const [setosa, versicolor, none] = [[1, 20, 30, 88], [2, 20, 30, 88], [0, 0, 0, 0]];
  assert.deepEqual(
    painted,
    [[setosa, setosa, setosa, setosa], [none, none, setosa, versicolor]].map((all) => all.flat()),
  );
  made.repaint();
  assert.deepEqual(painted[2], painted[1]);
});

Deno.test("the plane says what is on it; without a test set there is none in its legend, without regions no plane", () => {
  const keys = (/** @type {object} */ sets) =>
    /** @type {any} */ (regions(300, 768, { ...FILM, sets }).made.keys).children.map((
      /** @type {any} */ each,
    ) => each.textContent);
  const species = FILM.plane.species;
  assert.deepEqual(keys(FILM.sets), [...species, "training", "test", "wrong"]);
  assert.deepEqual(keys({ training: 3, test: 0 }), [...species, "wrong"]);
  const { made } = regions(300, 768);
  assert.equal(made.svg.getAttribute("aria-label"), "Decision regions over a plane, and the 3 flowers");
  const none = regions(300, 768, { ...FILM, regions: null });
  none.made.show(0);
  none.made.repaint();
  assert.deepEqual([none.made.figure.hidden, none.made.svg.children.length, none.painted], [true, 0, []]);
});

Deno.test("before the first epoch nothing is painted anew in another theme", () => {
  const { made, painted } = regions(300, 768);
  made.repaint();
  assert.deepEqual(painted, []);
});

// --- motion -------------------------------------------------------------------------------------------

Deno.test("there is motion where keys come slowly, and the reader wants it", () => {
  let now = 1000;
  const still = { matches: false };
  const own = performance.now;
  Object.assign(globalThis, { matchMedia: () => still });
  performance.now = () => now;
  try {
    const pace = new Pace();
    const allowed = [0, 219, 220, 500, 100, 219, 221].map((later) => {
      now += later;
      return pace.allowsMotion();
    });
    assert.deepEqual(allowed, [true, false, true, true, false, false, true]);
    still.matches = true;
    now += 900;
    assert.equal(pace.allowsMotion(), false);
  } finally {
    performance.now = own;
  }
});

// --- tables of one's own numbers ------------------------------------------------------------------------

/** @param {number[]} values */
const packed = (values) => btoa(String.fromCharCode(...new Uint8Array(Float64Array.from(values).buffer)));

Deno.test("answers stand beside their targets, the farther from them the redder", () => {
  const table = new AnswerTable();
  const answers = {
    observations: ["1", "2"],
    outputs: ["y"],
    targets: [[0], [1]],
    classes: [],
    values: packed([0.5, 0.5, 0.125, 1]),
  };
  table.setData(/** @type {any} */ ({ answers }));
  table.show(1);
  const cells = found(/** @type {any} */ (table.figure).children, (node) => node.tag === "td");
  assert.deepEqual(cells.map((cell) => cell.textContent), ["0", "0.125", "1", "1"]);
  const shares = cells.map((cell) => cell.style["--share"]).filter(Boolean);
  assert.deepEqual(shares.map(Number), [0.25, 0]);
  const named = { ...answers, outputs: ["glad", "sad"], classes: ["glad", "sad"], targets: [[1, 0], [0, 1]] };
  table.setData(/** @type {any} */ ({ answers: { ...named, values: packed([1, 0, 0, 1]) } }));
  table.show(0);
  const rows = found(/** @type {any} */ (table.figure).children, (node) => node.tag === "tr");
  assert.deepEqual(rows.map((row) => row.textContent), ["observationtargetgladsad", "1glad10", "2sad01"]);
});

Deno.test("weights without biases have no column for them", () => {
  const weights = new Weights();
  const matrices = [{ name: "W1", title: "W¹", shape: [1, 2] }, { name: "W2", title: "W²", shape: [1, 1] }];
  weights.setData(/** @type {any} */ ({ weights: { matrices, values: packed([1, 2, 3]) } }));
  weights.show(0);
  const cells = found(/** @type {any} */ (weights.box).children, (node) => "data-matrix" in node.attributes);
  assert.deepEqual(
    cells.map(({ attributes, textContent }) => [attributes["data-matrix"], textContent]),
    [["W1:value", "1"], ["W1:value", "2"], ["W2:value", "3"]],
  );
});
