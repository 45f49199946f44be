/** What the film says in words. */
/** @import { Confusion } from "./matrices.js" */
/** @import { Film } from "../../../draw/js/types.d.ts" */
import { valueText } from "../../../draw/js/chart.js";
import { counted, formatNumber, formatTyped } from "../../../draw/js/text.js";

/** @typedef {Pick<Confusion, "count">} Counts how often one species was taken for another */
/** @typedef {Pick<Film, "epochs" | "sets" | "steps"> & {plane: {species: string[]}}} Told of the film */
/** @typedef {{training: Counts, test: Counts}} Confusions */
/** @typedef {Pick<Film, "epochs" | "steps" | "wrong" | "answers"> & {sets: {training: number}}} Answered */

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

/**
 * The same of one's own numbers: the cost, how many are right where there are classes, and the largest miss.
 * @param {Answered} payload @param {number} epoch @param {Record<string, Float64Array>} series
 * @param {Float64Array} values the answers of every epoch
 */
export function sentenceOfAnswers(payload, epoch, series, values) {
  const { training: count } = payload.sets;
  const right = count - payload.wrong[epoch].length;
  const score = series.training_accuracy ? `, ${right} of ${counted(count, "observation")} right` : "";
  const mean = count > 1 ? "mean cost" : "cost";
  const cost = `${mean} ${valueText(series.training_cost[epoch])}${score}`;
  const when = payload.epochs ? whenText(payload, epoch) : "The initial weights, before any training";
  return `${when}: ${cost}. ${farthestText(payload, values.subarray(epoch * perEpoch(payload)))}`;
}

/** @param {Answered} payload */
function perEpoch({ answers }) {
  return (answers?.outputs.length ?? 0) * (answers?.targets.length ?? 0);
}

/** The answer that is farthest from its target. @param {Answered} payload @param {Float64Array} values from this epoch on */
function farthestText({ answers }, values) {
  if (!answers) return "";
  const { outputs, targets } = answers;
  const misses = targets.flat().map((target, index) => Math.abs(values[index] - target));
  const most = Math.max(...misses);
  if (!Number.isFinite(most)) return "An answer overflows.";
  if (most === 0) return "Every answer is its target.";
  const at = misses.indexOf(most);
  const row = Math.floor(at / outputs.length);
  const output = outputs.length > 1 ? `${outputs[at % outputs.length]} ` : "";
  const which = targets.length > 1 ? `observation ${row + 1}, ` : "";
  const target = formatTyped(targets.flat()[at]);
  return `Farthest from its target: ${which}${output}${formatNumber(values[at])} in place of ${target}.`;
}

/** @param {Pick<Told, "steps">} payload @param {number} epoch */
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

/** How to read the answers. */
export const ANSWER_COLOURS = "Redder: farther from the target.";

/** How to read the numbers of the layers. @param {Pick<Film, "weights" | "noun" | "sets">} payload */
export function layersText(payload) {
  const colours = payload.weights
    ? "Blue: positive; orange: negative; deeper: larger, on one scale for all epochs. "
    : "";
  return `${colours}‖·‖ is the root of the sum of squares of a matrix's entries. Gradients are those of ${
    meanText(payload)
  }.`;
}

/** @param {Pick<Film, "noun" | "sets">} payload */
function meanText({ noun, sets }) {
  if (sets.test) return `the mean cost of all training ${noun}s`;
  return sets.training > 1 ? `the mean cost of all ${counted(sets.training, noun)}` : "the cost";
}

/** @param {string[]} parts */
function listed(parts) {
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}` : parts[0];
}
