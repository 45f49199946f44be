/** Where the whole network is drawn: what leads to what, what stands beside what, and what a choice marks. */
/** @import { WholeNetworkPart } from "../../ui/draw/js/types.d.ts" */
import assert from "node:assert/strict";
import { found, hasClass, numberOf } from "./dom.js";
import { WholeNetwork } from "../../ui/draw/js/whole.js";

Object.assign(globalThis, { window: { innerWidth: 1366, innerHeight: 768 } });
const NETWORKS = [[4, 5, 3], [2, 2, 2], [4, 16, 3], [4, 8, 16, 6, 3]];

/** @param {number[]} sizes @returns {WholeNetworkPart} */
function partOf(sizes) {
  const depth = sizes.length - 1;
  /** @type {WholeNetworkPart["tables"]} */
  const tables = {};
  const add = (/** @type {string} */ name, /** @type {number} */ rows, /** @type {number} */ cols) =>
    tables[`${name}:value`] = {
      title: "",
      shape: "",
      net: [],
      rows: Array.from({ length: rows }, (_, row) => `${name} ${row}`),
      cols: Array.from({ length: cols }, () => ""),
      values: Array.from(
        { length: rows },
        (_, row) => Array.from({ length: cols }, (_, col) => ((row * 7 + col * 3) % 5) - 2),
      ),
    };
  const layer = (/** @type {number} */ number) => number ? `a${number}` : "x";
  sizes.forEach((size, number) => {
    add(layer(number), size, 1);
    if (number) add(`W${number}`, size, sizes[number - 1]);
  });
  add("C", 1, 1);
  const columns = sizes.map((units, number) => ({
    name: layer(number),
    units,
    labels: number === 0 || number === depth
      ? Array.from({ length: units }, (_, unit) => `what ${number}:${unit}`)
      : [],
    values: [`${layer(number)}:value`],
    after: "",
    derivatives: [],
    ...(number ? { weights: `W${number}` } : {}),
  }));
  const cost = { name: "C", units: 1, labels: [], values: ["C:value"], after: "", derivatives: [] };
  return {
    part: "WholeNetwork",
    alt: "a network",
    network: [...columns, cost],
    tables,
    observation: "flower",
    dead: ["a1:0"],
    target: [`a${depth}:1`],
    heads: [...columns, cost].map(({ name }) => [`head of ${name}`, `rule of ${name}`]),
    layer: depth - 1,
    chosen: [1, 0, 1],
  };
}

/** @param {number[]} sizes */
function drawn(sizes, width = 1000) {
  const network = new WholeNetwork(partOf(sizes));
  network.resize(width);
  const svg = /** @type {any} */ (network.svg);
  /** @type {Record<string, any>} */
  const nodes = {};
  for (const group of found([svg], ({ attributes }) => "data-node" in attributes)) {
    const circle = /** @type {any} */ (group.querySelector("circle"));
    const [x, y, r] = ["cx", "cy", "r"].map((name) => numberOf(circle, name));
    nodes[group.attributes["data-node"]] = { group, x, y, r };
  }
  const edges = found([svg], ({ attributes }) => "data-edge" in attributes);
  return { network, svg, nodes, edges };
}

/** @param {any} node @param {string} look */
const textOf = (node, look) => /** @type {any} */ (found([node], hasClass(look))[0]);

Deno.test("every weight leads from its unit to its unit, every output to the cost", () => {
  for (const sizes of NETWORKS) {
    const { svg, nodes, edges } = drawn(sizes);
    assert.equal(edges.length, sizes.slice(1).reduce((sum, size, index) => sum + size * sizes[index], 0));
    for (const edge of edges) {
      const [, layer, to, from] = edge.attributes["data-edge"].match(/W(\d):(\d+):(\d+)/)?.map(Number) ?? [];
      const [start, end] = [nodes[`${layer > 1 ? `a${layer - 1}` : "x"}:${from}`], nodes[`a${layer}:${to}`]];
      assert.deepEqual(
        ["x1", "y1", "x2", "y2"].map((name) => numberOf(edge, name)),
        [start.x, start.y, end.x, end.y],
      );
    }
    const lines = found([svg], hasClass("to-cost"));
    const { x, y } = nodes["C:0"];
    assert.deepEqual(
      lines.map((line) => [numberOf(line, "x2"), numberOf(line, "y2")]),
      lines.map(() => [x, y]),
    );
    assert.deepEqual(
      lines.map((line) => numberOf(line, "y1")),
      lines.map((_, unit) => nodes[`a${sizes.length - 1}:${unit}`].y),
    );
  }
});

