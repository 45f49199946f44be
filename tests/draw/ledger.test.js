import assert from "node:assert/strict";
import { assertInside, found, hasClass, near, numberOf, pointsOf } from "./dom.js";
import { layoutOf, ledger, ledgerAlt } from "../../ui/draw/js/ledger.js";
import { judged, saidAt, sumAt } from "../../ui/draw/js/sums.js";

/** @import { Cases, Judge, LedgerPart, SceneNumber, Sum } from "../../ui/draw/js/types.d.ts" */

const [WIDE, PHONE] = [900, 342];
const NONE = new Set();

/** @param {number | number[]} value @param {Partial<SceneNumber>} [more] @returns {SceneNumber} */
const number = (value, more) => ({ value, form: "signed", kind: "ledger", ...more });

const FACTORS = [[2, 3], [-4, 1.5], [0.5, -2], [1, 0]];
const PRODUCTS = FACTORS.map(([upstream, weight]) => upstream * weight); // 6, −6, −1, 0
/** @type {Sum} */
const SUM = { terms: PRODUCTS, noise: [1e-9, 1e-9, 1e-9, 0], total: -1, marks: ["①", "②", "③", "④"] };
/** @type {LedgerPart} */
const LEDGER = {
  part: "Ledger",
  alt: "{terms}. Sum {sum}.",
  sum: SUM,
  terms: FACTORS.map(([upstream, weight], k) => ({
    name: `z${k}`,
    note: `note ${k}`,
    upstream: number(upstream, { name: `upstream:${k}` }),
    weight: number(weight, { name: `weight:${k}` }),
    product: number(PRODUCTS[k], { name: `product:${k}` }),
    edge: `W2:${k}:0`,
    link: `path:${k}`,
  })),
  total: { sum: SUM, whole: "all", some: "{kept} left", none: "nothing left" },
  truth: number(-1, { name: "numeric", before: "measured " }),
  each: "{number}: {upstream} · {weight} = {product}",
  each_out: "{number} is out",
  out: "out",
  unit: "a",
  unit_link: "unit:0",
  heads: ["up", "w", "product", "so far", "added"],
  legend: ["positive", "negative"],
};

/** The bars by their names. @param {any[]} children */
const barsOf = (children) =>
  Object.fromEntries(
    found(children, ({ attributes }) => attributes["data-bar"] !== undefined)
      .map((bar) => [bar.attributes["data-bar"], bar]),
  );

/** Where 0 is, and how long 1 is. @param {any[]} children */
function scaleOf(children) {
  const [zero] = found(children, hasClass("bp-zero-line"));
  const bar = barsOf(children)[0];
  return { zero: pointsOf(zero.attributes.d)[0][0], unit: numberOf(bar, "width") / 6 };
}

for (const width of [WIDE, PHONE]) {
  for (
    const [off, ends] of /** @type {[number[], number[]][]} */ ([
      [[], [6, 0, -1, -1]],
      [[1], [6, 6, 5, 5]],
      [[0, 3], [0, -6, -7, -7]],
      [[0, 1, 2, 3], [0, 0, 0, 0]],
    ])
  ) {
    Deno.test(`each bar begins where the total is, and what is out leaves it: ${width} px, ${off}`, () => {
      const out = new Set(off);
      const { height, children } = ledger(LEDGER, 0, width, out);
      const { zero, unit } = scaleOf(children);
      const bars = barsOf(children);
      PRODUCTS.forEach((product, k) => {
        const [left, size] = [numberOf(bars[k], "x"), numberOf(bars[k], "width")];
        const start = k ? ends[k - 1] : 0;
        near(left, zero + unit * Math.min(start, start + product), 0.1);
        near(size, Math.max(1.5, Math.abs(product) * unit));
        assert.equal(hasClass("bp-missing")(bars[k]), out.has(k));
        assert.ok(hasClass(product > 0 ? "bp-pos" : product < 0 ? "bp-neg" : "bp-zero")(bars[k]));
      });
      const total = ends[3];
      near(numberOf(bars.total, "x"), zero + unit * Math.min(0, total), 0.1);
      near(numberOf(bars.total, "width"), Math.max(1.5, Math.abs(total) * unit));
      const [truth] = found(children, hasClass("bp-truth"));
      near(pointsOf(truth.attributes.d)[0][0], zero - unit, 0.1);
      const tops = [0, 1, 2, 3, "total"].map((name) => numberOf(bars[name], "y"));
      assert.deepEqual(tops, tops.toSorted((a, b) => a - b));
      assertInside(children, height, width);
      const shown = Object.fromEntries(
        found(children, ({ attributes }) => attributes["data-ledger"] !== undefined)
          .map((text) => [text.attributes["data-ledger"], Number(text.attributes["data-value"])]),
      );
      assert.equal(shown.total, total);
      assert.equal(shown.numeric, -1);
      FACTORS.forEach(([upstream, weight], k) => {
        assert.deepEqual([shown[`upstream:${k}`], shown[`weight:${k}`]], [upstream, weight]);
        assert.equal(shown[`product:${k}`], PRODUCTS[k]);
        assert.equal(shown[`running:${k}`], out.has(k) ? undefined : ends[k]);
      });
      const dropped = found(children, hasClass("bp-dropped"));
      assert.deepEqual(dropped.map((row) => numberOf(row, "data-path")), off);
      assert.equal(found(children, hasClass("bp-strike")).length, off.length);
    });
  }
}

