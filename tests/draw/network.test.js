import assert from "node:assert/strict";
import "./dom.js";
import { cut, LETTER, Network } from "../../ui/draw/js/network.js";

Deno.test("the network grows with the smaller side of the window, by two fifths at most, and is never smaller", () => {
  /** @param {number} innerWidth @param {number} innerHeight @param {boolean} isPresent */
  const sizes = (innerWidth, innerHeight, isPresent) => {
    Object.assign(globalThis, { window: { innerWidth, innerHeight } });
    return Network.prototype.sizesFor(isPresent);
  };
  const normal = { height: 290, text: 12, radius: 19, gap: 54, left: 94, right: 130, filled: 0.36 };
  const present = { height: 295, text: 18, radius: 28, gap: 68, left: 134, right: 186, filled: 0.36 };
  assert.deepEqual(sizes(1366, 768, false), normal);
  assert.deepEqual(sizes(1280, 720, true), present);
  for (const [width, height, scale] of [[1.2, 1.3, 1.2], [1.3, 1.2, 1.2], [1.2, 0.9, 1], [2, 2, 1.4]]) {
    const grown = sizes(1366 * width, 768 * height, true);
    for (const [name, size] of Object.entries(present)) {
      const wanted = name === "filled" ? size : scale * size;
      assert.ok(Math.abs(grown[/** @type {"height"} */ (name)] - wanted) < 1e-9, name);
    }
  }
});

Deno.test("a name is whole where there is room for it, and else cut with a mark", () => {
  assert.equal(cut("sepal length", 12), "sepal length");
  assert.equal(cut("speed of the wind", 12), "speed of…");
  assert.equal(cut("speed of the wind", 10), "speed of…");
  assert.equal(cut("speed of the wind", 5), "spee…");
  assert.equal(cut("wind", 0), "w…");
  const column = { name: "a2", radius: 18, places: [{ x: 450 }] };
  const size = { text: 12, radius: 22, left: 94 };
  const columns = [column, { name: "C", places: [{ x: 600 }] }];
  const letters = (/** @type {string} */ name) =>
    Network.prototype.lettersBeside.call(
      /** @type {any} */ ({ size, columns }),
      /** @type {any} */ ({ ...column, name }),
    );
  assert.deepEqual([letters("x"), letters("a2")].map((most) => Math.ceil(most * LETTER * 12)), [65, 103]);
});
