import assert from "node:assert/strict";
import { A, COUNTS, D, GRADIENT, NOTHING, OBSERVATIONS, PART, sheet, THROUGH, W } from "./a_batch.js";
import { found, hasClass, numberOf } from "./dom.js";
import { CombinationBar, optionsAt, placeOfOptions } from "../../ui/draw/js/controls.js";
import { spotBeside } from "../../ui/draw/js/crossing.js";
import { Products } from "../../ui/draw/js/products.js";
import { readScene } from "../../ui/draw/js/values.js";
import { sumOf, writtenOut } from "../../ui/draw/js/written_sum.js";

/** @import { ProductsPart, SheetData } from "../../ui/draw/js/types.d.ts" */

/** @param {ProductsPart} part @param {number} row @param {number} col @param {number} pick */
function drawn(part, row, col, pick, counts = COUNTS) {
  /** @type {number[]} */
  const chosen = [];
  const products = new Products(part, (place) => {
    chosen.push(place);
    products.show(place, NOTHING, place);
  });
  const place = placeOfOptions([row, col, pick], counts);
  products.show(place, NOTHING, place);
  const root = [/** @type {any} */ (products.root)];
  /** @param {string} key */
  const cell = (key) => found(root, ({ attributes }) => attributes["data-cell"] === key)[0];
  /** @param {string} look */
  const marked = (look) => found(root, hasClass(look)).map(({ attributes }) => attributes["data-cell"]);
  const terms = () =>
    Object.fromEntries(
      found(root, ({ attributes }) => "data-term" in attributes)
        .map((node) => [node.attributes["data-term"], numberOf(node, "data-value")]),
    );
  const stops = () =>
    found(root, ({ attributes }) => attributes.tabindex === "0").map(({ attributes }) =>
      attributes["data-cell"]
    );
  const press = (/** @type {string} */ key) =>
    root[0].tell("keydown", { key, target: /** @type {any} */ (document).activeElement });
  const said = (/** @type {string} */ look) =>
    found(found(root, hasClass(look)), hasClass("bp-sum-line"))[0].textContent;
  return { products, root, cell, marked, terms, stops, press, said, chosen };
}

// --- positions ----------------------------------------------------------------------------------------

Deno.test("a place of a combination is one option of each, those of the last next to each other", () => {
  const sizes = [2, 4, 3];
  const all = Array.from({ length: 24 }, (_, place) => optionsAt(place, sizes));
  assert.deepEqual(all.slice(0, 4), [[0, 0, 0], [0, 0, 1], [0, 0, 2], [0, 1, 0]]);
  assert.deepEqual(all[23], [1, 3, 2]);
  all.forEach((options, place) => assert.equal(placeOfOptions(options, sizes), place));
});

Deno.test("a combination says and finds its places as the address has them", () => {
  const bar = new CombinationBar();
  bar.set({
    part: "Combination",
    keys: ["row", "col", "pick"],
    options: [["1", "2"], ["1", "b"], ["7", "9"]],
  });
  assert.deepEqual(bar.keys, ["row", "col", "pick"]);
  for (let place = 0; place < 8; place += 1) assert.equal(bar.placeOf(bar.textsAt(place)), place);
  assert.deepEqual(bar.textsAt(6), [["2"], ["b"], ["7"]]);
  assert.equal(bar.placeOf([["2"], ["5"], ["0"]]), 4); // what is not there is the first
});

Deno.test("a matrix comes as its numbers and how many columns it has", () => {
  const floats = btoa(String.fromCharCode(...new Uint8Array(new Float64Array([0.1, 2, -3, 4]).buffer)));
  const scene = /** @type {any} */ ({ scene: { a: { series: 0 } }, series: [{ floats, columns: 2 }] });
  assert.deepEqual(readScene(scene), { a: [[0.1, 2], [-3, 4]] });
});

// --- which cell ---------------------------------------------------------------------------------------

