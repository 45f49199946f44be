import assert from "node:assert/strict";
import { assertInside, corners, found, hasClass, near, numberOf, pointsOf } from "./dom.js";
import { bars } from "../../ui/draw/js/bars.js";
import { nearestPlace } from "../../ui/draw/js/axes.js";
import { curve } from "../../ui/draw/js/curve.js";
import { svgScripts, withScripts } from "../../ui/draw/js/element.js";
import { graph } from "../../ui/draw/js/graph.js";
import {
  HEIGHT,
  heldAt,
  label,
  numberAt,
  readScene,
  textAt,
  write,
  writeInFormula,
} from "../../ui/draw/js/values.js";

/** @import { BarsPart, CurvePart, NetworkPart, SceneNumber } from "../../ui/draw/js/types.d.ts" */

const WIDTH = 300;
/** @param {number | number[]} value @param {Partial<SceneNumber>} [more] @returns {SceneNumber} */
const number = (value, more) => ({ value, form: "signed", ...more });
// --- values -----------------------------------------------------------------------------------------

Deno.test("a scene has its series in place, the same one wherever it stands", () => {
  const scene =
    '{"control":{"positions":[0,1]},"a":{"series":1},"b":[{"value":{"series":0}},{"value":2}],"c":null}';
  assert.deepEqual(readScene({ scene: JSON.parse(scene), series: [[1, 2], ["x"]] }), {
    control: { positions: [0, 1] },
    a: ["x"],
    b: [{ value: [1, 2] }, { value: 2 }],
    c: null,
  });
});
Deno.test("floats come in base64, multiples of the slider as their factors", () => {
  const floats = btoa(String.fromCharCode(...new Uint8Array(new Float64Array([0.1, -1e-300]).buffer)));
  const slider = { positions: { series: 1 } };
  const scene = { control: slider, a: { series: 0 }, b: { factors: [3, -0.5] } };
  assert.deepEqual(readScene({ scene, series: [floats, [2, 0]] }), {
    control: { positions: [2, 0] },
    a: [0.1, -1e-300],
    b: [-3, -0],
  });
});

Deno.test("from a number another is taken away, and 0 is left where that is no more than noise", () => {
  const difference = number([1, 5], { less: [0.75, 5.5], noise: [0.25, 0.25] });
  assert.deepEqual([numberAt(difference, 0), numberAt(difference, 1)], [0, -0.5]);
  assert.equal(textAt(difference, 1), "−0.500");
  assert.equal(numberAt(number([0.1, 0.2], { less: 0.1 }), 1), 0.1);
  const node = document.createElement("td");
  write(node, difference, 0);
  assert.equal(/** @type {any} */ (node).attributes["data-value"], "0");
});

Deno.test("raised and lowered digits are drawn from plain ones", () => {
  const node = document.createElement("p");
  node.append(...withScripts("∂C/∂z¹²ₖ, ε²"));
  assert.deepEqual(
    found([node], ({ tag }) => tag !== "p").map(({ tag, textContent }) => `${tag} ${textContent}`),
    ["sup 12", "sub k", "sup 2"],
  );
  assert.equal(node.textContent, "∂C/∂z12k, ε2");
});

Deno.test("the mark of a path above ⑩ is a number in a circle, which is copied with its brackets", () => {
  const node = document.createElement("p");
  node.append(...withScripts("⑩ and (11) z¹ (17)"));
  assert.deepEqual(found([node], hasClass("bp-circle")).map(({ textContent }) => textContent), ["(11)"]);
  assert.equal(node.textContent, "⑩ and (11) z1 (17)");
});

Deno.test("what follows the slider is picked, what stays the same is there at every position", () => {
  assert.equal(heldAt([3, 4], 1), 4);
  assert.equal(heldAt(3, 1), 3);
  assert.equal(heldAt(["a", "b"], 0), "a");
});

Deno.test("numbers are rounded, and have all their digits", () => {
  const node = document.createElement("td");
  write(node, number([0.5, 1 / 3], { kind: "term", name: "x" }), 1);
  assert.equal(node.textContent, "+0.333");
  assert.deepEqual(/** @type {any} */ (node).attributes, { "data-value": String(1 / 3), "data-term": "x" });
  assert.equal(textAt(number(-1.25, { form: "short", before: "t = " }), 0), "t = −1.25");
  assert.equal(textAt(number(2, { form: "short" }), 0), "2");
  assert.equal(textAt(number([1e-17, 1], { shown: [0, 1] }), 0), "0"); // rounding noise
  write(node, number(1e-17, { shown: 0 }), 0);
  assert.equal(/** @type {any} */ (node).attributes["data-value"], "1e-17");
});

