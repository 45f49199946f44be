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
 * @property {HTMLElement} root
 * @property {HTMLElement} tables
 * @property {HTMLElement} written
 * @property {Network} network
 */
import { numpyName } from "../../../draw/js/code.js";
import { all } from "../../../draw/js/element.js";
import { partOfCell } from "../../../draw/js/entries.js";
import { cellKey, cellValue, productsOf } from "../../../draw/js/formula.js";
import { lightUp } from "../../../draw/js/light.js";
import { blockLink, tablesOf } from "./tables.js";
import { scaleOf } from "../../../draw/js/text.js";

/**
 * @param {Stage} stage
 * @param {string} chosen key of the entry's cell
 * @param {string[]} used keys of the cells it is computed from
 * @param {Part[]} parts the entry, expanded
 */
export function lightEntry(stage, chosen, used, parts) {
  const { tables } = stage.payload;
  const { entry: { block }, spot } = stage.state;
  const paths = pathsOf(stage, parts);
  const links = [chosen, ...used].flatMap((key) => {
    return [key, blockLink(key, block), numpyName(key.split("|")[0]), partOfCell(tables, key)];
  });
  stage.network.light(layersOfStep(stage), paths);
  lightUp(stage.root, new Set([...links, ...paths.keys()]));
  // What the reader points at itself, among all that belongs to it: in the tables and the written-out sum.
  const isSpot = (/** @type {string | undefined} */ key) =>
    Boolean(spot && key && (key === spot.key || partOfCell(tables, key) === spot.part));
  for (const { dataset, classList } of all(stage.tables, "[data-key]")) {
    const isLit = classList.contains("bp-lit");
    classList.toggle("chosen", isLit && dataset.key === chosen);
    classList.toggle("spot", isLit && isSpot(dataset.key));
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

/** The edges that carry a path, each as wide as its share of the sum. @param {Stage} stage @param {Part[]} parts */
function pathsOf(stage, parts) {
  const { tables } = stage.payload;
  const products = productsOf(parts);
  const values = products.map(([name, row, col]) => cellValue(tables[name], row, col));
  const scale = scaleOf(values);
  /** @type {Map<string, Path>} */
  const paths = new Map();
  products.forEach((product, n) => {
    const part = partOfCell(tables, cellKey(...product));
    if (!part.startsWith("W")) return;
    paths.set(part, { width: (2 + (7 * Math.abs(values[n])) / scale).toFixed(1), negative: values[n] < 0 });
  });
  return paths;
}
