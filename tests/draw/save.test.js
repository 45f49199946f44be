import assert from "node:assert/strict";
import { nameOfFile } from "../../ui/draw/js/save.js";

Deno.test("a saved picture is named by what it shows and by where the slider is", () => {
  const file = "weight-update-{picture}-flower106-eta{lr}.png";
  const said = { lr: "1e-05" };
  assert.equal(nameOfFile(file, "Plot", 0, said), "weight-update-chart-flower106-eta1e-05.png");
  assert.equal(nameOfFile(file, "Plot", 1, said), "weight-update-chart-2-flower106-eta1e-05.png");
  assert.equal(nameOfFile("a-{picture}-{unit}", "Bars", 0, { unit: "auto" }), "a-bars-auto");
});