Deno.test("a number in a formula has brackets where it is a negative factor, and its power of ten", () => {
  const slot = document.createElement("mrow");
  const written = (/** @type {number} */ value, /** @type {SceneNumber["form"]} */ form) => {
    writeInFormula(slot, number(value, { form }), 0);
    return slot.textContent;
  };
  assert.equal(written(0.5, "factor"), "0.500");
  assert.equal(written(-0.5, "factor"), "(−0.500)");
  assert.equal(written(-0.5, "short"), "−0.500");
  assert.equal(written(0, "factor"), "0");
  assert.equal(written(-2.3e-7, "factor"), "(−2.30·10−7)");
  const [power] = found([slot], (node) => node.tag === "msup");
  assert.deepEqual(power.children.map((child) => /** @type {any} */ (child).textContent), ["10", "−7"]);
  assert.equal(numberOf(/** @type {any} */ (slot), "data-value"), -2.3e-7);
});

// --- bars -------------------------------------------------------------------------------------------

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

// --- curve ------------------------------------------------------------------------------------------

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

// --- graph ------------------------------------------------------------------------------------------

/** @param {string[]} names @returns {NetworkPart} */
const network = (names) => ({
  part: "Network",
  title: "",
  alt: "",
  nodes: [
    {
      name: "t",
      column: 0,
      number: number([1, 2], { form: "short", kind: "node", name: "t", before: "t = " }),
    },
    ...names.map((name, index) => ({
      name,
      column: 1,
      number: number(index, { form: "short", kind: "node", name, before: `${name} = ` }),
    })),
    {
      name: "f",
      column: 2,
      number: number(-0.12345, { form: "short", kind: "node", name: "f", before: "f = " }),
    },
  ],
  edges: names.flatMap((name, index) => {
    const product = [index - 1, 1];
    return [
      { start: "t", end: name, number: number([1, 10], { kind: "local", name: `d${name}/dt` }), product },
      { start: name, end: "f", number: number([2, 20], { kind: "local", name: `∂f/∂${name}` }), product },
    ];
  }),
});

/** @param {NetworkPart} part @param {number} place @param {number} [width] */
function readGraph(part, place, width = 360) {
  const drawn = graph(part, place, width).children;
  /** @type {Record<string, any>} */
  const nodes = {};
  for (const group of found(drawn, hasClass("bp-node"))) {
    const [box, text] = /** @type {any[]} */ (group.children);
    const [x, y] = [numberOf(text, "x"), numberOf(text, "y")];
    nodes[text.attributes["data-node"]] = { x, y, text: text.textContent, half: numberOf(box, "width") / 2 };
    near(numberOf(box, "x") + numberOf(box, "width") / 2, x);
    near(numberOf(box, "y") + numberOf(box, "height") / 2, y);
  }
  return { drawn, nodes, edges: found(drawn, hasClass("bp-path")) };
}

Deno.test("edges lead from the side of one node to the side of the next, in the colour of their product", () => {
  for (const names of [["x"], ["x", "y"], ["x", "y", "z"]]) {
    const part = network(names);
    const { nodes, edges } = readGraph(part, 0);
    assert.equal(nodes.t.text, "t = 1");
    assert.ok(nodes.t.x < nodes.x.x && nodes.x.x < nodes.f.x);
    const rows = names.map((name) => nodes[name].y);
    assert.deepEqual(rows, rows.toSorted((a, b) => a - b));
    near(nodes.t.y, rows.reduce((a, b) => a + b) / rows.length);
    assert.equal(nodes.f.y, nodes.t.y);
    part.edges.forEach(({ start, end }, index) => {
      const points = pointsOf(edges[index].attributes.d);
      near(points[0][0], nodes[start].x + nodes[start].half);
      near(points[0][1], nodes[start].y);
      near(points[3][0], nodes[end].x - nodes[end].half);
      near(points[3][1], nodes[end].y);
      const signs = ["bp-neg", "bp-zero", "bp-pos"];
      assert.ok(hasClass(signs[Math.floor(index / 2)])(edges[index]));
    });
    assert.equal(readGraph(part, 1).nodes.t.text, "t = 2");
    near(nodes.t.x - nodes.t.half, 1);
    near(nodes.x.x, 180);
    near(nodes.f.x + nodes.f.half, 359);
    for (const edge of edges) { // leaves and arrives level
      const [[x1, y1], [x2, y2], [x3, y3], [x4, y4]] = pointsOf(edge.attributes.d);
      assert.deepEqual([y2, y3], [y1, y4]);
      assert.ok(x1 < x2 && x2 < x3 && x3 < x4);
    }
    assertInside(readGraph(part, 0).drawn, HEIGHT, 360);
  }
});

