import assert from "node:assert/strict";
import { A, COUNTS, D, GRADIENT, OBSERVATIONS, PART, WEIGHTS } from "./a_batch.js";
import { found, hasClass, numberOf } from "./dom.js";
import { Columns } from "../../ui/draw/js/columns.js";
import { placeOfOptions } from "../../ui/draw/js/controls.js";
import { Outer } from "../../ui/draw/js/outer.js";

/** @import { ColumnsPart, OuterPart } from "../../ui/draw/js/types.d.ts" */

/** @type {ColumnsPart} */
const BARS = {
  part: "Columns",
  D,
  A,
  gradient: GRADIENT,
  titles: WEIGHTS.map((name) => `Who pulls ${name}?`),
  sentences: WEIGHTS.map((name) => `They pull ${name}.`),
  observations: OBSERVATIONS,
  hrefs: ["walkthrough?flower=13", "walkthrough?flower=24", "walkthrough?flower=51"],
  mean: "mean",
  note: "A bar opens it.",
  named: 16,
};

/** @param {ColumnsPart} part @param {number} row @param {number} col */
function bars(part, row, col) {
  const columns = new Columns(part);
  columns.show(placeOfOptions([row, col, 0], COUNTS));
  const root = [/** @type {any} */ (columns.root)];
  const share = (/** @type {any} */ node, /** @type {string} */ side) => parseFloat(node.style[side]);
  const fills = found(root, ({ tag }) => tag === "path").flatMap(({ attributes }, kind) =>
    [...attributes.d.matchAll(/M([\d.]+) ([\d.]+)h0\.8v([\d.]+)h-0\.8z/g)].map(([, ...numbers]) => {
      const [x, y, height] = numbers.map(Number);
      return { place: x - 0.1, bottom: 100 - y - height, height, kind };
    })
  );
  const drawn = found(root, ({ attributes }) => "data-bar" in attributes).map((bar, index) => {
    const fill = fills.filter(({ place }) => Math.abs(place - index) < 1e-6);
    assert.equal(fill.length, 1);
    return { name: bar.attributes["data-bar"], value: numberOf(bar, "data-value"), ...fill[0], bar };
  });
  const line = (/** @type {string} */ look) => share(found(root, hasClass(look))[0], "bottom");
  const names = found(root, hasClass("bp-bar-name")).map(({ textContent }) => textContent);
  const axis = () =>
    found(root, hasClass("bp-bars-axis"))[0].children.filter((each) => each !== " ")
      .map((end) => /** @type {any} */ (end).textContent);
  return { root, names, axis, drawn, zero: line("bp-bars-zero"), mean: line("bp-bars-mean"), columns };
}

Deno.test("bars are drawn where the observations are of no kinds", () => {
  const observations = { ...OBSERVATIONS, kinds: [], kind_names: [] };
  const [alone, usual] = [{ ...BARS, observations }, BARS].map((part) => bars(part, 1, 2).drawn);
  assert.deepEqual(alone.map(({ height }) => height), usual.map(({ height }) => height));
});

Deno.test("bars stand on zero, the highest first, as high as their products", () => {
  for (const [row, col] of [[1, 2], [0, 0], [1, 0], [0, 1], [1, 3]]) {
    const { drawn, zero, mean, root, names } = bars(BARS, row, col);
    const terms = D.map((d, n) => d[row] * A[n][col] + 0); // no −0
    assert.deepEqual(drawn.map(({ value }) => value), terms.toSorted((a, b) => b - a));
    const unit = Math.max(...drawn.map(({ height, value }) => value ? height / Math.abs(value) : 0));
    for (const { name, value, bottom, height, bar, kind } of drawn) {
      assert.equal(value, terms[OBSERVATIONS.names.indexOf(name)]);
      assert.equal(kind, OBSERVATIONS.kinds[OBSERVATIONS.names.indexOf(name)]);
      assert.ok(Math.abs(height - (Math.abs(value) * unit || 1)) < 0.01); // one of 0 is a line
      assert.ok(Math.abs((value < 0 || zero === 100 ? bottom + height : bottom) - zero) < 0.01);
      assert.ok(bottom >= 0 && bottom + height <= 100);
      assert.equal(bar.attributes.href, `walkthrough?flower=${name}`);
    }
    const [high, low] = [drawn[0], drawn[2]];
    const above = high.value > 0
      ? (high.bottom + high.height - zero) / (100 - zero)
      : (100 - zero) + 1 / 1.08;
    const below = low.value < 0 ? (zero - low.bottom) / zero : zero + 1 / 1.08;
    for (const share of [above, below]) assert.ok(Math.abs(share - 1 / 1.08) < 0.001); // and some air
    assert.ok(Math.abs(mean - (zero + GRADIENT[row][col] * unit)) < 0.01);
    const [line] = found(root, ({ attributes }) => "data-bar-mean" in attributes);
    assert.equal(numberOf(line, "data-value"), GRADIENT[row][col]);
    assert.equal(
      found(root, ({ tag }) => tag === "h2")[0].textContent,
      `Who pulls ${WEIGHTS[row * 4 + col]}?`,
    );
    assert.equal(found(root, hasClass("bp-pulls"))[0].textContent, `They pull ${WEIGHTS[row * 4 + col]}.`);
    assert.deepEqual(names, drawn.map(({ name }) => name));
  }
});

