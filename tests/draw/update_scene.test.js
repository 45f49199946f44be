import assert from "node:assert/strict";
import { found, hasClass, numberOf, pointsOf } from "./dom.js";
import { nearestPlace } from "../../ui/draw/js/axes.js";
import { entriesAt, entryAt, matrix, sheets, tables } from "../../ui/draw/js/matrix.js";
import { pairs } from "../../ui/draw/js/pairs.js";
import { freeHeight, plot } from "../../ui/draw/js/plot.js";
import { readScene } from "../../ui/draw/js/values.js";

/** @import { MatrixPart, PairsPart, PlotPart, SceneNumber } from "../../ui/draw/js/types.d.ts" */

const WIDTH = 400;
/** @param {number | number[]} value @param {Partial<SceneNumber>} [more] @returns {SceneNumber} */
const number = (value, more) => ({ value, form: "short", ...more });
/** @param {number} one @param {number} other @param {number} [close] */
const near = (one, other, close = 0.11) =>
  assert.ok(Math.abs(one - other) <= close, `${one} is not ${other}`);

Deno.test("texts that differ in few words are spelled out", () => {
  const series = [{ forms: ["η = ¤ ¤", "still ¤"], each: [[0, "1:", "−2"], [1, "3"]] }];
  const scene = readScene(/** @type {any} */ ({ scene: { control: {}, a: { series: 0 } }, series }));
  assert.deepEqual(scene, { control: {}, a: ["η = 1: −2", "still 3"] });
});

// --- the plot ------------------------------------------------------------------------------------------

const RATES = [0, 0.5, 1, 2];
const COSTS = RATES.map((rate) => 2 - 2 * rate + rate ** 2);
/** The bowl 2 − 2η + η², whose tangent is 2 − 2η. @type {PlotPart} */
const bowl = {
  part: "Plot",
  alt: "Curve",
  axes: ["η", "cost"],
  end: 2,
  top: 2.24,
  lines: [
    {
      name: "cost",
      label: "this",
      heights: Array.from({ length: 81 }, (_, index) => 1 + (index / 40 - 1) ** 2),
      number: number(COSTS, { kind: "point", name: "cost" }),
    },
    {
      name: "prediction",
      label: "prediction",
      heights: Array.from({ length: 81 }, (_, index) => 2 - index / 20),
      number: number(RATES.map((rate) => 2 - 2 * rate), { kind: "point", name: "prediction" }),
    },
  ],
  point: ["η = 0", "η = 0.5", "η = 1", "η = 2"],
  marks: [{ number: 1, height: 1, text: "lowest at\nη = 1" }],
};

/** @param {PlotPart} part @param {number} place */
function drawn(part, place) {
  const { height, children, axes } = plot(part, RATES, place, WIDTH);
  const points = (/** @type {string} */ name) =>
    pointsOf(found(children, ({ attributes }) => attributes["data-line"] === name)[0].attributes.d);
  const dot = (/** @type {string} */ name) => {
    const [circle] = found(children, hasClass(`bp-on-${name}`)).filter(({ tag }) => tag === "circle");
    return [numberOf(circle, "cx"), numberOf(circle, "cy")];
  };
  const ticks = found(
    children,
    ({ tag, attributes }) => tag === "text" && attributes["text-anchor"] === "end",
  )
    .map((node) => [Number(node.textContent), numberOf(node, "y")]);
  return { height, children, points, dot, ticks, axes };
}

Deno.test("curve and tangent are drawn upright on their axes", () => {
  const { points, ticks, children } = drawn(bowl, 1);
  const marked = ticks.filter(([value]) => Number.isFinite(value));
  const [low, below] = marked[0];
  const [high, above] = marked[marked.length - 1];
  assert.ok(high > low && above < below); // up the page is up the axis
  const valueOf = (/** @type {number} */ y) => low + ((below - y) * (high - low)) / (below - above);
  for (const line of bowl.lines) {
    const shown = points(line.name);
    assert.equal(shown.length, 81);
    shown.forEach(([x, y], index) => {
      near(valueOf(y), /** @type {number} */ (line.heights[index]), 0.005);
      near(x, shown[0][0] + (index / 80) * (shown[80][0] - shown[0][0]));
    });
    assert.ok(shown[80][0] > shown[0][0]);
  }
  const across = found(
    children,
    ({ tag, attributes }) => tag === "text" && attributes["text-anchor"] === "middle",
  )
    .filter((node) => node.textContent !== "" && Number.isFinite(Number(node.textContent)));
  for (const node of across) {
    near(numberOf(node, "x"), points("cost")[Math.round(Number(node.textContent) * 40)][0]);
    assert.ok(numberOf(node, "y") > below);
  }
  assert.deepEqual(across.map((node) => node.textContent), ["0", "0.5", "1", "1.5", "2"]);
});

