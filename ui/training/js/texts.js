/** What the film says in words. */

/** One sentence on an epoch. @param {object} payload @param {Record<string, Float64Array>} series */
export function sentenceOf(payload, epoch, confusions) {
  const right = (set) => payload.plane.species.reduce((sum, _, k) => sum + confusions[set].count(epoch, k, k), 0);
  const score = `${right("test")} of ${payload.sets.test} test flowers right, ${right("training")} of ${payload.sets.training} training flowers`;
  if (payload.epochs === 0) return `The initial weights, before any training: ${score}.`;
  return `${whenText(payload, epoch)}: ${score}. ${mistakeText(payload, epoch, confusions.test)}`;
}

function whenText(payload, epoch) {
  if (epoch === 0) return "Before training";
  const updates = epoch * payload.steps;
  return `After ${counted(epoch, "epoch")} (${counted(updates, "update")})`;
}

/** The most frequent mistake on the test flowers. */
function mistakeText(payload, epoch, test) {
  const { species } = payload.plane;
  let worst = { count: 0, text: "No test flower is mistaken." };
  species.forEach((actual, row) =>
    species.forEach((said, col) => {
      const count = row === col ? 0 : test.count(epoch, row, col);
      if (count > worst.count) worst = { count, text: `Most frequent test mistake: ${count} ${actual} taken for ${said}.` };
    }),
  );
  return worst.text;
}

/** Where the test cost is lowest, for the note below the curves. */
export function lowestText(payload) {
  if (payload.epochs === 0) return "";
  if (payload.lowest === payload.epochs) return "The test cost is lowest at the last epoch: more training may still help.";
  return `The test cost is lowest after ${counted(payload.lowest, "epoch")}.`;
}

/** How to read the numbers of the layers. */
export function layersText(payload) {
  const colours = payload.weights ? "Blue: positive; orange: negative; deeper: larger, on one scale for all epochs. " : "";
  return `${colours}‖·‖ is the root of the sum of squares of a matrix's entries. Gradients are those of the mean cost of all training flowers.`;
}

function counted(number, what) {
  return number === 1 ? `1 ${what}` : `${number.toLocaleString("en")} ${what}s`;
}
