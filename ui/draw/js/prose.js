/** What stands between the pictures of a scene: legends, links, formulas, tables. */
/** @import { FormulaPart, LegendPart, LinkPart, TablePart } from "./types.d.ts" */
/** @import { Drawn } from "./page.js" */
import { all, CORNER, element, withScripts } from "./element.js";
import { heldAt, write, writeInFormula } from "./values.js";

const ROWS = { sum: "bp-sum-row", result: "bp-sum-row bp-result-row" };

/** @param {LegendPart} part */
export function legend({ title, keys }) {
  const drawn = keys.map(([look, text]) =>
    element(
      "span",
      { class: "bp-key" },
      ...(look ? [element("i", { class: look })] : []),
      element("span", {}, ...withScripts(text)),
    )
  );
  return element("div", { class: "bp-caption" }, element("strong", {}, ...withScripts(title)), ...drawn);
}

/** @param {LinkPart} part @returns {Drawn} */
export function link({ text, href }) {
  const root = element("a", { class: "bp-button", target: "_self", "data-app-link": "" }, text);
  return { root, show: (place) => root.setAttribute("href", heldAt(href, place)) };
}

/** @param {FormulaPart} part @returns {Drawn} */
export function formula({ mathml, numbers = [] }) {
  const root = element("div", { class: "bp-formula" });
  root.innerHTML = mathml; // made on the server from our own strings
  const slots = numbers.map((_, slot) => all(root, `[data-slot="${slot}"]`)[0]);
  return { root, show: (place) => slots.forEach((slot, n) => writeInFormula(slot, numbers[n], place)) };
}

/** @param {TablePart} part @returns {Drawn} */
export function table({ head, rows, marked }) {
  const cells = rows.map((row) => row.cells.map(() => element("td")));
  const body = rows.map(({ head, role, link, option }, index) => {
    const attributes = {
      ...(role ? { class: ROWS[role] } : {}),
      ...(link ? { "data-link": link } : {}),
      ...(option === undefined ? {} : { "data-option": option }),
    };
    const name = element("th", { scope: "row" }, ...withScripts(head));
    return element("tr", attributes, name, ...cells[index]);
  });
  const names = head.map(() => element("th", { scope: "col" }));
  const root = element(
    "div",
    { class: "bp-scroll" },
    element(
      "table",
      { class: "bp-table" },
      element("thead", {}, element("tr", {}, ...names)),
      element("tbody", {}, ...body),
    ),
  );
  const show = (/** @type {number} */ place) => {
    names.forEach((name, index) =>
      name.replaceChildren(...withScripts(heldAt(head[index], place) || CORNER))
    );
    rows.forEach((row, index) =>
      row.cells.forEach((cell, n) => {
        if (typeof cell === "string" || Array.isArray(cell)) {
          cells[index][n].replaceChildren(...withScripts(heldAt(cell, place)));
        } else if (cell) write(cells[index][n], cell, place);
      })
    );
    body.forEach((row, index) => row.classList.toggle("bp-marked-row", index === heldAt(marked, place)));
  };
  return { root, show };
}