Deno.test("the scale is the same whatever is out", () => {
  const scales = [[], [0], [1, 2], [0, 1, 2, 3]].map((off) =>
    scaleOf(ledger(LEDGER, 0, WIDE, new Set(off)).children)
  );
  for (const { zero, unit } of scales) assert.deepEqual([zero, unit], [scales[0].zero, scales[0].unit]);
});

Deno.test("lines lead from the unit to its paths, as wide as the weight, in the colour of its sign", () => {
  const { children } = ledger(LEDGER, 0, WIDE, new Set([1]));
  const edges = found(children, hasClass("bp-ledger-edge"));
  assert.deepEqual(edges.map((edge) => edge.attributes["data-edge"]), [
    "W2:0:0",
    "W2:1:0",
    "W2:2:0",
    "W2:3:0",
  ]);
  const signs = ["bp-pos", "bp-pos", "bp-neg", "bp-zero"];
  edges.forEach((edge, k) => {
    assert.ok(hasClass(signs[k])(edge));
    assert.equal(hasClass("bp-cut")(edge), k === 1);
    near(numberOf(edge, "stroke-width"), 1.2 + (3.3 * Math.abs(FACTORS[k][1])) / 3);
    const points = pointsOf(edge.attributes.d);
    const box = found(children, hasClass("bp-box"))[k + 1]; // after that of the unit
    near(points[points.length - 1][0], numberOf(box, "x"));
    near(points[points.length - 1][1], numberOf(box, "y") + numberOf(box, "height") / 2);
  });
  const links = found(children, ({ attributes }) => attributes["data-link"] === "path:2");
  assert.deepEqual(links.map(({ tag }) => tag), ["path", "rect", "g"]);
  assert.equal(found(ledger(LEDGER, 0, PHONE, NONE).children, hasClass("bp-ledger-edge")).length, 0);
});

Deno.test("texts of a row do not overlap on a phone, nor those of sixteen paths", () => {
  const many = {
    ...LEDGER,
    terms: Array(16).fill(LEDGER.terms[0]),
    sum: { ...SUM, terms: Array(16).fill(6), noise: Array(16).fill(0) },
  };
  for (const [part, width] of /** @type {[LedgerPart, number][]} */ ([[LEDGER, PHONE], [many, WIDE]])) {
    const { height, children } = ledger(part, 0, width, NONE);
    assertInside(children, height, width);
    const rows = found(children, ({ attributes }) => attributes["data-path"] !== undefined);
    const ys = rows.map((row) => numberOf(found([row], ({ tag }) => tag === "text")[0], "y"));
    ys.forEach((y, index) => assert.ok(index === 0 || y - ys[index - 1] >= 20));
    for (const row of rows) {
      const ends = found([row], hasClass("bp-number")).map((text) => numberOf(text, "x"));
      ends.forEach((x, index) => assert.ok(x - (ends[index - 1] ?? 64) >= 60, `${ends}`));
    }
  }
});

