import assert from "node:assert/strict";
import { checkText } from "../../ui/views/walkthrough/js/check.js";

Deno.test("wrong is what is off by a millionth, of 1 or of the numeric derivative where that is larger", () => {
  const labels = { title: "", shape: "", rows: [""], cols: ["", "", "", "", "", "", ""], net: [] };
  const table = {
    ...labels,
    values: [[1 + 0.9e-6, 1 - 1.1e-6, 0.9e-6, 1.1e-6, 100 + 0.9e-4, 100 + 1.1e-4, -0.5]],
    numeric: [[1, 1, 0, 0, 100, 100, 0.5]],
  };
  const texts = table.cols.map((_, col) => checkText(table, { row: 0, col, block: 0 }));
  assert.deepEqual(texts.map((text) => text[0]), ["✓", "✗", "✓", "✗", "✓", "✗", "✗"]);
  assert.equal(texts[1], "✗ numeric derivative +1, difference 1.10e−6");
  assert.equal(texts[6], "✗ numeric derivative +0.500, difference 1");
});
