import assert from "node:assert/strict";
import { chartName, endsOf, valueText } from "../../ui/draw/js/chart.js";
import {
  CONFUSION_COLOURS,
  layersText,
  lowestText,
  sentenceOf,
  sentenceOfAnswers,
} from "../../ui/views/training/js/texts.js";

const RIGHT = "test flowers right, 104 of 105 training flowers.";
const FLOWERS = { noun: "flower", sets: { training: 105, test: 45 } };
const TRAINING = [[35, 0, 0], [0, 34, 1], [0, 0, 35]];
const PAYLOAD = {
  epochs: 3,
  sets: { training: 105, test: 45 },
  steps: 7,
  plane: { species: ["setosa", "versicolor", "virginica"] },
};

/** @param {number[][]} rows */
const counts = (rows) => ({ count: (/** @type {number[]} */ ...[, row, col]) => rows[row][col] });
/** @param {number} epoch @param {number[][]} test @param {object} [more] */
const say = (epoch, test, more) =>
  sentenceOf({ ...PAYLOAD, ...more }, epoch, { test: counts(test), training: counts(TRAINING) });

Deno.test("the sentence of an epoch follows the confusion matrices", () => {
  const one = [[15, 0, 0], [0, 13, 2], [0, 1, 14]];
  const tie = [[15, 0, 0], [0, 13, 2], [0, 2, 13]];
  const three = [[14, 1, 0], [0, 14, 1], [0, 1, 14]];
  const none = [[15, 0, 0], [0, 15, 0], [0, 0, 15]];
  const mistake = "Most frequent test mistake: 2 versicolor taken for virginica.";
  assert.equal(say(0, one), `Before training: 42 of 45 ${RIGHT} ${mistake}`);
  assert.equal(say(1, one, { steps: 1 }), `After 1 epoch (1 update): 42 of 45 ${RIGHT} ${mistake}`);
  assert.equal(
    say(2, tie),
    `After 2 epochs (14 updates): 41 of 45 ${RIGHT} Most frequent test mistakes: ` +
      "2 versicolor taken for virginica and 2 virginica taken for versicolor.",
  );
  assert.equal(
    say(3, three, { steps: 1000 }),
    `After 3 epochs (3,000 updates): 42 of 45 ${RIGHT} Most frequent test mistakes: ` +
      "1 setosa taken for versicolor, 1 versicolor taken for virginica and 1 virginica taken for versicolor.",
  );
  assert.equal(say(3, none), `After 3 epochs (21 updates): 45 of 45 ${RIGHT} No test flower is mistaken.`);
  assert.equal(say(0, one, { epochs: 0 }), `The initial weights, before any training: 42 of 45 ${RIGHT}`);
});

Deno.test("the sentence of an epoch of one's own numbers follows the answers", () => {
  const answers = {
    observations: ["1", "2"],
    outputs: ["glad", "sad"],
    targets: [[1, 0], [0, 1]],
    classes: [],
    values: "",
  };
  const payload = { epochs: 1, steps: 1, wrong: [[1], []], sets: { training: 2 }, answers };
  const series = { training_cost: Float64Array.of(0.7, 0.1), training_accuracy: Float64Array.of(0.5, 1) };
  const values = Float64Array.of(1, 0, 0.8, 0.2, 1, 0, 0, 1);
  assert.equal(
    sentenceOfAnswers(payload, 0, series, values),
    "Before training: mean cost 0.700, 1 of 2 observations right. " +
      "Farthest from its target: observation 2, glad 0.800 in place of 0.",
  );
  assert.equal(
    sentenceOfAnswers(payload, 1, { training_cost: series.training_cost }, values),
    "After 1 epoch (1 update): mean cost 0.100. Every answer is its target.",
  );
  const one = { ...answers, outputs: ["y"], targets: [[0.25]] };
  assert.equal(
    sentenceOfAnswers(
      { ...payload, epochs: 0, sets: { training: 1 }, answers: one },
      0,
      { training_cost: Float64Array.of(0.5) },
      Float64Array.of(0.75),
    ),
    "The initial weights, before any training: cost 0.500. Farthest from its target: 0.750 in place of 0.25.",
  );
});

