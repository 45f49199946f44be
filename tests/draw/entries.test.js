import assert from "node:assert/strict";
import "./dom.js";
import { entriesOf } from "../../ui/draw/js/formula.js";
import { largestEntry, Uses } from "../../ui/draw/js/entries.js";

/** @param {string} result @param {number} row @param {number} col @param {number} [block] */
const use = (result, row, col, block = 0) => ({
  result,
  entry: { row, col, block },
  own: `${result}|${row}|${col}`,
});

Deno.test("a spot belongs to its own entry, else to the one on show if it takes part in that, else to the first", () => {
  const uses = new Uses(/** @type {any} */ ({ tables: {} }), /** @type {any} */ ({ results: {} }));
  const all = [use("a", 0, 0), use("a", 0, 1), use("a", 1, 1), use("b", 1, 1), use("a", 1, 1, 1)];
  for (const each of all) uses.add("x|0|0", "x:0", each);
  for (const each of all) {
    assert.equal(uses.find({ key: "x|0|0" }, each), each);
    assert.equal(uses.find({ part: "x:0" }, each), each);
  }
  assert.equal(uses.find({ key: "x|0|0" }, use("c", 1, 1)), all[0]);
  assert.equal(uses.find({ key: "x|0|0", block: 1 }, all[1]), all[4]);
  assert.equal(uses.find({ key: "y|0|0" }, all[0]), undefined);
  assert.equal(uses.find({}, all[0]), undefined);
  const own = use("x", 0, 0);
  uses.add("x|0|0", "x:0", own);
  assert.equal(uses.find({ key: "x|0|0" }, all[2]), own);
});

Deno.test("the largest entry is the first of those with the largest size", () => {
  const table = /** @type {any} */ ({ rows: ["", ""], cols: ["", ""], values: [[1, -3], [3, 2]] });
  assert.deepEqual(largestEntry(table), { row: 0, col: 1, block: 0 });
  const still = { ...table, values: [[0, 0], [0, 0]] };
  assert.deepEqual(largestEntry(still), { row: 0, col: 0, block: 0 });
  assert.deepEqual([...entriesOf(table)].map(({ row, col, block }) => [row, col, block]), [
    [0, 0, 0],
    [0, 1, 0],
    [1, 0, 0],
    [1, 1, 0],
  ]);
});
