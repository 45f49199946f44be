import assert from "node:assert/strict";
import { counted, formatNumber, formatPercent, formatSigned, formatTyped } from "../../ui/draw/js/text.js";
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
