/** The NumPy lines, with every name that stands for a table marked, so that it can be lit. */
import { element } from "./element.js";

/** The NumPy name of a table: "a1:cotangent" is dC_da1, "W1:after" is W1_new. @param {string} table */
export function numpyName(table) {
  const [what, kind] = table.split(":");
  if (kind === "value") return what;
  if (kind === "after") return `${what}_new`;
  if (kind === "jacobian") return `d${what.replace("/", "_d")}`;
  if (kind === "path_terms") return "";
  return `dC_d${what}`;
}

/** @param {string} lines @returns {(Node | string)[]} */
export function drawCode(lines) {
  return lines.split(/\b([A-Za-z_]\w*)\b/).map((
    text,
    n,
  ) => (n % 2 ? element("span", { class: "name", "data-link": text }, text) : text));
}