Deno.test("the points lie on their lines, and the gap is between them", () => {
  RATES.forEach((rate, place) => {
    const { points, dot, children } = drawn(bowl, place);
    for (const name of ["cost", "prediction"]) {
      const [x, y] = dot(name);
      const [lineX, lineY] = points(name)[rate * 40];
      near(x, lineX);
      near(y, lineY);
    }
    const [gap] = found(children, hasClass("bp-gap"));
    const [x, from, to] = (gap.attributes.d.match(/[\d.]+/g) ?? []).map(Number);
    near(x, dot("cost")[0]);
    near(from, dot("cost")[1]);
    near(to, dot("prediction")[1]);
    near(numberOf(gap, "data-gap"), rate ** 2, 1e-12);
  });
});

Deno.test("a minimum is marked where it is, also of the mean", () => {
  for (
    const part of [bowl, { ...bowl, lines: [{ ...bowl.lines[0], name: /** @type {const} */ ("mean") }] }]
  ) {
    const { points, children } = drawn(part, 3);
    const [lowest] = found(children, hasClass("bp-lowest"));
    const [x, y] = points(part.lines[0].name)[40];
    near(numberOf(lowest, "cx"), x);
    near(numberOf(lowest, "cy"), y);
    assert.equal(numberOf(lowest, "data-lowest"), 1);
  }
  assert.equal(found(drawn({ ...bowl, lines: [bowl.lines[0]] }, 1).children, hasClass("bp-gap")).length, 0);
});

Deno.test("a point off the chart is at its edge, and a curve ends where it has left every chart", () => {
  const high = { ...bowl, top: 1.5, lines: [{ ...bowl.lines[0], heights: [2, 1, null, null, null] }] };
  const { dot, points } = drawn(high, 0);
  const { children } = plot(high, RATES, 0, WIDTH);
  const [upright] = found(children, ({ tag, attributes }) => tag === "path" && /V/.test(attributes.d))
    .map(({ attributes }) => attributes.d.match(/[\d.]+/g)?.map(Number) ?? []);
  assert.equal(points("cost").length, 2);
  near(dot("cost")[1], upright[1], 0.2);
});

Deno.test("the pointer tells the position, also outside of the plot", () => {
  const { axes } = drawn(bowl, 0);
  const placeNear = (/** @type {number} */ x) => nearestPlace(RATES, axes.at(x));
  RATES.forEach((_, place) => assert.equal(placeNear(drawn(bowl, place).dot("cost")[0]), place));
  assert.equal(placeNear(-50), 0);
  assert.equal(placeNear(WIDTH + 50), 3);
});

Deno.test("names keep clear of each other, of the level before, and of the edge", () => {
  for (let cost = 0; cost <= 2.2; cost += 0.1) {
    for (const at of [0.1, 0.8, 1, 1.9]) {
      const part = {
        ...bowl,
        lines: [{ ...bowl.lines[0], number: number(cost) }],
        point: "η = 0.123456: 0.826",
        marks: [{ number: at, height: 2 - at / 2, text: "lowest so far at\nη = 1.234" }],
      };
      for (const place of RATES.keys()) {
        const { children } = plot(part, RATES, place, WIDTH);
        const names = found(children, hasClass("bp-halo"));
        const rows = names.map((node) => numberOf(node, "y"));
        const [level] = found(children, hasClass("bp-level"));
        const [, y] = (level.attributes.d.match(/[\d.]+/g) ?? []).map(Number);
        for (const row of rows) {
          assert.ok(Math.abs(row - y) >= 11, `${row} on the level ${y}`);
          assert.ok(row > 8 && row < 200, String(row));
        }
        assert.ok(Math.abs(rows[0] - rows[1]) >= 16 && Math.abs(rows[0] - rows[2]) >= 16, rows.join());
        for (const node of names) {
          const wide = 7.3 * node.textContent.length;
          const start = numberOf(node, "x") - (node.attributes["text-anchor"] === "end" ? wide : 0);
          assert.ok(start > 40 && start + wide < WIDTH, node.textContent);
        }
      }
    }
  }
});

Deno.test("the name of a minimum stands above it, and that of the point clear of it", () => {
  const namesOf = (/** @type {PlotPart} */ part) => {
    const { children } = drawn(part, 2);
    const rows = found(children, hasClass("bp-halo")).map((node) => numberOf(node, "y"));
    const [one, two] = rows.slice(-2);
    assert.equal(two - one, 17);
    return [(one + two) / 2, numberOf(found(children, hasClass("bp-lowest"))[0], "cy"), ...rows];
  };
  const [alone, lowest] = namesOf({ ...bowl, point: undefined });
  near(lowest - alone, 50, 0.5);
  const [beside, , point] = namesOf(bowl);
  assert.equal(point - beside, 42);
});