Deno.test("columns go to the right, units down, apart from each other and inside the picture", () => {
  for (const sizes of NETWORKS) {
    const { svg, nodes } = drawn(sizes);
    const [left, top, width, height] = svg.attributes.viewBox.split(" ").map(Number);
    const names = [...sizes.map((_, number) => number ? `a${number}` : "x"), "C"];
    const xs = names.map((name) => nodes[`${name}:0`].x);
    assert.deepEqual(xs, xs.toSorted((a, b) => a - b));
    for (const [number, name] of names.entries()) {
      const column = Array.from({ length: sizes[number] ?? 1 }, (_, unit) => nodes[`${name}:${unit}`]);
      column.forEach(({ x, y, r }, unit) => {
        assert.equal(x, xs[number]);
        assert.ok(left < x - r && x + r < width && 0 < y - r && y + r < top + height, `${name}:${unit}`);
        if (unit) assert.ok(y - r > column[unit - 1].y + r);
      });
    }
  }
});

Deno.test("names stand beside their units: of inputs left, of outputs on both sides", () => {
  const { nodes } = drawn([4, 5, 3]);
  for (const [name, { group, x, y, r }] of Object.entries(nodes)) {
    const [layer, unit] = name.split(":");
    const number = textOf(group, "number");
    assert.equal(numberOf(number, "x"), x);
    assert.ok(Math.abs(numberOf(number, "y") - y) < r / 2);
    if (layer === "C") continue;
    const label = textOf(group, "label");
    if (layer !== "a1") {
      const isLeft = layer === "x";
      assert.equal(label.textContent, `what ${isLeft ? 0 : 2}:${unit}`);
      assert.equal(label.attributes["text-anchor"], isLeft ? "end" : "start");
      assert.ok(isLeft ? numberOf(label, "x") < x - r : numberOf(label, "x") > x + r);
      assert.ok(Math.abs(numberOf(label, "y") - y) < r / 2);
    }
    if (layer === "x") continue;
    const own = textOf(group, "name");
    assert.equal(own.textContent, `a${layer[1]}${Number(unit) + 1}`);
    assert.equal(own.attributes["text-anchor"], "end");
    assert.ok(numberOf(own, "x") < x - r);
    assert.ok(Math.abs(numberOf(own, "y") - y) < r / 2);
  }
});

Deno.test("long names of inputs have room", () => {
  const part = partOf([2, 3, 2]);
  const name = "Größe in Zentimetern";
  part.network[0].labels = ["x1", name];
  const network = new WholeNetwork(part);
  network.resize(1000);
  const [label] = found([network.svg], ({ tag, textContent }) => tag === "text" && textContent === name);
  assert.ok(numberOf(label, "x") >= 0.45 * 13 * name.length);
});

Deno.test("above each column stand its name and its rule, above all units", () => {
  for (const sizes of NETWORKS) {
    const { svg, nodes } = drawn(sizes);
    const heads = found([svg], hasClass("head"));
    const names = [...sizes.map((_, number) => number ? `a${number}` : "x"), "C"];
    assert.deepEqual(
      heads.map(({ textContent }) => textContent),
      names.flatMap((name) => [`head of ${name}`, `rule of ${name}`]),
    );
    const [, top, width] = svg.attributes.viewBox.split(" ").map(Number);
    const highest = Math.min(...Object.values(nodes).map(({ y, r }) => y - r));
    heads.forEach((head, index) => {
      const isOfCost = index >= heads.length - 2;
      assert.equal(numberOf(head, "x"), isOfCost ? width - 2 : nodes[`${names[index >> 1]}:0`].x);
      const y = numberOf(head, "y");
      assert.ok(top < y - 8 && y < highest);
      if (index % 2) assert.ok(y - numberOf(heads[index - 1], "y") > 12);
    });
  }
});

Deno.test("what is chosen is marked with its paths, and says what belongs to them", () => {
  const { network, nodes, edges } = drawn([4, 3, 5, 3]);
  assert.deepEqual([0, 1, 4].map((unit) => nodes[`a2:${unit}`].group.dataset.option), ["1", "2", "5"]);
  assert.equal(nodes["a1:0"].group.dataset.option, undefined);
  for (const [place, unit] of [[0, 1], [1, 0], [2, 1]]) {
    network.show(place);
    const marked = [...Object.values(nodes).map(({ group }) => group), ...edges].filter(hasClass("chosen"));
    assert.deepEqual(
      marked.map(({ dataset }) => [dataset.node ?? dataset.edge, dataset.link]),
      [
        [`a2:${unit}`, `unit:${unit} path:0 path:1 path:2`],
        ...[0, 1, 2].map((k) => [`W3:${k}:${unit}`, `unit:${unit} path:${k}`]),
      ],
    );
    const linkOf = (/** @type {string} */ name) =>
      edges.find(({ dataset }) => dataset.edge === name)?.dataset.link;
    assert.deepEqual([linkOf("W3:2:4"), linkOf("W2:4:1"), linkOf("W1:0:0")], ["unit:4", "unit:4", undefined]);
    assert.equal(nodes["a3:2"].group.dataset.link, "path:2");
  }
});

