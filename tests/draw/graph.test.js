import assert from "node:assert/strict";
import { number } from "./scene_numbers.js";
import { assertInside, found, hasClass, near, numberOf, pointsOf } from "./dom.js";
import { graph } from "../../ui/draw/js/graph.js";
import { HEIGHT } from "../../ui/draw/js/values.js";

/** @import { NetworkPart } from "../../ui/draw/js/types.d.ts" */

const WIDTH = 300;

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
});