Deno.test("a free height is the nearest", () => {
  assert.equal(freeHeight(60, 10, []), 60);
  assert.equal(freeHeight(60, 10, [[60, 20]]), 40);
  assert.equal(freeHeight(0, 10, []), 10);
  assert.equal(freeHeight(60, 10, [[100, 500]]), null);
});

// --- outputs before and after --------------------------------------------------------------------------

Deno.test("bars are as long as what they stand for, on its side of 0, before above after", () => {
  for (const [before, after] of [[0.2, 0.9], [-1.5, 0.5], [0, -0.25], [3, 2]]) {
    /** @type {PairsPart} */
    const part = {
      part: "Pairs",
      title: "Outputs",
      alt: "",
      pairs: [{
        title: "setosa",
        is_target: true,
        before: number(before, { kind: "output", name: "before:0" }),
        after: number([9, after], { kind: "output", name: "after:0" }),
        change: number(after - before, { kind: "change", name: "0", text: "+1" }),
      }],
    };
    const { children } = pairs(part, 1, 300);
    const [zero] = found(children, hasClass("bp-thin")).map(({ attributes }) =>
      Number(attributes.d.match(/[\d.]+/)?.[0])
    );
    const bars = ["bp-before", "bp-after"].map((look) => found(children, hasClass(look))[0]);
    const one = (300 - 84 - 2) / (Math.max(1, before, after) - Math.min(0, before, after));
    bars.forEach((bar, index) => {
      const value = [before, after][index];
      near(numberOf(bar, "width"), Math.max(1.5, Math.abs(value) * one));
      near(value < 0 ? numberOf(bar, "x") + numberOf(bar, "width") : numberOf(bar, "x"), zero);
      assert.equal(bar.attributes["data-bar"], ["before:0", "after:0"][index]);
      assert.equal(numberOf(bar, "data-value"), value);
    });
    assert.ok(numberOf(bars[0], "y") + numberOf(bars[0], "height") < numberOf(bars[1], "y"));
    const texts = found(children, ({ tag }) => tag === "text");
    assert.deepEqual(texts.slice(0, 2).map((node) => node.textContent), ["setosa", "+1"]);
  }
});

// --- matrices ------------------------------------------------------------------------------------------

Deno.test("an entry is start + number · slope, and either may be absent", () => {
  assert.equal(entryAt({ start: [[1, 2]], slope: [[10, 20]] }, 0.5, 0, 1), 12);
  assert.equal(entryAt({ start: [[1, 2]] }, 0.5, 0, 1), 2);
  assert.deepEqual(entriesAt({ slope: [[10, 20], [30, 40]] }, 0.5), [[5, 10], [15, 20]]);
});

/** @type {MatrixPart} */
const update = {
  part: "Matrix",
  alt: "Three",
  rows: ["z₁", "z₂"],
  entries: [["w₁₁", "b₁"], ["w₂₁", "b₂"]],
  is_written: true,
  blocks: [
    { title: "now", columns: ["x", "b"], values: { start: [[1, -2], [0, 4]] }, scale: "W", entry: "{0} now" },
    { title: "step", columns: ["x", "b"], values: { slope: [[1, 0], [-1, 2]] }, scale: "s", sign: "+" },
    {
      title: "new",
      columns: ["x", "b"],
      values: { start: [[1, -2], [0, 4]], slope: [[1, 0], [-1, 2]] },
      scale: "W",
      sign: "=",
    },
  ],
};

Deno.test("the colour of a cell is its share of the largest of all matrices on its scale", () => {
  const { root, show } = matrix(update);
  for (const eta of [0, 0.5, 2]) {
    show(eta, 0);
    const cells = /** @type {any[]} */ (found([root], ({ dataset }) => "value" in dataset));
    const values = [1, -2, 0, 4, eta, 0, -eta, 2 * eta, 1 + eta, -2, -eta, 4 + 2 * eta];
    assert.deepEqual(cells.map((cell) => Number(cell.dataset.value)), values.map((value) => value + 0));
    const largest = [4 + 2 * eta, 2 * eta || 1, 4 + 2 * eta];
    cells.forEach((cell, index) => {
      const share = Math.abs(values[index]) / largest[Math.floor(index / 4)];
      near(Number(cell.style["--share"]), share, 0.0006);
      const sign = values[index] > 0 ? "pos" : values[index] < 0 ? "neg" : "zero";
      assert.ok(hasClass(sign)(cell));
    });
    assert.equal(cells[0].title, "w₁₁ now = 1");
  }
});

