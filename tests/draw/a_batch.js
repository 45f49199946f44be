/** A batch of three observations, two units and three inputs, as ui/views/batch sends it. */
/** @import { ProductsPart, SheetData } from "../../ui/draw/js/types.d.ts" */

export const D = [[1, -2], [0.5, 0], [-1, 4]];
export const A = [[3, 0, 2, 1], [5, 1, 0, 1], [0, -1, 7, 1]];
export const W = [[1, 2, 3], [-4, 5, 0.5]];
export const GRADIENT = [0, 1].map((k) =>
  A[0].map((_, j) => D.reduce((sum, d, n) => sum + d[k] * A[n][j], 0) / 3)
);
export const THROUGH = D.map((d) => W[0].map((_, j) => d[0] * W[0][j] + d[1] * W[1][j]));
export const OBSERVATIONS = {
  names: ["13", "24", "51"],
  kinds: [0, 0, 1],
  kind_names: ["setosa", "versicolor"],
  said: "Flower {0}, {1}: {2}",
};
export const WEIGHTS = ["w11", "w12", "w13", "b1", "w21", "w22", "w23", "b2"];
/** @param {string} title @param {number[][]} values @param {string} entry @returns {SheetData} */
export const sheet = (title, values, entry) => ({
  title,
  values,
  entry,
  columns: values[0].map((_, j) => String(j + 1)),
});
/** @type {ProductsPart} */
export const PART = {
  part: "Products",
  alt: "D and A",
  D: sheet("D", D, "∂C/∂{0} of flower {1}"),
  A: sheet("A", A, "{0} of flower {1}"),
  gradient: sheet("mean", GRADIENT, "dC/d{0}"),
  W: sheet("W", W, "{0}"),
  through: sheet("D W", THROUGH, "∂C/∂{0} of flower {1}"),
  observations: OBSERVATIONS,
  units: ["z1", "z2"],
  inputs: ["a1", "a2", "a3", "1"],
  unit_notes: ["unit 1", "unit 2"],
  input_notes: ["below 1", "below 2", "below 3", "the 1"],
  weights: WEIGHTS,
  down: { badge: "n", mathml: "", name: "dC/d{0}", other: "and the other {0}: {1}" },
  across: { badge: "k", mathml: "", name: "∂C/∂{0} of flower {1}", none: "a bias" },
  most: 8,
  ends: 3,
  is_written: true,
};
export const COUNTS = [2, 4, 3];
export const NOTHING = new Set();