Deno.test("where the test cost is lowest", () => {
  const said = (/** @type {number[]} */ ...costs) => lowestText(Float64Array.from(costs));
  assert.equal(said(1.1), "");
  assert.equal(said(3, 2, 1), "The test cost is lowest after the last epoch, where it still falls.");
  assert.equal(said(3, 1, 2), "The test cost is lowest after 1 epoch.");
  assert.equal(said(3, 3, 1, 2), "The test cost is lowest after 2 epochs.");
  assert.equal(said(1, 2, 3), "The test cost is lowest before training.");
  assert.equal(said(2, 1, 1), "The test cost is lowest after 1 epoch, and as low after 1 later epoch.");
  assert.equal(
    said(1, 2, 1, 1),
    "The test cost is lowest before training, and as low after 2 later epochs.",
  );
  assert.equal(said(0.5, 0.5, 0.5), "The test cost is the same before and after every epoch.");
  assert.equal(said(3, Infinity, NaN, 2, 4), "The test cost is lowest after 3 epochs.");
  assert.equal(said(NaN, 2, 2), "The test cost is lowest after 1 epoch, and as low after 1 later epoch.");
  assert.equal(said(NaN, Infinity), "The test cost overflows throughout.");
});

Deno.test("charts write numbers as the pages do", () => {
  assert.equal(chartName("Cost", 1, [1.0813, 259386]), "Cost over 1 epoch, from 1.08 to 2.59e5");
  assert.equal(chartName("Cost", 12, [0.04999, 1.2]), "Cost over 12 epochs, from 0.0500 to 1.20");
  assert.equal(chartName("Cost", 0, [1.5]), "Cost before training, 1.50");
  assert.equal(chartName("Cost", 2, []), "Cost over 2 epochs: no finite number");
  const shares = chartName("Accuracy", 2, [0.3, 0.9999, 1], true);
  assert.equal(shares, "Accuracy over 2 epochs, from 30.0\u00a0% to 100.0\u00a0%");
  assert.deepEqual([259386.3, Infinity, NaN, -0].map((value) => valueText(value)), [
    "2.59e5",
    "∞",
    "undefined",
    "0",
  ]);
  assert.deepEqual([0.97777, 0.9999].map((value) => valueText(value, true)), [
    "97.8\u00a0%",
    "over 99.9\u00a0%",
  ]);
});

Deno.test("how to read the tables", () => {
  const plain = "‖·‖ is the root of the sum of squares of a matrix's entries. " +
    "Gradients are those of the mean cost of all training flowers.";
  const colours = "Blue: positive; orange: negative; deeper: larger, on one scale for all epochs.";
  assert.equal(CONFUSION_COLOURS, "On the diagonal: right. Red: mistakes. Deeper: more flowers.");
  assert.equal(layersText({ weights: null, ...FLOWERS }), plain);
  assert.equal(layersText({ weights: { matrices: [], values: "" }, ...FLOWERS }), `${colours} ${plain}`);
});

Deno.test("a chart shows all values, and 0 where it is not logarithmic", () => {
  assert.deepEqual(endsOf([0.03, 40], true), [0.01, 100]);
  assert.deepEqual(endsOf([0.1, 10], true), [0.1, 10]);
  assert.deepEqual(endsOf([1, 5], false).map((end) => end.toFixed(9)), ["0.000000000", "5.500000000"]);
  assert.deepEqual(endsOf([-2, -1], false), [-2, 1]);
  assert.deepEqual(endsOf([0, 0], false), [0, 1]);
  assert.deepEqual(endsOf([], false), [0, 1]);
});
