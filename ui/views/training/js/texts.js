/** What the film says in words. */
/** @import { Confusion } from "./matrices.js" */
/** @import { Film } from "../../../draw/js/types.d.ts" */
import { counted } from "../../../draw/js/text.js";

/** @typedef {Pick<Confusion, "count">} Counts how often one species was taken for another */
/** @typedef {Pick<Film, "epochs" | "sets" | "steps"> & {plane: {species: string[]}}} Told of the film */
/** @typedef {{training: Counts, test: Counts}} Confusions */

/** One sentence on an epoch. @param {Told} payload @param {number} epoch @param {Confusions} confusions */
export function sentenceOf(payload, epoch, confusions) {
  const right = (/** @type {"training" | "test"} */ set) =>
    payload.plane.species.reduce((sum, _, k) => sum + confusions[set].count(epoch, k, k), 0);
  const score = `${right("test")} of ${payload.sets.test} test flowers right, ${
    right("training")
  } of ${payload.sets.training} training flowers`;
  if (payload.epochs === 0) return `The initial weights, before any training: ${score}.`;
  return `${whenText(payload, epoch)}: ${score}. ${mistakeText(payload, epoch, confusions.test)}`;
}

/** @param {Told} payload @param {number} epoch */
function whenText(payload, epoch) {
  if (epoch === 0) return "Before training";
  const updates = epoch * payload.steps;
  return `After ${counted(epoch, "epoch")} (${counted(updates, "update")})`;
}

/** The most frequent mistake on the test flowers, or all that are as frequent. @param {Told} payload @param {number} epoch @param {Counts} test */
function mistakeText(payload, epoch, test) {
  const { species } = payload.plane;
  const mistakes = species.flatMap((actual, row) =>
    species.flatMap((
      said,
      col,
    ) => (row === col ? [] : { count: test.count(epoch, row, col), text: `${actual} taken for ${said}` }))
  );
  const most = Math.max(...mistakes.map(({ count }) => count));
  if (!most) return "No test flower is mistaken.";
  const worst = mistakes.filter(({ count }) => count === most).map(({ text }) => `${most} ${text}`);
  return `Most frequent test mistake${worst.length > 1 ? "s" : ""}: ${listed(worst)}.`;
}

/**
 * Where the test cost is lowest, for the note below the curves.
 * @param {Float64Array} costs of the test flowers after 0, 1, … epochs
 */
export function lowestText(costs) {
  if (costs.length === 1) return "";
  const finite = costs.filter(Number.isFinite);
  if (!finite.length) return "The test cost overflows throughout.";
  const lowest = finite.reduce((low, cost) => Math.min(low, cost));
  const first = costs.indexOf(lowest);
  const later = finite.filter((cost) => cost === lowest).length - 1;
  if (later === costs.length - 1) return "The test cost is the same before and after every epoch.";
  if (first === costs.length - 1) {
    return "The test cost is lowest after the last epoch, where it still falls.";
  }
  const when = first ? `after ${counted(first, "epoch")}` : "before training";
  const again = later ? `, and as low after ${counted(later, "later epoch")}` : "";
  return `The test cost is lowest ${when}${again}.`;
}

/** How to read the two tables of right and wrong answers. */
export const CONFUSION_COLOURS = "On the diagonal: right. Red: mistakes. Deeper: more flowers.";

/** How to read the numbers of the layers. @param {Pick<Film, "weights">} payload */
export function layersText(payload) {
  const colours = payload.weights
    ? "Blue: positive; orange: negative; deeper: larger, on one scale for all epochs. "
    : "";
  return `${colours}‖·‖ is the root of the sum of squares of a matrix's entries. Gradients are those of the mean cost of all training flowers.`;
}

/** @param {string[]} parts */
function listed(parts) {
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0];
}
