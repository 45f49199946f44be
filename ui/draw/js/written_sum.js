/** A sum of products, one after another: which are written out, and what all add up to. */
/** @import { Total } from "./types.d.ts" */
import { element, withScripts } from "./element.js";
import { everyDigit, filledText, formatNumber, formatSigned } from "./text.js";

/** @typedef {{value: number, how: string, key: string, link: string, lights: string}} Term */

const ROUNDED_OFF = 8 * Number.EPSILON; // what is left of a sum that cancels: backprop/noise.py

/** Which observations are written out: all of a few, else those with the lowest and highest products, and the chosen one. @param {number[]} terms of the chosen cell @param {number} pick @param {{most: number, ends: number}} limits */
export function writtenOut(terms, pick, { most, ends }) {
  const all = terms.map((_, n) => n);
  if (all.length <= most) return all;
  const ranked = all.toSorted((a, b) => terms[a] - terms[b]);
  const written = [...ranked.slice(0, ends), ...ranked.slice(-ends)];
  if (!written.includes(pick)) written[ends] = pick; // of the highest the least
  return written.toSorted((a, b) => a - b);
}

/** A sum, 0 where nothing but rounding is left of it. @param {number[]} terms */
export function sumOf(terms) {
  const sum = terms.reduce((total, term) => total + term, 0);
  return Math.abs(sum) <= ROUNDED_OFF * Math.max(...terms.map(Math.abs)) ? 0 : sum;
}

/** What every observation says about an entry of the gradient. @param {number[][]} D @param {number[][]} A @param {number} row @param {number} col */
export function termsOf(D, A, row, col) {
  return D.map((units, n) => units[row] * A[n][col]);
}

/** A product as it is written on paper: a sign after a dot stands in brackets. @param {number} first @param {number} second */
export function factors(first, second) {
  const written = formatNumber(second);
  return `${formatNumber(first)} · ${second < 0 ? `(${written})` : written}`;
}

/** Products, one after another, and their sum or mean. */
export class WrittenSum {
  /** @param {Total} total @param {"down" | "across"} name */
  constructor(total, name) {
    this.total = total;
    const formula = element("div", { class: "bp-inline-formula" });
    formula.innerHTML = total.mathml; // made on the server from our own strings
    this.line = element("p", { class: "bp-sum-line" });
    const note = total.note ? [element("p", { class: "bp-note" }, total.note)] : [];
    const badge = element("p", { class: `bp-badge bp-of-${name}` }, total.badge);
    this.root = element(
      "div",
      { class: `bp-total bp-total-${name}` },
      element("div", { class: "bp-products-top" }, badge, formula),
      this.line,
      ...note,
    );
  }

  /** @param {{name: string, share: number, terms: Term[], rest: number[], sum: number, key: string, isWritten: boolean}} shown */
  show({ name, share, terms, rest, sum, key, isWritten }) {
    const last = terms.length - 1;
    const isAlone = !last && !rest.length && share === 1; // its number is the sum, so its factors are said
    const products = terms.flatMap((term, index) => [
      this.term(term, isWritten, isWritten || index === last ? "" : ",", isAlone),
      " ",
    ]);
    const others = rest.length ? [this.others(rest), " "] : [];
    const added = share > 1 || others.length ? [`1/${share} · ( `, ...products, ...others, ") "] : products;
    const result = element("strong", { "data-term": key, "data-value": sum }, formatSigned(sum));
    const total = element("span", { class: "bp-term" }, "= ", result);
    this.line.replaceChildren(...withScripts(name), " = ", ...added, total);
    this.line.removeAttribute("data-testid");
  }

  /** @param {Term} term @param {boolean} isWritten whether its factors can be read in the matrices @param {string} end @param {boolean} isAlone */
  term({ value, how, key, link, lights }, isWritten, end, isAlone) {
    const shown = value || !isWritten ? formatSigned(value) : "+0";
    const number = element(
      "span",
      { "data-term": key, "data-value": value, title: `${how} = ${everyDigit(value)}` },
      isAlone ? how : shown,
    );
    const said = isWritten || isAlone ? [number] : [`${how} = `, number];
    return element("span", { class: "bp-term", "data-link": link, "data-lights": lights }, ...said, end);
  }

  /** @param {number[]} rest */
  others(rest) {
    const sum = sumOf(rest);
    const said = filledText(this.total.other ?? "", rest.length, formatSigned(sum));
    return element("span", { class: "bp-term", "data-term": "n:rest", "data-value": sum }, said);
  }

  showNone() {
    this.line.replaceChildren(this.total.none ?? "");
    this.line.setAttribute("data-testid", "no-paths");
  }
}