Deno.test("arrow keys lead from cell to cell, and from matrix to matrix as they stand", () => {
  /** @type {Record<"D" | "A" | "gradient" | "W" | "through", [number, number]>} */
  const sizes = { D: [3, 2], A: [3, 4], gradient: [2, 4], W: [2, 3], through: [3, 3] };
  /** @param {any} matrix @param {number} row @param {number} col @param {string} key */
  const beside = (matrix, row, col, key) => {
    const spot = spotBeside({ matrix, row, col }, key, sizes);
    return spot && `${spot.matrix} ${spot.row} ${spot.col}`;
  };
  assert.equal(beside("D", 1, 0, "ArrowRight"), "D 1 1");
  assert.equal(beside("D", 1, 1, "ArrowRight"), "A 1 0");
  assert.equal(beside("A", 2, 0, "ArrowLeft"), "D 2 1");
  assert.equal(beside("A", 2, 3, "ArrowDown"), "gradient 0 3");
  assert.equal(beside("gradient", 0, 3, "ArrowUp"), "A 2 3");
  assert.equal(beside("gradient", 1, 0, "ArrowUp"), "gradient 0 0");
  assert.equal(beside("A", 1, 3, "ArrowRight"), "through 1 0");
  assert.equal(beside("through", 1, 0, "ArrowLeft"), "A 1 3");
  assert.equal(beside("through", 0, 2, "ArrowUp"), "W 1 2");
  assert.equal(beside("W", 1, 2, "ArrowDown"), "through 0 2");
  for (
    const [matrix, row, col, key] of /** @type {const} */ ([
      ["D", 0, 0, "ArrowLeft"],
      ["D", 2, 0, "ArrowDown"],
      ["D", 0, 1, "ArrowUp"],
      ["A", 0, 1, "ArrowUp"],
      ["gradient", 1, 2, "ArrowDown"],
      ["gradient", 1, 3, "ArrowRight"],
      ["W", 0, 0, "ArrowUp"],
      ["W", 0, 2, "ArrowRight"],
      ["through", 2, 2, "ArrowDown"],
      ["through", 2, 2, "ArrowRight"],
    ])
  ) assert.equal(beside(matrix, row, col, key), null);
});

Deno.test("of many observations both ends are written out, and the chosen one", () => {
  const terms = [5, -3, 0, 9, 1, -8, 2, 7, -1, 4];
  const limits = { most: 8, ends: 2 };
  assert.deepEqual(writtenOut(terms.slice(0, 8), 0, limits), [0, 1, 2, 3, 4, 5, 6, 7]);
  assert.deepEqual(writtenOut(terms, 3, limits), [1, 3, 5, 7]);
  assert.deepEqual(writtenOut(terms, 2, limits), [1, 2, 3, 5]);
});

Deno.test("a sum that cancels but for rounding is 0", () => {
  assert.notEqual(0.1 + 0.2 - 0.3, 0);
  assert.equal(sumOf([0.1, 0.2, -0.3]), 0);
  assert.equal(sumOf([0.5, 0.25]), 0.75);
  assert.equal(sumOf([]), 0);
});

// --- the matrices -------------------------------------------------------------------------------------

Deno.test("every cell of the five matrices has its number, its name and its place", () => {
  const { cell, root } = drawn(PART, 1, 2, 0);
  for (
    const [name, values] of /** @type {[string, number[][]][]} */ ([["D", D], ["A", A], ["through", THROUGH]])
  ) {
    values.forEach((line, n) =>
      line.forEach((value, col) =>
        assert.equal(cell(`${name}:${OBSERVATIONS.names[n]}:${col}`).dataset.value, String(value))
      )
    );
  }
  for (const [name, values] of /** @type {[string, number[][]][]} */ ([["gradient", GRADIENT], ["W", W]])) {
    values.forEach((line, row) =>
      line.forEach((value, col) => assert.equal(cell(`${name}:${row}:${col}`).dataset.value, String(value)))
    );
  }
  const titles = ["D:24:0", "A:51:2", "gradient:1:3", "W:0:1", "through:13:1"].map((key) =>
    /** @type {any} */ (cell(key)).title
  );
  assert.deepEqual(titles, [
    "∂C/∂z1 of flower 24 = 0.5",
    "a3 of flower 51 = 7",
    `dC/db2 = ${GRADIENT[1][3]}`.replace("-", "−"),
    "w12 = 2",
    "∂C/∂a2 of flower 13 = −8",
  ]);
  const placed = (/** @type {string} */ key) => optionsAt(numberOf(cell(key), "data-option"), COUNTS);
  assert.deepEqual(placed("D:51:0"), [0, 2, 2]); // the unit and the observation; the input stays
  assert.deepEqual(placed("A:24:3"), [1, 3, 1]);
  assert.deepEqual(placed("gradient:0:1"), [0, 1, 0]);
  assert.deepEqual(placed("W:0:0"), [0, 0, 0]);
  assert.deepEqual(placed("through:51:1"), [1, 1, 2]);
  const heads = found(root, ({ attributes }) => attributes.scope === "row").map(({ textContent }) =>
    textContent
  );
  assert.deepEqual(heads, ["13", "24", "51", "13", "24", "51", "z1", "z2", "z1", "z2", "13", "24", "51"]);
});

