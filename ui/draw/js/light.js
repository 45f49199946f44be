/**
 * Light: everything that belongs to the chosen entry, in tables, NumPy line and network.
 *
 * @typedef {import("./stage.js").Stage} Stage
 */
import { numpyName } from "./code.js";
import { partOfCell } from "./entries.js";
import { cellKey, cellValue } from "./formula.js";

/**
 * @param {Stage} stage
 * @param {string} chosen key of the entry's cell
 * @param {string[]} used keys of the cells it is computed from
 * @param {object[]} parts the entry, expanded
 */
export function lightEntry(stage, chosen, used, parts) {
  const keys = new Set([chosen, ...used]);
  const block = String(stage.state.entry.block);
  for (const cell of stage.tables.querySelectorAll("[data-key]")) {
    const here = keys.has(cell.dataset.key) && (cell.dataset.block ?? block) === block;
    cell.classList.toggle("hot", here);
    cell.classList.toggle("chosen", here && cell.dataset.key === chosen);
  }
  lightSpot(stage);
  const names = new Set([...keys].map((key) => numpyName(key.split("|")[0])));
  for (const name of stage.numpy.querySelectorAll(".name")) name.classList.toggle("hot", names.has(name.dataset.name));
  stage.network.light(layersOfStep(stage), hotParts(stage, keys, parts));
}

/** What the reader points at itself, among all that belongs to it: in the tables and the written-out sum. */
function lightSpot(stage) {
  const { spot } = stage.state;
  const isSpot = (key) => Boolean(spot && key) && (key === spot.key || partOfCell(stage.payload.tables, key) === spot.part);
  for (const cell of stage.tables.querySelectorAll("[data-key]")) cell.classList.toggle("spot", cell.classList.contains("hot") && isSpot(cell.dataset.key));
  for (const part of stage.written.querySelectorAll(".factor, .term")) part.classList.toggle("spot", isSpot(part.dataset.factor ?? part.dataset.product));
}

/** Layers and weights of this step; where paths are summed, also everything between them and the cost. */
function layersOfStep(stage) {
  const shown = stage.step.rows.flat().filter((item) => item.table);
  const lit = new Set(shown.flatMap((item) => stage.payload.tables[item.table].net[1] ?? []));
  const [weights] = [...lit].filter((name) => name.startsWith("W"));
  if (stage.step.paths > 1 && weights) {
    lit.add("C");
    for (const { weights: above } of stage.payload.network) if (above > weights) lit.add(above);
  }
  return lit;
}

/** Parts of the network to light; an edge that carries a path is as wide as its share of the sum. */
function hotParts(stage, keys, parts) {
  const { tables } = stage.payload;
  const hot = new Map([...keys].map((key) => [partOfCell(tables, key), null]));
  const products = parts.filter((part) => part.product).map(({ product }) => product);
  const values = products.map(([name, row, col]) => cellValue(tables[name], row, col));
  const largest = Math.max(...values.map(Math.abs));
  products.forEach((product, n) => {
    const part = partOfCell(tables, cellKey(...product));
    if (part.startsWith("W")) hot.set(part, { width: (2 + (7 * Math.abs(values[n])) / (largest || 1)).toFixed(1), negative: values[n] < 0 });
  });
  return hot;
}
