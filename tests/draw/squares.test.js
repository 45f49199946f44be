import assert from "node:assert/strict";
import { found, hasClass, numberOf } from "./dom.js";
import { matrix } from "../../ui/draw/js/matrix.js";
import { drawnSquares, strip } from "../../ui/draw/js/squares.js";

/** @import { Squares } from "../../ui/draw/js/types.d.ts" */

const WIDTH = 88;
const HEIGHT = 44;
const MOST = 11;
/** @param {number} one @param {number} other */
const near = (one, other) => assert.ok(Math.abs(one - other) <= 0.03, `${one} is not ${other}`);

/** Every place with a shade of its own. @param {Squares["shape"]} shape @returns {Squares} */
function filled(shape) {
  const count = shape.reduce((product, size) => product * size, 1);
  const places = Array.from({ length: count }, (_, place) => place);
  const shadeOf = (/** @type {number} */ place) => String((place % 2 ? -1 : 1) * (1 + place % 4));
  return {
    shape,
    places: Object.fromEntries(
      ["1", "-2", "3", "-4"].map((shade) => [shade, places.filter((place) => shadeOf(place) === shade)]),
    ),
  };
}

for (
  const shape
    of /** @type {Squares["shape"][]} */ ([[1, 3], [3, 5], [16, 4], [3, 3, 5], [5, 5, 4], [2, 1, 1]])
) {
  Deno.test(`squares of ${shape} lie in their row, column and block, in the colour of their shade`, () => {
    const drawn = drawnSquares(filled(shape));
    const [blocks, rows, cols] = shape.length === 3 ? shape : [1, ...shape];
    const frames = found(drawn, hasClass("bp-frame"));
    assert.equal(frames.length, blocks);
    const [first, last] = [frames[0], frames[blocks - 1]];
    const size = numberOf(first, "width") / cols;
    const [left, top] = [numberOf(first, "x"), numberOf(first, "y")];
    near(left + numberOf(last, "x") + numberOf(last, "width"), WIDTH);
    near(2 * top + size * rows, HEIGHT);
    assert.ok(left < 0.02 || top < 0.02 || Math.abs(size - MOST) < 0.02, "as large as there is room");
    /** @type {string[]} */
    const places = [];
    for (const path of found(drawn, hasClass("bp-square"))) {
      const share = Number(path.attributes.style.split(":")[1]);
      for (const [, x, y, side] of path.attributes.d.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v/g)) {
        near(Number(side), Math.max(1.2, 0.92 * size));
        const block = frames.findIndex((frame) =>
          Number(x) < numberOf(frame, "x") + numberOf(frame, "width") - 0.1
        );
        const row = Math.round((Number(y) - top) / size);
        const col = Math.round((Number(x) - numberOf(frames[block], "x")) / size);
        near(Number(x), numberOf(frames[block], "x") + size * col);
        const place = (block * rows + row) * cols + col;
        near(share, (1 + place % 4) / 4);
        assert.ok(hasClass(place % 2 ? "bp-neg" : "bp-pos")(path));
        places.push(`${block} ${row} ${col}`);
      }
    }
    assert.equal(new Set(places).size, blocks * rows * cols);
    for (let block = 1; block < blocks; block++) {
      const end = numberOf(frames[block - 1], "x") + size * cols;
      near(numberOf(frames[block], "x") - end, 0.6 * size);
    }
  });
}

Deno.test("squares too small to see are drawn larger", () => {
  const [path] = found(drawnSquares({ shape: [16, 16, 16], places: { "4": [0] } }), hasClass("bp-square"));
  assert.ok(path.attributes.d.includes("h1.20v1.20h-1.20z"));
});

Deno.test("each small matrix is a link, and the large one is told", () => {
  const thumbnail = { squares: filled([1, 3]), notes: ["(3,)", "1 path"], is_marked: false };
  const nav = strip({
    part: "Strip",
    name: "All",
    thumbnails: [
      { ...thumbnail, name: "∂C/∂a²", key: "C-a2", href: "jacobians?jacobian=C-a2", is_current: true },
      { ...thumbnail, name: "∂a²/∂z²", key: "a2-z2", href: "jacobians", is_current: false, is_marked: true },
    ],
  });
  const links = found([nav], ({ tag }) => tag === "a");
  assert.deepEqual(links.map(({ textContent }) => textContent), ["∂C/∂a2(3,)1 path", "∂a2/∂z2(3,)1 path"]);
  assert.deepEqual(links.map(({ attributes }) => [attributes.href, attributes["data-jacobian"]]), [
    ["jacobians?jacobian=C-a2", "C-a2"],
    ["jacobians", "a2-z2"],
  ]);
  assert.deepEqual(links.map(({ attributes }) => attributes["aria-current"]), ["true", undefined]);
  assert.deepEqual(links.map(hasClass("bp-dense")), [false, true]);
  assert.ok(links.every(({ attributes }) => "data-app-link" in attributes));
});

Deno.test("matrices with more than fourteen columns on one line are drawn narrower, without what is beside them", () => {
  for (
    const [counts, look]
      of /** @type {[number[], string][]} */ ([[[14], "bp-sheets"], [[15], "bp-sheets bp-narrow"], [
        [7, 7],
        "bp-sheets",
      ], [[7, 8], "bp-sheets bp-narrow"]])
  ) {
    const blocks = counts.map((count, n) => ({
      ...{ name: `cell=m${n}`, sign: n ? "=" : "" },
      columns: Array(count).fill("c"),
      values: { start: [Array(count).fill(1)] },
    }));
    const { root } = matrix({ part: "Matrix", alt: "", rows: ["r"], blocks, is_written: true });
    assert.deepEqual(
      found([/** @type {any} */ (root)], hasClass("bp-sheets")).map(({ classes }) => classes.join(" ")),
      [look],
    );
  }
});