Deno.test("on two lines no line of the bars runs through a number or through the head of a column", () => {
  for (const width of [PHONE, 585]) {
    const { children } = ledger(LEDGER, 0, width, NONE);
    const papers = children.flatMap((child, at) =>
      found([child], hasClass("bp-paper")).map((paper) => ({ paper, at }))
    );
    const last = children.findLastIndex((child) =>
      [hasClass("bp-thin"), hasClass("bp-truth")].some((is) => found([child], is).length)
    );
    assert.equal(papers.length, LEDGER.terms.length + 1); // and behind the sum
    papers.forEach(({ paper, at }) => {
      assert.ok(at > last); // drawn over the lines
      const [x, y, wide, high] = ["x", "y", "width", "height"].map((name) => numberOf(paper, name));
      const texts = found(
        children,
        ({ tag, attributes }) =>
          tag === "text" && Math.abs(Number(attributes.y) - y - high / 2) < 1 && Number(attributes.x) > x,
      );
      assert.ok(texts.length);
      texts.forEach((text) => assert.ok(numberOf(text, "x") <= x + wide));
    });
    const [first] = papers.map(({ paper }) => numberOf(paper, "y") + numberOf(paper, "height"));
    for (const line of ["bp-truth", "bp-zero-line"]) {
      assert.ok(pointsOf(found(children, hasClass(line))[0].attributes.d)[0][1] >= first);
    }
  }
  assert.equal(found(ledger(LEDGER, 0, WIDE, NONE).children, hasClass("bp-paper")).length, 0);
});

Deno.test("the mark of a path above ⑩ stands in a circle of our own, its name beside it", () => {
  const part = {
    ...LEDGER,
    terms: LEDGER.terms.map((term, k) => ({ ...term, name: k ? term.name : "(12) z" })),
  };
  const [row, ...others] = found(
    ledger(part, 0, WIDE, NONE).children,
    ({ attributes }) => "data-switch" in attributes,
  );
  const [box, circle, mark, name] = /** @type {any[]} */ (row.children);
  assert.deepEqual([mark.textContent, name.textContent], ["12", "z"]);
  assert.deepEqual([mark.attributes.x, mark.attributes.y], [circle.attributes.cx, circle.attributes.cy]);
  const [start, width] = ["x", "width"].map((side) => numberOf(box, side));
  const [middle, radius, beside] = [numberOf(circle, "cx"), numberOf(circle, "r"), numberOf(name, "x")];
  assert.ok(start < middle - radius && middle + radius < beside - 10 && beside + 20 < start + width);
  for (const { children } of others) assert.equal(children.length, 2); // box and name
});

Deno.test("in a narrow place a row has two lines, beside the unit and with its note if there is room", () => {
  const lines = { row: 50, text: 17, bar: 40, thick: 13, sum: { height: 50, text: 17, bar: 40 } };
  const frame = { head: 24, ...lines, foot: 24, unit: { left: 106, x: 31, width: 58 } };
  const narrow = {
    name: 33,
    box: 64,
    upstream: 138.7,
    weight: 213.4,
    product: 303.04,
    running: 396,
    left: 6,
    right: 394,
  };
  const middle = {
    name: 153,
    box: 92,
    upstream: 297.5,
    weight: 397,
    product: 496.5,
    running: 596,
    left: 112,
    right: 594,
  };
  const { upstream, weight, product, ...rest } = layoutOf(4, 400, true);
  const rounded = Object.entries({ upstream, weight, product }).map((
    [name, end],
  ) => [name, Number(end.toFixed(2))]);
  assert.deepEqual({ ...rest, ...Object.fromEntries(rounded) }, { ...frame, ...narrow, note: undefined });
  assert.deepEqual(layoutOf(4, 600, false), { ...frame, ...middle, foot: 4, note: undefined });
  const notes = [519, 520, 559, 560, 625, 626, 799, 800].map((width) => layoutOf(4, width, true).note);
  assert.deepEqual(notes, [undefined, 100, 100, undefined, undefined, 206, 206, 236]);
});

Deno.test("the more paths, the lower their rows, and below a height their texts are small", () => {
  for (const [count, height] of [[1, 46], [3, 46], [4, 36], [6, 36], [7, 28], [10, 28], [11, 20], [16, 20]]) {
    assert.equal(layoutOf(count, WIDE, true).row, height);
    const terms = Array(count).fill(LEDGER.terms[0]);
    const sum = { ...SUM, terms: Array(count).fill(6), noise: Array(count).fill(0) };
    const { children } = ledger({ ...LEDGER, terms, sum }, 0, WIDE, NONE);
    const [name] = found(
      found(children, ({ attributes }) => "data-switch" in attributes),
      hasClass("bp-small"),
    );
    assert.equal(name !== undefined, height < 28);
  }
});

