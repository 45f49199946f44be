/** Elements, made in one line; text goes in as text, never as markup. */

/** @typedef {Record<string, string | number | boolean>} Attributes */
/** @typedef {HTMLElement | SVGElement} Drawn */

/**
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 */
export function element(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

/**
 * The same for SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {...(Node | string)} children
 */
export function svgElement(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

/**
 * @template {Element} Made
 * @param {Made} node
 * @param {Attributes} attributes
 * @param {(Node | string)[]} [children]
 */
export function fill(node, attributes, children = []) {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

export const CORNER = "\u00a0"; // of a table: who copies it would lose an empty one, and with it the first column's place

const SCRIPTS = [
  { tag: /** @type {const} */ ("sup"), digits: "⁰¹²³⁴⁵⁶⁷⁸⁹", plain: "0123456789" },
  { tag: /** @type {const} */ ("sub"), digits: "₀₁₂₃₄₅₆₇₈₉ₖⱼᵢ", plain: "0123456789kji" },
];

/** A text with raised and lowered digits drawn from plain ones, and marks of paths in circles, as ui.draw.svg.scripts has it: few fonts have them. @param {string} text */
export function withScripts(text) {
  return text.split(/(\(1[1-6]\)|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|[₀₁₂₃₄₅₆₇₈₉ₖⱼᵢ]+)/).filter(Boolean).map((run) => {
    if (/^\(1[1-6]\)$/.test(run)) return circle(run.slice(1, -1));
    const script = SCRIPTS.find(({ digits }) => digits.includes(run[0]));
    if (!script) return run;
    return element(script.tag, {}, plainDigits(run, script));
  });
}

const SCRIPT = { size: 0.75, smallest: 12, sup: -1 / 3, sub: 0.23 }; // of a picture: shares of its text, but for the smallest
const TEXT = 15;

/** The same for a text of a picture, of this size. @param {string} text @param {number} [size] @returns {(Node | string)[]} */
export function svgScripts(text, size = TEXT) {
  const runs = text.split(/([⁰¹²³⁴⁵⁶⁷⁸⁹]+|[₀₁₂₃₄₅₆₇₈₉ₖⱼᵢ]+)/).filter(Boolean);
  let height = 0;
  return runs.map((run) => {
    const script = SCRIPTS.find(({ digits }) => digits.includes(run[0]));
    const before = height;
    height = script ? size * SCRIPT[script.tag] : 0;
    if (!height && !before) return run;
    const span = svgElement("tspan", { dy: height - before }, script ? plainDigits(run, script) : run);
    if (script) span.setAttribute("font-size", String(Math.max(SCRIPT.smallest, SCRIPT.size * size)));
    return span;
  });
}

/** @param {string} run @param {typeof SCRIPTS[number]} script */
function plainDigits(run, { digits, plain }) {
  return [...run].map((digit) => plain[digits.indexOf(digit)]).join("");
}

/** Who copies it gets the brackets, too. @param {string} number */
function circle(number) {
  return element("span", { class: "bp-circle" }, element("span", {}, "("), number, element("span", {}, ")"));
}

/** All that fit, as elements of a page. @param {ParentNode} root @param {string} selector */
export function all(root, selector) {
  return /** @type {Drawn[]} */ ([...root.querySelectorAll(selector)]);
}

/** Give a look to all parts that fit, and to no others; only what changes is touched. @param {ParentNode} root @param {string} look @param {string} selector @returns whether any part has it */
export function markAll(root, look, selector) {
  const marked = new Set(selector ? all(root, selector) : []);
  for (const part of all(root, `.${look}`)) if (!marked.has(part)) part.classList.remove(look);
  for (const part of marked) part.classList.toggle(look, true);
  return marked.size > 0;
}

/** Where an event happened, or what is around it, if it fits. @param {unknown} target @param {string} selector */
export function nearest(target, selector) {
  return target instanceof Element ? /** @type {Drawn | null} */ (target.closest(selector)) : null;
}

/** As if it were typed: React, which Streamlit is made with, hears of a value only so. @param {HTMLInputElement} field @param {string} text */
export function type(field, text) {
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value")?.set?.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}