Deno.test("it is one picture, not one button a unit; numbers, signs, what is off and what is wanted are on it", () => {
  const { network, svg, nodes, edges } = drawn([4, 5, 3]);
  const root = /** @type {any} */ (network.root);
  assert.deepEqual([root.attributes.role, root.attributes["aria-label"]], ["img", "a network"]);
  assert.deepEqual(found([svg], ({ attributes }) => "tabindex" in attributes || "role" in attributes), []);
  assert.deepEqual(edges.slice(0, 3).map(({ classes }) => classes[1]), ["neg", "pos", "neg"]);
  assert.ok(hasClass("dead")(nodes["a1:0"].group) && !hasClass("dead")(nodes["a1:1"].group));
  assert.ok(hasClass("target")(nodes["a2:1"].group) && !hasClass("target")(nodes["a2:0"].group));
  assert.deepEqual([0, 1].map((unit) => nodes[`x:${unit}`].group.dataset.value), ["-2", "0"]);
  assert.equal(nodes["x:0"].group.querySelector("title").textContent, "x 0 = −2");
  assert.ok(!hasClass("many")(svg));
  assert.ok(hasClass("many")(drawn([4, 16, 6, 3]).svg));
});

Deno.test("of sums each unit lights its own weights and can be focused; what is not told yet has no number", () => {
  /** @type {WholeNetworkPart} */
  const part = { ...partOf([4, 5, 3]), layer: 0, lit: "sums", hidden: ["a1:2"], marked: ["a1:2", "W2:0:3"] };
  const network = new WholeNetwork(part);
  network.resize(700);
  const svg = /** @type {any} */ (network.svg);
  const all = found([svg], ({ attributes }) => "data-node" in attributes || "data-edge" in attributes);
  const named = (
    /** @type {string} */ name,
  ) => /** @type {any} */ (all.find(({ attributes }) =>
    [attributes["data-node"], attributes["data-edge"]].includes(name)
  ));
  assert.equal(named("a1:2").dataset.link, "sum:a1:2");
  for (let col = 0; col < 4; col++) assert.equal(named(`W1:2:${col}`).dataset.link, "sum:a1:2");
  assert.equal(named("W2:0:3").dataset.link, "sum:a2:0");
  assert.equal(named("C:0").dataset.link, "sum:C:0");
  assert.equal(named("x:0").dataset.link, undefined);
  assert.equal(named("a1:2").dataset.value, undefined);
  assert.equal(named("a1:2").querySelector("title").textContent, "?");
  assert.equal(named("a1:1").dataset.value, "0");
  assert.deepEqual(all.filter(hasClass("chosen")), [named("W2:0:3"), named("a1:2")]);
  assert.ok(hasClass("one")(svg));
  const tabs = all.map(({ attributes }) => attributes.tabindex);
  assert.deepEqual([tabs.filter((tab) => tab === "0").length, tabs.filter((tab) => tab === "-1").length], [
    1,
    8,
  ]);
  assert.equal(/** @type {any} */ (network.root).attributes.role, "group");
});

Deno.test("a narrow place scrolls: it is not drawn narrower", () => {
  assert.equal(drawn([4, 5, 3], 330).svg.attributes.width, drawn([4, 5, 3], 500).svg.attributes.width);
});

Deno.test("the heads of many layers have room in a narrow place", () => {
  for (const sizes of [[4, 5, 3], [4, 3, 3, 3], [4, 2, 2, 2, 2, 3]]) {
    const { svg } = drawn(sizes, 366);
    const heads = found([svg], hasClass("strong")).slice(0, -1); // that of the cost ends at the edge
    const middles = heads.map((head) => numberOf(head, "x"));
    middles.slice(1).forEach((x, index) => assert.ok(x - middles[index] >= 75, `${middles}`));
  }
});

Deno.test("of sums a network of one hidden layer fits a phone, with the symbols of its inputs", () => {
  for (
    const [sizes, width] of /** @type {[number[], number][]} */ ([[[4, 5, 3], 366], [[4, 6, 5, 3], 366], [
      [4, 8, 16, 6, 3],
      440,
    ]])
  ) {
    /** @type {WholeNetworkPart} */
    const part = { ...partOf(sizes), lit: "sums" };
    part.network[0].labels = ["x₁", "x₂", "x₃", "x₄"].map((name) => `sepal length ${name}`);
    const network = new WholeNetwork(part);
    network.resize(366);
    const svg = /** @type {any} */ (network.svg);
    assert.equal(Number(svg.attributes.width), width);
    const texts = found([svg], ({ tag, classes }) => tag === "text" && classes.includes("label"));
    assert.deepEqual(texts.map(({ textContent }) => textContent), ["x1", "x2", "x3", "x4"]);
    const ends = found([svg], ({ tag }) => tag === "circle").map((
      c,
    ) => [numberOf(c, "cx"), numberOf(c, "r")]);
    assert.ok(ends.every(([x, r]) => x - r > 15 && x + r < width));
  }
});
