/** Answers as they are typed, and what they are: the rules of ui.names.typed and backprop.practice.judge. */
/** @import { Judged, Range } from "../../../draw/js/types.d.ts" */
import { formatNumber } from "../../../draw/js/text.js";

const MOST_CHARACTERS = 200;
const MOST_NESTED = 10;
const MOST_QUOTED = 30;
const ALL_DIGITS = 17;
const SHOWN_DIGITS = 3;

const SPACES = /[\t-\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]+/g;
const NUMBER = "(?:(?:[0-9]{1,3}(?: [0-9]{3})+|[0-9]+)(?:[.,][0-9]*)?|[.,][0-9]+)(?:[eE][+-]?[0-9]+)?";
const TOKEN = new RegExp(` ?(10\\^[+-]?[0-9]+|${NUMBER}|[-+*/()]) ?`, "g");
const ALONE = new RegExp(`^[+-]? ?(${NUMBER})$`);
const TWO_MARKS = /[0-9][.,][0-9]*[.,]|[.,][0-9]+[.,]/;
const EXAMPLES = "such as 0.25, −0,25, 1e−3 or 1/3";

/**
 * @typedef {object} Typed
 * @property {number} value
 * @property {number} digits  how many significant digits it was given with
 * @property {number} unit  of the last of them, 0 of an expression
 * @property {boolean} isExpression  whether there was anything to compute
 */

/**
 * The number that was typed, or that an expression of + − · / and parentheses gives.
 * @param {string} text
 * @returns {Typed | {error: string}}
 */
export function readNumber(text) {
  const plain = trimmed(text)
    .replace(/[\u2010\u2011\u2013\u2014\u2212\ufe63\uff0d]/g, "-")
    .replace(/[·∙⋅×]/g, "*")
    .replace(/[÷∕⁄]/g, "/");
  const length = [...plain].length;
  if (!plain) return { error: `Type a number, ${EXAMPLES}.` };
  if (length > MOST_CHARACTERS) {
    return { error: `Expected at most ${MOST_CHARACTERS} characters, got ${length}.` };
  }
  if (plain.includes("%")) {
    return { error: `Expected a number without a percent sign, 0.25 for 25 %, got ${quoted(text)}.` };
  }
  if (TWO_MARKS.test(plain)) {
    return {
      error: `Expected one decimal point or comma, and spaces between thousands, got ${quoted(text)}.`,
    };
  }
  try {
    const value = compute(plain) + 0; // no −0
    if (!Number.isFinite(value)) return { error: `Expected a number of ordinary size, got ${quoted(text)}.` };
    return { value, ...digitsOf(plain) };
  } catch (expected) {
    return { error: `Expected ${expected} ${quoted(text)}.` };
  }
}

/** How an expression was read: "0.5*0.578 = 0.289". @param {string} text @param {number} value */
export function reading(text, value) {
  return `${trimmed(text)} = ${formatNumber(value)}`;
}

/** @param {string} text */
function trimmed(text) {
  return text.replace(SPACES, " ").replace(/^ | $/g, "");
}

/** As much of what was typed as a sentence takes. @param {string} text */
function quoted(text) {
  const characters = [...trimmed(text)];
  return characters.length > MOST_QUOTED
    ? `“${characters.slice(0, MOST_QUOTED).join("")}…”`
    : `“${characters.join("")}”`;
}

/** @param {string} plain @returns {Omit<Typed, "value">} */
function digitsOf(plain) {
  const [, alone] = plain.match(ALONE) ?? [];
  if (!alone) return { digits: ALL_DIGITS, unit: 0, isExpression: true };
  const [mantissa, exponent] = alone.toLowerCase().replaceAll(" ", "").replace(",", ".").split("e");
  const digits = mantissa.replace(".", "").replace(/^0+/, "").length;
  if (!digits) return { digits: ALL_DIGITS, unit: 0, isExpression: false };
  const decimals = (mantissa.split(".")[1] ?? "").length;
  return { digits, unit: Number(`1e${Number(exponent ?? 0) - decimals}`) || 0, isExpression: false };
}

/**
 * A sum of products of numbers and parentheses, read from left to right; throws what was expected.
 * @param {string} plain
 */
function compute(plain) {
  const tokens = [...plain.matchAll(TOKEN)].map(([, token]) => token);
  const unreadable = `a number, ${EXAMPLES}, got`;
  if (plain.replace(TOKEN, "")) throw unreadable;
  let place = 0;

  /** @type {(nested: number) => number} */
  const sum = (nested) => {
    if (nested > MOST_NESTED) throw `at most ${MOST_NESTED} parentheses inside each other, got`;
    let value = product(nested);
    while (tokens[place] === "+" || tokens[place] === "-") {
      value += tokens[place++] === "+" ? product(nested) : -product(nested);
    }
    return value;
  };
  /** @type {(nested: number) => number} */
  const product = (nested) => {
    let value = factor(nested);
    while (tokens[place] === "*" || tokens[place] === "/") {
      const isTimes = tokens[place++] === "*";
      const other = factor(nested);
      if (!isTimes && other === 0) throw "a number, got a division by zero in";
      value = isTimes ? value * other : value / other;
    }
    return value;
  };
  /** @type {(nested: number) => number} */
  const factor = (nested) => {
    const sign = tokens[place] === "-" ? -1 : 1;
    if (tokens[place] === "+" || tokens[place] === "-") place += 1;
    const token = tokens[place++] ?? "";
    if (token === "(") {
      const value = sum(nested + 1);
      if (tokens[place++] !== ")") throw unreadable;
      return sign * value;
    }
    if (/^[-+*/)]?$/.test(token)) throw unreadable;
    return sign * Number(token.replace("10^", "1e").replaceAll(" ", "").replace(",", "."));
  };

  const value = sum(0);
  if (place < tokens.length) throw unreadable;
  return value;
}

/**
 * Right, nearly (right, but of too few digits), or the sentences of every mistake that gives this number.
 * @param {Judged} question
 * @param {Typed} typed
 * @returns {{right: boolean, nearly: boolean, mistakes: string[]}}
 */
export function judge(question, { value, digits, unit }) {
  const isIn = (/** @type {Range} */ [low, high]) => low <= value && value <= high;
  const isFew = digits < SHOWN_DIGITS;
  if (isIn(question.computed) || (!isFew && isIn(question.range))) {
    return { right: true, nearly: false, mistakes: [] };
  }
  if (isFew && (isIn(question.nearly[digits - 1]) || isIn(question.range))) {
    return { right: false, nearly: true, mistakes: [] };
  }
  const slack = digits === SHOWN_DIGITS - 1 ? unit / 2 : 0;
  const mistakes = question.wrong.filter(({ range: [low, high] }) =>
    Math.max(low - value, value - high, 0) <= slack
  );
  return { right: false, nearly: false, mistakes: mistakes.map(({ text }) => text) };
}
