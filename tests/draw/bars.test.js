import assert from "node:assert/strict";
import { number } from "./scene_numbers.js";
import { assertInside, corners, found, hasClass, near, numberOf, pointsOf } from "./dom.js";
import { bars } from "../../ui/draw/js/bars.js";
import { HEIGHT } from "../../ui/draw/js/values.js";

/** @import { BarsPart } from "../../ui/draw/js/types.d.ts" */

const WIDTH = 300;

/** @type {BarsPart} */
const BARS = {
  part: "Bars",
  title: "",
  alt: "",
  bars: [
    { label: "one", number: number([36, 3]), end: [36, 3] },
    { label: "two", number: number([-61, 0]), end: [-25, 3] },
    { label: "three", number: number([46, 1]), end: [21, 4] },
  ],
  total: { label: "sum", number: number([21, 4], { kind: "total", name: "sum" }), end: [21, 4] },
  truth: { label: "measured", number: number([21, 4], { kind: "total", name: "numeric" }), end: [21, 4] },
};

Deno.test("each bar begins where the last one ended, as long as its product and on its side", () => {
  for (const [place, products] of [[0, [36, -61, 46, 21]], [1, [3, 0, 1, 4]]]) {
    const drawn = bars(BARS, /** @type {number} */ (place), WIDTH).children;
    const rects = found(drawn, hasClass("bp-shade"));
    const sizes = /** @type {number[]} */ (products);
    assert.deepEqual(rects.map((rect) => numberOf(rect, "data-bar")), sizes);
    const [zero] = found(drawn, hasClass("bp-zero-line"));
    let at = pointsOf(zero.attributes.d)[0][0];
    const [start, unit] = [at, numberOf(rects[0], "width") / sizes[0]];
    rects.forEach((rect, index) => {
      const [left, width] = [numberOf(rect, "x"), numberOf(rect, "width")];
      if (index === 3) at = start;
      near(width, Math.max(1.5, Math.abs(sizes[index]) * unit));
      near(sizes[index] >= 0 ? left : left + width, at, 1.6);
      at = sizes[index] > 0 ? left + width : left;
      const sign = sizes[index] > 0 ? "bp-pos" : sizes[index] < 0 ? "bp-neg" : "bp-zero";
      assert.ok(hasClass(sign)(rect));
    });
    const ys = rects.map((rect) => numberOf(rect, "y"));
    assert.deepEqual(ys, ys.toSorted((a, b) => a - b));
    const high = numberOf(rects[0], "height");
    const joints = found(drawn, hasClass("bp-thin")).filter((path) => path !== zero);
    assert.equal(joints.length, 3);
    joints.forEach((joint, index) => {
      const [[x, from], [, to]] = corners(joint.attributes.d);
      near(from, ys[index] + high);
      near(to, ys[index + 1]);
      const end = sizes.slice(0, index + 1).reduce((a, b) => a + b);
      near(x, start + unit * end);
    });
    for (const line of [zero, ...found(drawn, hasClass("bp-truth"))]) {
      const [[, top], [, bottom]] = corners(line.attributes.d);
      assert.ok(0 < top && top < ys[0] && ys[3] + high < bottom && bottom < 184, `${top}, ${bottom}`);
    }
    assertInside(drawn, HEIGHT, WIDTH);
    const [truth] = found(drawn, hasClass("bp-truth"));
    near(pointsOf(truth.attributes.d)[0][0], at, 0.1); // where the sum ends
    assert.ok(
      rects.every((rect) =>
        numberOf(rect, "x") > 70 && numberOf(rect, "x") + numberOf(rect, "width") < WIDTH - 70
      ),
    );
  }
});

Deno.test("where nothing can be measured there is a word and no line", () => {
  for (const value of [null, undefined]) {
    const told = /** @type {any} */ ({ value, text: "not judged", kind: "numeric", name: "a1:0" });
    const drawn = bars({ ...BARS, truth: { ...BARS.truth, number: told } }, 0, WIDTH).children;
    assert.equal(found(drawn, hasClass("bp-truth")).length, 0);
    const texts = found(drawn, ({ tag }) => tag === "text").map((text) => text.textContent);
    assert.ok(texts.includes("not judged"));
  }
});

Deno.test("names and numbers stand beside their bars", () => {
  const drawn = bars(BARS, 0, WIDTH).children;
  const rects = found(drawn, hasClass("bp-shade"));
  const texts = found(drawn, ({ tag }) => tag === "text");
  assert.deepEqual(texts.map((text) => text.textContent), [
    ...["one", "+36", "two", "−61", "three", "+46", "sum", "+21", "measured", "+21"],
  ]);
  rects.forEach((rect, index) => {
    for (const text of texts.slice(2 * index, 2 * index + 2)) {
      near(numberOf(text, "y"), numberOf(rect, "y") + numberOf(rect, "height") / 2);
    }
    assert.ok(numberOf(texts[2 * index], "x") < 10);
    assert.equal(numberOf(texts[2 * index + 1], "x"), WIDTH - 2);
  });
  assert.ok(numberOf(texts[8], "y") > numberOf(texts[7], "y") + 15);
});

Deno.test("products that are all 0 are drawn at 0", () => {
  const zero = { label: "", number: number(0), end: 0 };
  const drawn = bars({ ...BARS, bars: [zero, zero], total: zero, truth: zero }, 0, WIDTH).children;
  assert.deepEqual(found(drawn, hasClass("bp-shade")).map((rect) => numberOf(rect, "x")), [149, 149, 149]);
});

Deno.test("where nothing could be measured there is no line, but a word", () => {
  const truth = {
    label: "measured",
    number: /** @type {any} */ (number(/** @type {any} */ ([null, 4]), { text: ["not judged", ""] })),
    end: 0,
  };
  const [without, with_] = [0, 1].map((place) => bars({ ...BARS, truth }, place, WIDTH).children);
  assert.equal(found(without, hasClass("bp-truth")).length, 0);
  assert.equal(found(without, ({ tag }) => tag === "text").at(-1)?.textContent, "not judged");
  assert.equal(found(with_, hasClass("bp-truth")).length, 1);
  assert.equal(found(with_, ({ tag }) => tag === "text").at(-1)?.textContent, "+4");
});

Deno.test("what belongs to a bar says so", () => {
  const linked = { ...BARS, bars: BARS.bars.map((bar, index) => ({ ...bar, link: `path:${index}` })) };
  const lit = found(
    bars(linked, 0, WIDTH).children,
    ({ attributes }) => attributes["data-link"] === "path:1",
  );
  assert.equal(lit.length, 3); // name, bar, number
});
