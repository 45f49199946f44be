/**
 * Light: everything that belongs to the chosen entry, in tables, NumPy line and network.
 *
 * @import { Entry, Part, Payload, Spot, Step } from "../../../draw/js/types.d.ts"
 * @import { Network, Path } from "../../../draw/js/network.js"
 *
 * @typedef {object} Stage  what is lit
 * @property {Payload} payload
 * @property {Step} step
 * @property {{entry: Entry, spot: Spot | null}} state
 * @property {HTMLElement} tables
 * @property {HTMLElement} written
 * @property {HTMLElement} numpy
 * @property {Network} network
 */
import { numpyName } from "../../../draw/js/code.js";
import { all } from "../../../draw/js/element.js";
import { partOfCell } from "../../../draw/js/entries.js";
import { cellKey, cellValue, productsOf } from "../../../draw/js/formula.js";
import { tablesOf } from "./tables.js";
import { scaleOf } from "../../../draw/js/text.js";

/**
 * @param {Stage} stage
 * @param {string} chosen key of the entry's cell
 * @param {string[]} used keys of the cells it is computed from
 * @param {Part[]} parts the entry, expanded
 */
export function lightEntry(stage, chosen, used, parts) {
  const keys = new Set([chosen, ...used]);
  const block = String(stage.state.entry.block);
  for (const cell of all(stage.tables, "[data-key]")) {
    const here = keys.has(cell.dataset.key ?? "") && (cell.dataset.block ?? block) === block;
    cell.classList.toggle("hot", here);
    cell.classList.toggle("chosen", here && cell.dataset.key === chosen);
  }
  lightSpot(stage);
  const names = new Set([...keys].map((key) => numpyName(key.split("|")[0])));
  for (const name of all(stage.numpy, ".name")) {
    name.classList.toggle("hot", names.has(name.dataset.name ?? ""));
  }
  stage.network.light(layersOfStep(stage), hotParts(stage, keys, parts));
}

/** What the reader points at itself, among all that belongs to it: in the tables and the written-out sum. @param {Stage} stage */
function lightSpot(stage) {
  const { spot } = stage.state;
  const isSpot = (/** @type {string | undefined} */ key) =>
    Boolean(spot && key && (key === spot.key || partOfCell(stage.payload.tables, key) === spot.part));
  for (const cell of all(stage.tables, "[data-key]")) {
    cell.classList.toggle("spot", cell.classList.contains("hot") && isSpot(cell.dataset.key));
  }
  for (const part of all(stage.written, ".factor, .term")) {
    part.classList.toggle("spot", isSpot(part.dataset.factor ?? part.dataset.product));
  }
}

/** Layers and weights of this step; where paths are summed, also everything between them and the cost. @param {Stage} stage */
function layersOfStep(stage) {
  const { step, payload } = stage;
  const lit = new Set(tablesOf(step).flatMap((name) => payload.tables[name].net[1] ?? []));
  const [weights] = [...lit].filter((name) => name.startsWith("W"));
  if ((step.paths ?? 0) > 1 && weights) {
    lit.add("C");
    for (const { weights: above } of payload.network) if (above && above > weights) lit.add(above);
  }
  return lit;
}

/** Parts of the network to light; an edge that carries a path is as wide as its share of the sum. @param {Stage} stage @param {Set<string>} keys @param {Part[]} parts */
function hotParts(stage, keys, parts) {
  const { tables } = stage.payload;
  /** @type {Map<string, Path | null>} */
  const hot = new Map([...keys].map((key) => [partOfCell(tables, key), null]));
  const products = productsOf(parts);
  const values = products.map(([name, row, col]) => cellValue(tables[name], row, col));
  const scale = scaleOf(values);
  products.forEach((product, n) => {
    const part = partOfCell(tables, cellKey(...product));
    if (part.startsWith("W")) {
      hot.set(part, { width: (2 + (7 * Math.abs(values[n])) / scale).toFixed(1), negative: values[n] < 0 });
    }
  });
  return hot;
}