Deno.test("an entry has its own name, and lights what its column or row belongs to", () => {
  const blocks = [{
    ...update.blocks[0],
    name: "route=output",
    keys: ["full", "short"],
    link: "z:{column} W:{row}",
  }];
  const { root } = matrix({ ...update, blocks });
  const cells = found([root], ({ attributes }) => "data-route" in attributes);
  assert.deepEqual(cells.map(({ attributes }) => [attributes["data-route"], attributes["data-link"]]), [
    ["output:full:0", "z:0 W:0"],
    ["output:full:1", "z:1 W:0"],
    ["output:short:0", "z:0 W:1"],
    ["output:short:1", "z:1 W:1"],
  ]);
});

Deno.test("an entry with a link of its own lights that alone, and is in the light of its row, too", () => {
  const links = (/** @type {string} */ link, /** @type {string[]} */ columnLinks) => {
    const blocks = [{ ...update.blocks[0], link }];
    const { root } = matrix({ ...update, blocks, row_links: ["z:0", "z:1"], column_links: columnLinks });
    const linked = found([root], ({ dataset, attributes }) => "link" in dataset || "data-link" in attributes);
    return linked.map(({ dataset }) => [dataset.link, dataset.lights].filter(Boolean).join(" | "));
  };
  const own = ["W:0:0", "W:0:1", "W:1:0", "W:1:1"];
  const [a, b, c, d] = own.map((link) => `${link} z:${link[2]} | ${link}`);
  assert.deepEqual(links("W:{row}:{column}", []), ["z:0", a, b, "z:1", c, d]);
  const [e, f, g, h] = ["z:0 x:0", "z:0 x:1", "z:1 x:0", "z:1 x:1"];
  assert.deepEqual(links("", ["x:0", "x:1"]), ["x:0", "x:1", "z:0", e, f, "z:1", g, h]);
});

const isRow = (/** @type {any} */ { tag }) => tag === "tr";

Deno.test("of squares without numbers every few have a name, and the last", () => {
  const columns = Array.from({ length: 30 }, (_, index) => `x${index}`);
  const block = { title: "", columns, values: { start: [columns.map(() => 1)] } };
  const named = (/** @type {boolean} */ isWritten) => {
    const { root } = matrix({ ...update, rows: ["z"], blocks: [block], is_written: isWritten });
    return found([root], ({ attributes }) => attributes.scope === "col").map((node) => node.textContent);
  };
  assert.deepEqual(named(true), columns);
  const shown = [0, 4, 8, 12, 16, 20, 24, 29];
  assert.deepEqual(named(false), columns.map((name, index) => shown.includes(index) ? name : ""));
});

Deno.test("a copied row keeps the place of each column: a corner is not empty", () => {
  const { root } = matrix({ ...update, above: update.blocks[0] });
  const isName = (/** @type {any} */ { attributes }) =>
    attributes.scope === "row" || attributes.class === "corner";
  const tables = found([root], ({ tag }) => tag === "table");
  assert.deepEqual(tables.map(hasClass("bp-next")), [false, true, true]); // beside others it shows no names of rows
  const named = found([root], isName);
  assert.equal(named.length, 11);
  for (const name of named) assert.notEqual(name.textContent, "");
  const rows = tables.map((table) => found([table], isRow).length);
  assert.deepEqual(rows, [3, 3, 5]); // names of the columns, numbers, and above the last block one more matrix
});

Deno.test("what an equation makes can be put first, without what only stands beside it", () => {
  const marked = (/** @type {string} */ line) => {
    const items = line.split(" ").map((item) => /[A-Z]/.test(item) ? document.createElement("figure") : item);
    const drawn = /** @type {any} */ (sheets(items, 1)).children;
    return drawn.map((/** @type {any} */ node) =>
      hasClass("bp-made")(node) ? 2 : hasClass("bp-equals")(node) ? 1 : 0
    );
  };
  assert.deepEqual(marked("A ⊗ B = C and D"), [0, 0, 0, 1, 2, 0, 0]);
  assert.deepEqual(marked("A · B = C"), [0, 0, 0, 1, 2]);
  assert.deepEqual(marked("A and B → C"), [0, 0, 0, 0, 0]);
});

Deno.test("tables hold the same numbers with their names", () => {
  const { root, show } = tables({
    part: "Tables",
    title: "All",
    rows: update.rows,
    blocks: [{ ...update.blocks[2], name: "update=after1" }],
  });
  show(0.5, 0);
  const cells = /** @type {any[]} */ (found([root], ({ attributes }) => "data-update" in attributes));
  assert.deepEqual(
    cells.map((cell) => [cell.attributes["data-update"], Number(cell.dataset.value), cell.textContent]),
    [["after1:0:0", 1.5, "1.50"], ["after1:0:1", -2, "−2"], ["after1:1:0", -0.5, "−0.500"], [
      "after1:1:1",
      5,
      "5",
    ]],
  );
});
