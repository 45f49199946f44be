import assert from "node:assert/strict";
import { reading, readNumber } from "../../ui/views/walkthrough/js/judge.js";
import table from "../golden/typed.json" with { type: "json" };

Deno.test("numbers are read as ui.names.typed reads them", () => {
  for (const [text, value, digits, unit, isExpression] of table.numbers) {
    const expected = { value: Number(value), digits, unit: Number(unit), isExpression };
    assert.deepEqual(readNumber(String(text)), expected, String(text));
  }
});

Deno.test("what is no number is said to be none", () => {
  for (const [text, error] of table.errors) assert.deepEqual(readNumber(text), { error });
});

Deno.test("an expression is read aloud", () => {
  assert.equal(reading(" 0.5*0.578\u2009", 0.289), "0.5*0.578 = 0.289");
});
