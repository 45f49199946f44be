/** The check: the numerical derivative of an entry beside the one that backpropagation found. */
/** @import { Entry, Table } from "../../../draw/js/types.d.ts" */
import { cellValue } from "../../../draw/js/formula.js";
import { formatNumber, formatSigned } from "../../../draw/js/text.js";

const TOLERANCE = 1e-6; // as backprop.differences has it

/** What the central difference says about one entry, or "" where a table holds no derivative. @param {Table} table @param {Entry} entry */
export function checkText(table, { row, col, block }) {
  if (!table.numeric) return "";
  const why = table.notJudged && (!table.blocks || row === block)
    ? table.notJudged[table.blocks ? block : row][col]
    : "";
  if (why) return `numeric derivative not judged: ${why}`;
  const numeric = table.blocks && row !== block
    ? table.numericElsewhere
    : table.numeric[table.blocks ? block : row][col];
  const difference = Math.abs(cellValue(table, row, col, block) - numeric);
  const mark = difference <= TOLERANCE * Math.max(1, Math.abs(numeric)) ? "✓" : "✗";
  return `${mark} numeric derivative ${formatSigned(numeric)}, difference ${formatNumber(difference)}`;
}
