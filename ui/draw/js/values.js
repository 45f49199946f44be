/** What a scene holds at a position of its slider, and how its numbers are written. */
/** @import { Following, Packed, Scene, SceneNumber, Written } from "./types.d.ts" */
import { element, svgElement, svgScripts } from "./element.js";
import { decodeFloats } from "./series.js";
import { formatNumber, formatSigned, formatTyped } from "./text.js";

export const HEIGHT = 208; // of pictures that stand beside each other
const PHONE = { widest: 640, height: 116 }; // there they stand one below another

/** Of a picture that is no higher than it must be where it stands alone in its line. */
export function lowHeight() {
  return globalThis.innerWidth <= PHONE.widest ? PHONE.height : HEIGHT;
}

/** @template T @param {Following<T>} values @param {number} place @returns {T} */
export function heldAt(values, place) {
  return Array.isArray(values) ? values[place] : values;
}

/** A scene, in which what follows the slider was written once. @param {Written} written @returns {Scene} */
export function readScene({ scene, series }) {
  const whole = series.map(unpacked);
  return filledIn(scene, { series: whole, positions: filledIn(scene.control, { series: whole })?.positions });
}

/**
 * @param {any} part
 * @param {{series: unknown[], positions?: number[]}} following what follows the slider, and where that can be
 * @returns {any}
 */
function filledIn(part, following) {
  if (part === null || typeof part !== "object") return part;
  if (Array.isArray(part)) return part.map((each) => filledIn(each, following));
  if (part.series !== undefined) return following.series[part.series];
  if (part.factors) return following.positions?.map((position) => part.factors.reduce(times, position));
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, filledIn(each, following)]));
}

/** @param {number} one @param {number} other */
const times = (one, other) => one * other;

/** A series as Python packs it: of texts that differ in few words the form, with ¤ for each of these. @param {Packed} values */
function unpacked(values) {
  if (typeof values === "string") return [...decodeFloats(values)];
  if (Array.isArray(values)) return values;
  if ("floats" in values) return rowsOf([...decodeFloats(values.floats)], values.columns);
  return values.each.map(([form, ...words]) => values.forms[form].replace(/¤/g, () => words.shift() ?? ""));
}

/** @param {number[]} numbers @param {number} columns */
function rowsOf(numbers, columns) {
  const starts = numbers.map((_, place) => place).filter((place) => place % columns === 0);
  return starts.map((start) => numbers.slice(start, start + columns));
}

/** All of a number's digits: less what is taken away, and 0 where that is no more than rounding. @param {SceneNumber} number @param {number} place @returns {number} */
export function numberAt({ value, less = 0, noise = -1 }, place) {
  const number = heldAt(value, place) - heldAt(less, place);
  return Math.abs(number) <= heldAt(noise, place) ? 0 : number;
}

/** The number that is written, rounding noise as 0. @param {SceneNumber} number @param {number} place @returns {number} */
export function shownAt(number, place) {
  return number.shown === undefined ? numberAt(number, place) : heldAt(number.shown, place);
}

/** @param {SceneNumber} number @param {number} place */
export function textAt(number, place) {
  const text = heldAt(number.text ?? "", place);
  if (text) return text;
  return (number.before ?? "") + formatted(number, place);
}

/** @param {SceneNumber} number @param {number} place */
function formatted(number, place) {
  const value = shownAt(number, place);
  if (number.form === "signed") return formatSigned(value);
  return number.form === "typed" ? formatTyped(value) : formatNumber(value);
}

/** Write a number into its element. @param {Element} node @param {SceneNumber} number @param {number} place */
export function write(node, number, place) {
  node.textContent = textAt(number, place);
  mark(node, number, place);
}

/** What parts of a picture belong to, and light. @template {Element} Part @param {Following<string> | undefined} link @param {number} place @param {Part[]} parts */
export function linked(link, place, parts) {
  const links = heldAt(link ?? "", place);
  for (const part of links ? parts : []) part.setAttribute("data-link", links);
  return parts;
}

/** All its digits, and its name. @param {Element} node @param {SceneNumber} number @param {number} place */
export function mark(node, number, place) {
  node.setAttribute("data-value", String(numberAt(number, place)));
  if (number.kind) node.setAttribute(`data-${number.kind}`, heldAt(number.name ?? "", place));
}

/** A text of a picture, centred on its line. @param {number} x @param {number} y @param {string} text @param {string} [look] @param {string} [anchor] */
export function label(x, y, text, look = "", anchor = "middle") {
  const attributes = { x, y, dy: "0.35em", "text-anchor": anchor };
  return svgElement("text", look ? { ...attributes, class: look } : attributes, ...svgScripts(text));
}

/** A number of a picture. @param {number} x @param {number} y @param {SceneNumber} number @param {number} place @param {string} [look] @param {string} [anchor] */
export function numberLabel(x, y, number, place, look = "", anchor = "middle") {
  const node = label(x, y, textAt(number, place), `bp-number ${look}`.trim(), anchor);
  mark(node, number, place);
  return node;
}

/** Class of the colour for a number's sign; styles also dash what is negative. @param {number} value */
export function signClass(value) {
  return value > 0 ? "bp-pos" : value < 0 ? "bp-neg" : "bp-zero";
}

/** A number in a formula: as a factor in brackets if it is negative. @param {Element} slot @param {SceneNumber} number @param {number} place */
export function writeInFormula(slot, number, place) {
  const [mantissa, exponent] = formatted(
    { ...number, form: number.form === "typed" ? "typed" : "short" },
    place,
  )
    .split("e").map(signedParts);
  const power = exponent ? [mo("·"), math("msup", math("mn", "10"), math("mrow", ...exponent))] : [];
  const isInBrackets = number.form === "factor" && shownAt(number, place) < 0;
  const parts = [...mantissa, ...power];
  slot.replaceChildren(...(isInBrackets ? [mo("("), ...parts, mo(")")] : parts));
  mark(slot, number, place);
}

/** @param {string} text */
function signedParts(text) {
  const digits = math("mn", text.replace("−", ""));
  return text.startsWith("−") ? [mo("−", { form: "prefix" }), digits] : [digits];
}

/** @param {string} sign @param {Record<string, string>} [attributes] */
function mo(sign, attributes = {}) {
  const node = math("mo", sign);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

/** @param {string} tag @param {...(Node | string)} children */
function math(tag, ...children) {
  const node = document.createElementNS("http://www.w3.org/1998/Math/MathML", tag);
  node.append(...children);
  return node;
}

/** A number between words. @param {SceneNumber} number @param {number} place */
export function numberSpan(number, place) {
  const node = element("span", { class: "bp-number" });
  write(node, number, place);
  return node;
}