Deno.test("bars say their number and colour, and have one stop of the Tab key", () => {
  const { drawn, root, axis, columns } = bars(BARS, 1, 2);
  assert.deepEqual(drawn.map(({ bar }) => bar.attributes["aria-label"]), [
    "Flower 51, versicolor: +28",
    "Flower 24, setosa: 0",
    "Flower 13, setosa: −4",
  ]);
  const stops = () => drawn.filter(({ bar }) => bar.attributes.tabindex === "0").map(({ name }) => name);
  assert.deepEqual(stops(), ["51"]);
  const [plot] = found(root, hasClass("bp-bars-plot"));
  const titles = () => drawn.map(({ bar }) => /** @type {any} */ (bar).attributes.title);
  plot.tell("pointerover", { target: drawn[1].bar });
  assert.deepEqual(titles(), [undefined, "Flower 24, setosa: 0", undefined]);
  plot.tell("pointerout", { target: drawn[1].bar });
  assert.deepEqual(titles(), [undefined, undefined, undefined]);
  plot.tell("keydown", { key: "ArrowRight", target: drawn[0].bar });
  assert.deepEqual(stops(), ["24"]);
  assert.equal(/** @type {any} */ (document).activeElement, drawn[1].bar);
  plot.tell("keydown", { key: "ArrowRight", target: drawn[2].bar }); // the last
  assert.deepEqual(stops(), ["24"]);
  columns.show(placeOfOptions([0, 0, 0], COUNTS));
  assert.deepEqual(axis(), ["+3", "0", ""]);
});

Deno.test("the axis names its ends, and zero where there is room", () => {
  const { axis, zero, root } = bars(BARS, 1, 3); // 4, 0, −2
  assert.deepEqual(axis(), ["+4", "0", "−2"]);
  assert.equal(parseFloat(/** @type {any} */ (found(root, hasClass("bp-axis-zero"))[0]).style.bottom), zero);
  const one = {
    ...BARS,
    ...{ D: D.slice(0, 1), A: A.slice(0, 1), hrefs: BARS.hrefs.slice(0, 1) },
    observations: { ...OBSERVATIONS, names: ["13"], kinds: [0] },
  };
  assert.deepEqual(bars(one, 0, 0).axis(), ["+3", "0", ""]);
  assert.deepEqual(bars(one, 1, 0).axis(), ["", "0", "−6"]);
  const [high, low] = [[[30, 0], [-1, 0], [0, 0]], [[-30, 0], [1, 0], [0, 0]]];
  const ones = A.map(() => [1, 1, 1, 1]);
  assert.deepEqual(bars({ ...BARS, D: high, A: ones }, 0, 0).axis(), ["+30", "", "−1"]);
  assert.deepEqual(bars({ ...BARS, D: low, A: ones }, 0, 0).axis(), ["+1", "", "−30"]);
});

Deno.test("an entry that nobody pulls is drawn flat, without names where there are too many", () => {
  const still = D.map(() => [0, 0]);
  const { drawn, zero, mean, root } = bars(
    { ...BARS, D: still, gradient: [A[0].map(() => 0)], named: 2 },
    0,
    1,
  );
  assert.deepEqual(drawn.map(({ height, bottom }) => [height, bottom]), [[1, 0], [1, 0], [1, 0]]);
  assert.deepEqual([zero, mean], [0, 0]);
  assert.equal(found(root, hasClass("bp-bars-names")).length, 0);
  assert.equal(found(root, hasClass("bp-bars-many")).length, 1);
});

// --- the outer product --------------------------------------------------------------------------------

Deno.test("the outer product is that of the chosen observation, with the chosen cell marked", () => {
  /** @type {OuterPart} */
  const part = {
    part: "Outer",
    title: "Flower {0} alone, {1}",
    D,
    A,
    observations: OBSERVATIONS,
    units: PART.units,
    inputs: PART.inputs,
    entry: "∂C/∂{0} of flower {1}",
    weights: WEIGHTS,
    is_written: true,
  };
  const outer = new Outer(part);
  const root = [/** @type {any} */ (outer.root)];
  for (const n of [0, 2, 1]) {
    outer.show(placeOfOptions([1, n, n], COUNTS));
    const cells = found(root, ({ attributes }) => "data-cell" in attributes);
    assert.deepEqual(
      cells.map(({ attributes, dataset }) => [attributes["data-cell"], dataset.value]),
      D[n].flatMap((d, k) => A[n].map((a, j) => [`outer${OBSERVATIONS.names[n]}:${k}:${j}`, String(d * a)])),
    );
    assert.deepEqual(found(root, hasClass("bp-down")).map(({ attributes }) => attributes["data-cell"]), [
      `outer${OBSERVATIONS.names[n]}:1:${n}`,
    ]);
    const titles = cells.map((cell) => /** @type {any} */ (cell).title.split(" =")[0]);
    assert.deepEqual(titles, WEIGHTS.map((name) => `∂C/∂${name} of flower ${OBSERVATIONS.names[n]}`));
    const factors = found(root, hasClass("bp-factor")).map(({ textContent }) =>
      textContent.replace("−", "-")
    );
    assert.deepEqual(factors, A[n].map(String));
  }
  assert.equal(found(root, ({ tag }) => tag === "figcaption")[0].textContent, "Flower 24 alone, setosa");
});
