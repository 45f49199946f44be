import assert from "node:assert/strict";
import { number } from "./scene_numbers.js";
import { found, hasClass, near, numberOf } from "./dom.js";
import { svgScripts, withScripts } from "../../ui/draw/js/element.js";
import {
  heldAt,
  label,
  numberAt,
  readScene,
  textAt,
  write,
  writeInFormula,
} from "../../ui/draw/js/values.js";

/** @import { SceneNumber } from "../../ui/draw/js/types.d.ts" */

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