Deno.test("derivatives stand at their own edge, above and below it, after all edges", () => {
  for (const names of [["x"], ["x", "y"], ["x", "y", "z"]]) {
    const { drawn, nodes, edges } = readGraph(network(names), 1);
    const numbers = found(drawn, ({ attributes }) => "data-local" in attributes);
    const texts = found(drawn, ({ tag }) => tag === "text");
    assert.deepEqual(numbers.map(({ textContent }) => textContent), names.flatMap(() => ["+10", "+20"]));
    const order = found(drawn, () => true);
    assert.ok(order.indexOf(edges[edges.length - 1]) < order.indexOf(numbers[0]));
    numbers.forEach((node, index) => {
      const what = node.attributes["data-local"];
      const name = names[Math.floor(index / 2)];
      const isFirst = index % 2 === 0;
      const [x, y] = [numberOf(node, "x"), numberOf(node, "y")];
      assert.ok(isFirst ? nodes.t.x < x && x < nodes[name].x : nodes[name].x < x && x < nodes.f.x);
      const [low, high] = [nodes.t.y, nodes[name].y].toSorted((a, b) => a - b);
      assert.ok(low - 13 <= y && y <= high + 13);
      const [lead] = texts.filter(({ textContent }) => textContent === what);
      assert.ok(numberOf(lead, "y") < y);
      assert.equal(numberOf(lead, "x"), x);
      const level = nodes[name].y === nodes.t.y;
      const middle = (numberOf(lead, "y") + y) / 2; // on the edge, nearer to its own node
      near(middle, nodes[name].y + 0.32 * (nodes.t.y - nodes[name].y));
      near(y - middle, level ? 12 : 10);
      const beside = isFirst ? nodes[name].x - nodes[name].half - 3 : nodes[name].x + nodes[name].half + 3;
      const [from, , , to] = pointsOf(edges[index].attributes.d);
      const isBeside = level && names.length > 1; // the edges of all paths meet on the other side
      near(x, isBeside ? beside : (from[0] + to[0]) / 2);
      assert.equal(node.attributes["text-anchor"], isBeside ? (isFirst ? "end" : "start") : "middle");
    });
  }
});

Deno.test("the picture grows with its paths, so that what stands at one edge is clear of the next", () => {
  const drawn = graph(network([..."abcdeghi"]), 0, 360);
  const texts = found(drawn.children, ({ tag }) => tag === "text");
  const at = (/** @type {string} */ start) =>
    texts.filter(({ textContent }) => textContent?.startsWith(start)).map((node) => numberOf(node, "y"));
  const names = at("∂f/∂");
  names.slice(1).forEach((y, row) => assert.ok(y - names[row] >= 36));
  assert.ok(drawn.height > 400 && names.every((y) => y > 0 && y < drawn.height));
  assert.equal(graph(network(["a", "b", "c"]), 0, 360).height, 208);
});

Deno.test("a long number of a node is smaller, and nodes keep their size in a narrow picture", () => {
  const { drawn } = readGraph(network(["x"]), 0, 300);
  const [long] = found(drawn, ({ attributes }) => attributes["data-node"] === "f");
  assert.equal(long.textContent, "f = −0.123");
  assert.ok(hasClass("bp-small")(long));
  const [short] = found(drawn, ({ attributes }) => attributes["data-node"] === "t");
  assert.ok(!hasClass("bp-small")(short));
  assert.equal(
    readGraph(network(["x"]), 0, 300).nodes.f.half,
    readGraph(network(["x"]), 0, 360).nodes.f.half,
  );
});

Deno.test("what belongs to a path says so, and follows the control", () => {
  const two = network(["x", "y"]);
  const paths = { ...two, edges: two.edges.map((edge) => ({ ...edge, link: ["path:1", "path:2"] })) };
  const lit = (/** @type {any} */ drawn, /** @type {string} */ link) =>
    found(drawn.children, ({ attributes }) => attributes["data-link"] === link).length;
  assert.equal(lit(graph(paths, 1, WIDTH), "path:2"), 3 * paths.edges.length); // line, name, number
  const linked = { ...BARS, bars: BARS.bars.map((bar, index) => ({ ...bar, link: `path:${index}` })) };
  assert.equal(lit(bars(linked, 0, WIDTH), "path:1"), 3); // name, bar, number
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

Deno.test("raised and lowered digits of a picture leave the line and come back to it", () => {
  const text = label(0, 0, "∂C/∂z²₁ = 3");
  const spans = found([text], ({ tag }) => tag === "tspan");
  assert.deepEqual(spans.map((span) => span.textContent), ["2", "1", " = 3"]);
  const moved = spans.map((span) => numberOf(span, "dy"));
  near(moved[0], -5);
  near(moved[0] + moved[1], 3.45);
  near(moved[0] + moved[1] + moved[2], 0);
  const sizes = (/** @type {any[]} */ runs) => runs.map((run) => run.attributes?.["font-size"]);
  assert.deepEqual(sizes(spans), ["12", "12", undefined]); // smaller ones could not be read
  assert.deepEqual(sizes(svgScripts("a²₁ = 3", 24)), [undefined, "18", "18", undefined]);
  assert.equal(text.textContent, "∂C/∂z21 = 3");
});
