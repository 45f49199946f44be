import assert from "node:assert/strict";
import { wholeNumber } from "../../ui/shell/number_fields.js";

const WHOLE = {
  "12": 12,
  "1e1": 10,
  "12,0": 12,
  "12.": 12,
  " 7 ": 7,
  "+3": 3,
  "−3": -3,
  "- 3": -3,
  "–3": -3,
  "-0": 0,
  "15e-1": NaN,
  "7.5": NaN,
  "0,5": NaN,
  "abc": NaN,
  "": NaN,
  "1/2": NaN,
  "1 2": NaN,
  "1e": NaN,
  "1e999": NaN,
  "٣": NaN,
  "0x10": NaN,
  "1.2.3": NaN,
};

Deno.test("whole numbers are read as people type them", () => {
  for (const [text, value] of Object.entries(WHOLE)) assert.equal(wholeNumber(text), value, text);
});
