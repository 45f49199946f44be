/** Large numbers beside each other, each with what the measured slope says of it. */
/** @import { Card, CardsPart } from "./types.d.ts" */
import { element, withScripts } from "./element.js";
import { judged, saidAt, sumAt } from "./sums.js";
import { formatSigned } from "./text.js";
import { heldAt } from "./values.js";

/** @type {Record<string, string>} */
const VERDICTS = { "✓": "bp-agrees", "✗": "bp-differs", "": "" };

/** @param {CardsPart} part */
export function cards({ cards }) {
  const drawn = cards.map(cardOf);
  const root = element("div", { class: "bp-cards" }, ...drawn.map(({ root }) => root));
  const show = (/** @type {number} */ place, /** @type {Set<number>} */ off) =>
    drawn.forEach((card) => card.show(place, off));
  return { root, show };
}

/** @param {Card} card */
function cardOf({ name, title, number, judge, note = "" }) {
  const heading = element("p");
  const digits = element("p", { class: "bp-card-number", "data-rule": name });
  const below = element("p");
  const root = element("div", { class: "bp-card" }, heading, digits, below);
  const show = (/** @type {number} */ place, /** @type {Set<number>} */ off) => {
    heading.replaceChildren(...withScripts(saidAt(title, place, off)));
    const value = numberOf(number, place, off);
    digits.textContent = value === null ? "–" : formatSigned(value);
    if (value === null) digits.removeAttribute("data-value");
    else digits.setAttribute("data-value", String(value));
    const verdict = judge && value !== null ? judged(judge, value, place) : null;
    root.className = `bp-card ${verdict ? VERDICTS[verdict.mark] : ""}`.trim();
    below.replaceChildren(...withScripts(verdict ? verdict.said : heldAt(note, place)));
  };
  return { root, show };
}

/** @param {Card["number"]} number @param {number} place @param {Set<number>} off */
function numberOf(number, place, off) {
  return typeof number === "object" && number !== null && "terms" in number
    ? sumAt(number, place, off).sum
    : heldAt(number ?? null, place);
}
