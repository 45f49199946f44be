import assert from "node:assert/strict";
import {
  counted,
  formatBeside,
  formatNumber,
  formatPercent,
  formatSigned,
  formatTyped,
} from "../../ui/draw/js/text.js";
import { entryName, indexedName, symbol, weightName } from "../../ui/draw/js/text.js";
import table from "../golden/numbers.json" with { type: "json" };

Deno.test("numbers are written as ui.names.numbers writes them", () => {
  for (const [value, text, signed] of table.numbers) {
    assert.deepEqual([formatNumber(Number(value)), formatSigned(Number(value))], [text, signed]);
  }
  for (const [share, digits, text] of table.percents) {
    assert.equal(formatPercent(Number(share), Number(digits)), text);
  }
  for (const [value, text] of table.typed) assert.equal(formatTyped(Number(value)), text);
  for (const [count, noun, text] of table.counts) assert.equal(counted(Number(count), String(noun)), text);
});

Deno.test("a number near another has the digits that their difference needs", () => {
  const cases = /** @type {const} */ ([
    [0.9999576, 1, "0.9999576"],
    [-0.9999576, -1, "−0.9999576"],
    [123.4, 123.5, "123.4000"],
    [0.00027115296477, 0.00027115264044, "2.71152965e−4"],
    [2e-310, 2.001e-310, "2.00000e−310"],
    [0.991, 1, "0.99100"],
    [0.99, 1, "0.990"],
    [-101, -100, "−101"],
    [3.14159, 3.14159, "3.14"],
    [0, 1, "0"],
  ]);
  for (const [value, other, text] of cases) assert.equal(formatBeside(value, other), text);
});

Deno.test("entries are called as ui.names.symbols calls them", () => {
  assert.equal(symbol("W12"), "W¹²");
  assert.equal(indexedName("x", [9]), "x₁₀");
  assert.deepEqual([weightName("W2", 0, 2), weightName("W2", 0, 11)], ["w²₁₃", "w²₁,₁₂"]);
  const labels = { title: "", shape: "", net: [], values: [] };
  const table = { ...labels, rows: ["z²₁", "z²₂"], cols: ["a¹₁", "a¹₂"] };
  const entry = { row: 1, col: 0, block: 0 };
  assert.equal(entryName("z2/a1:path_terms", table, entry), "path z²₂ ← a¹₁");
  assert.equal(entryName("z2/a1:jacobian", table, entry), "∂z²₂/∂a¹₁");
  assert.equal(entryName("a1:cotangent", table, entry), "∂C/∂a¹₁");
  assert.equal(entryName("W2:gradient", table, entry), "dC/dw²₂₁");
  assert.equal(entryName("W2:after", table, entry), "w²₂₁ new");
});