Deno.test("what is multiplied is marked, and where it adds up", () => {
  const { marked, products } = drawn(PART, 1, 2, 0);
  const across = ["D:13:0", "D:13:1", "W:0:2", "W:1:2", "through:13:2"];
  const down = (/** @type {number} */ k, /** @type {number} */ j) => [
    ...OBSERVATIONS.names.map((name) => `D:${name}:${k}`),
    ...OBSERVATIONS.names.map((name) => `A:${name}:${j}`),
    `gradient:${k}:${j}`,
  ];
  assert.deepEqual(marked("bp-down"), down(1, 2));
  assert.deepEqual(marked("bp-across"), across);
  products.show(placeOfOptions([0, 3, 1], COUNTS), NOTHING, placeOfOptions([1, 2, 0], COUNTS)); // pointed at
  assert.deepEqual(marked("bp-down"), down(0, 3));
  assert.deepEqual(marked("bp-across").filter((key) => !key.startsWith("through")), []); // a bias
});

Deno.test("products and sums are those of the place that is shown", () => {
  const { terms, said, products } = drawn(PART, 1, 2, 2);
  assert.deepEqual(terms(), {
    ...{ "n:13": -4, "n:24": 0, "n:51": 28, "n:mean": 8 },
    ...{ "k:0": -3, "k:1": 2, "k:sum": -1 },
  });
  assert.equal(said("bp-total-down"), "dC/dw23 = 1/3 · ( −4 +0 +28 ) = +8");
  assert.equal(said("bp-total-across"), "∂C/∂a3 of flower 51 = −3 +2 = −1");
  products.show(placeOfOptions([0, 3, 1], COUNTS), NOTHING, placeOfOptions([1, 2, 2], COUNTS));
  assert.equal(terms()["n:mean"], GRADIENT[0][3]);
  assert.equal(said("bp-total-across"), "a bias");
  assert.equal("k:sum" in terms(), false);
});

Deno.test("the only product is said by its factors, since its number is the sum", () => {
  const part = {
    ...PART,
    ...{ D: sheet("D", [[-2]], "D"), A: sheet("A", [[3, 1]], "A"), gradient: sheet("mean", [[-6, -2]], "G") },
    ...{ W: sheet("W", [[-0.5]], "W"), through: sheet("D W", [[1]], "T"), weights: ["w11", "b1"] },
    ...{ inputs: ["a1", "1"], units: ["z1"], observations: { ...OBSERVATIONS, names: ["13"], kinds: [0] } },
  };
  const { terms, said } = drawn(part, 0, 0, 0, [1, 2, 1]);
  assert.deepEqual(terms(), { "n:13": -6, "n:mean": -6, "k:0": 1, "k:sum": 1 });
  assert.equal(said("bp-total-down"), "dC/dw11 = −2 · 3 = −6");
  assert.equal(said("bp-total-across"), "∂C/∂a1 of flower 13 = −2 · (−0.500) = +1"); // a sign after a dot
});

Deno.test("where the matrices have no numbers, products have their factors", () => {
  const { cell, said } = drawn({ ...PART, is_written: false }, 1, 2, 2);
  assert.equal(cell("D:13:1").textContent, "");
  assert.equal(cell("D:13:1").dataset.value, "-2");
  assert.equal(said("bp-total-down"), "dC/dw23 = 1/3 · ( −2 · 2 = −4, 0 · 0 = 0, 4 · 7 = +28 ) = +8");
});