Deno.test("the measured slope is written beside its line where it is near an end of the bars", () => {
  for (const width of [WIDE, PHONE]) {
    const { left, right } = layoutOf(4, width, true);
    for (let value = -7; value <= 6; value += 0.01) {
      const { children, height } = ledger({ ...LEDGER, truth: { ...LEDGER.truth, value } }, 0, width, NONE);
      const [[x]] = pointsOf(found(children, hasClass("bp-truth"))[0].attributes.d);
      const [number] = found(children, ({ attributes }) => attributes["data-ledger"] === "numeric");
      const anchor = x < left + 100 ? "start" : x > right - 100 ? "end" : "middle";
      assert.equal(number.attributes["text-anchor"], anchor);
      near(numberOf(number, "x"), x);
      near(numberOf(number, "y"), height - 10);
    }
  }
});

Deno.test("without a measured slope there is no line", () => {
  const { children } = ledger(
    { ...LEDGER, truth: { ...LEDGER.truth, value: /** @type {any} */ (null) } },
    0,
    WIDE,
    NONE,
  );
  assert.equal(found(children, hasClass("bp-truth")).length, 0);
});

Deno.test("what is seen is said, too", () => {
  assert.equal(
    ledgerAlt(LEDGER, 0, new Set([1])),
    "1: +2 · +3 = +6; 2 is out; 3: +0.500 · −2 = −1; 4: +1 · 0 = 0. Sum +5.",
  );
});

// --- what is said of a sum ----------------------------------------------------------------------------

Deno.test("what is no more than rounding is 0", () => {
  const sum = { terms: [0.1, 0.2, -0.3], noise: [1e-16, 1e-16, 1e-16], total: 0 };
  assert.equal(sumAt(sum, 0, NONE).sum, 0);
  assert.ok(sumAt(sum, 0, new Set([0, 1, 2])).error === 0);
  assert.ok(sumAt({ ...sum, noise: [0, 0, 0] }, 0, NONE).sum > 0);
});

Deno.test("the sentence is that of its case", () => {
  /** @type {Cases} */
  const cases = {
    sum: SUM,
    whole: ["here", "there"],
    some: "{out}: off by {off}, {share}, {kept} left",
    reversed: "{out}: wrong sign, {off}",
    cancel: "{out} cancel",
    idle: "{out} carries 0",
    idles: "{out} carry 0",
  };
  const said = (/** @type {number[]} */ ...off) => saidAt(cases, 1, new Set(off));
  assert.equal(said(), "there");
  assert.equal(said(1), "②: wrong sign, +6");
  assert.equal(said(3), "④ carries 0");
  assert.equal(said(1, 0), "① and ② cancel");
  assert.equal(said(2), "③: off by +1, 100\u00a0%, 3 left");
  assert.equal(said(3, 0), "① and ④: off by −6, 600\u00a0%, 2 left");
  const idle = { ...cases, sum: { ...SUM, terms: [0, 0, 0, 1] } };
  assert.equal(saidAt(idle, 0, new Set([2, 0, 1])), "①, ② and ③ carry 0");
  assert.equal(saidAt(idle, 0, new Set([2, 0])), "① and ③ carry 0");
  const halves = { ...cases, sum: { ...SUM, terms: [0.1, 0.2, 0.3, 0], total: 0.6 } }; // 0.1 + 0.2 + 0.3 > 0.6
  assert.match(saidAt(halves, 0, new Set([0, 1, 2, 3])), /off by −0.600, 100\u00a0%, 0 left/);
  assert.equal(saidAt(LEDGER.total, 0, new Set([0, 1, 2, 3])), "nothing left");
  assert.equal(saidAt(["one", "two"], 1, NONE), "two");
});

Deno.test("a number is right, wrong, or too near to tell", () => {
  /** @type {Judge} */
  const judge = {
    numeric: [1, null],
    derivative: 1.00001,
    near: 1e-8,
    tolerance: 1e-4,
    noise: 0.01,
    said: "{mark} error {error}",
    unjudged: "not judged",
  };
  assert.deepEqual(judged(judge, 1.00001, 0), { mark: "✓", said: "✓ error 1.00e−5" });
  assert.deepEqual(judged(judge, 1.5, 0), { mark: "✗", said: "✗ error 0.500" });
  assert.deepEqual(judged(judge, 1.005, 0), { mark: "", said: "error 0.00500" });
  assert.deepEqual(judged({ ...judge, derivative: 2 }, 2, 0), { mark: "✗", said: "✗ error 1" });
  const off = { ...judge, derivative: 0, numeric: 0, near: 0, tolerance: 0, noise: 0 };
  assert.deepEqual(judged(off, 0, 0), { mark: "✓", said: "✓ error 0" });
  assert.deepEqual(judged(judge, 1, 1), { mark: "", said: "not judged" });
});