Deno.test("of many observations the others have their sum, and the rows follow the choice", () => {
  const part = { ...PART, most: 2, ends: 1 };
  const { terms, said, root, products } = drawn(part, 1, 2, 2); // products −4, 0, 28
  const heads = () =>
    found(root, ({ attributes }) => attributes.scope === "row").slice(0, 2).map(({ textContent }) =>
      textContent
    );
  assert.deepEqual(heads(), ["13", "51"]);
  assert.equal(said("bp-total-down"), "dC/dw23 = 1/3 · ( −4 +28 and the other 1: 0 ) = +8");
  const before = placeOfOptions([1, 2, 2], COUNTS);
  products.show(placeOfOptions([0, 0, 1], COUNTS), NOTHING, before); // pointed at: nothing moves
  assert.deepEqual(heads(), ["13", "51"]);
  assert.equal(terms()["n:rest"], 2.5);
  const after = placeOfOptions([0, 0, 1], COUNTS);
  products.show(after, NOTHING, after);
  assert.deepEqual(heads(), ["24", "51"]);
});

Deno.test("as many rows are drawn as are written out", () => {
  const rowsOf = (/** @type {Partial<ProductsPart>} */ limits) => {
    const { root } = drawn({ ...PART, ...limits }, 0, 0, 0);
    return found(found(root, hasClass("bp-of-D")), ({ tag }) => tag === "tr").length - 1; // the names
  };
  assert.deepEqual([rowsOf({}), rowsOf({ most: 3 }), rowsOf({ most: 2, ends: 1 })], [3, 3, 2]);
});

Deno.test("one observation is its own mean", () => {
  const sole = { ...OBSERVATIONS, names: ["13"], kinds: [0] };
  const first = (/** @type {SheetData} */ data) => ({ ...data, values: data.values.slice(0, 1) });
  const part = {
    ...PART,
    D: first(PART.D),
    A: first(PART.A),
    through: first(PART.through),
    observations: sole,
  };
  const { said, root } = drawn(
    { ...part, gradient: sheet("mean", [[3, 0, 2, 1], [-6, 0, -4, -2]], "") },
    1,
    2,
    0,
    [
      2,
      4,
      1,
    ],
  );
  assert.equal(said("bp-total-down"), "dC/dw23 = −2 · 2 = −4");
  const [narrow] = /** @type {any[]} */ (found(root, hasClass("bp-of-A")));
  assert.equal(narrow.style["--digits"], "3"); // room for a sign and two digits at least
});

Deno.test("the Tab key stops once, and arrow keys choose", () => {
  const { stops, press, chosen, cell } = drawn(PART, 1, 3, 0);
  assert.deepEqual(stops(), ["gradient:1:3"]);
  cell("gradient:1:3").focus();
  press("Enter");
  press("ArrowDown");
  assert.deepEqual(chosen, []);
  press("ArrowLeft");
  assert.deepEqual([stops(), optionsAt(chosen[0], COUNTS)], [["gradient:1:2"], [1, 2, 0]]);
  press("ArrowUp");
  press("ArrowUp");
  assert.deepEqual([stops(), optionsAt(chosen[2], COUNTS)], [["A:51:2"], [0, 2, 2]]);
  press("ArrowRight");
  press("ArrowRight");
  assert.deepEqual([stops(), optionsAt(chosen[4], COUNTS)], [["through:51:0"], [0, 0, 2]]);
  assert.equal(/** @type {any} */ (document).activeElement, cell("through:51:0"));
});

Deno.test("what belongs together has the same link", () => {
  const { cell, root } = drawn(PART, 1, 2, 0);
  const links = (/** @type {string} */ key) => cell(key).attributes["data-link"].split(" ");
  const lights = (/** @type {string} */ key) => cell(key).attributes["data-lights"].split(" ");
  const lit = (/** @type {string} */ key) =>
    found(
      root,
      ({ attributes }) =>
        (attributes["data-link"] ?? "").split(" ").some((link) => lights(key).includes(link)),
    )
      .map(({ attributes, textContent }) => attributes["data-cell"] ?? textContent);
  assert.ok(["n:13", "unit:1"].every((link) => links("D:13:1").includes(link)));
  assert.ok(["unit:1", "in:3", "w:1:3"].every((link) => links("gradient:1:3").includes(link)));
  const factors = [
    ...["13", "24", "51"].map((n) => `D:${n}:1`),
    ...["13", "24", "51"].map((n) => `A:${n}:0`),
  ];
  assert.deepEqual(lit("gradient:1:0").slice(3), [...factors, "gradient:1:0", "W:1:0"]); // after the products
  assert.deepEqual(lit("W:1:0"), ["gradient:1:0", "W:1:0"]);
  const paths = ["D:24:0", "D:24:1", "W:0:2", "W:1:2", "through:24:2"];
  assert.deepEqual(lit("through:24:2").slice(0, 5), paths);
});
