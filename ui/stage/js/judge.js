/** Answers as they are typed, and what they are: the rules of ui.practice.typed and backprop.practice.judge. */

const MOST_TYPED = 40;
const TYPED_NUMBER = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;
const TYPED_EXAMPLES = "such as 0.25, −0,25 or 1e-3";

/**
 * The number that was typed: with point or comma, with any minus sign, with an exponent.
 * @param {string} text
 * @returns {{value: number} | {error: string}}
 */
export function parseNumber(text) {
  let plain = text.replace(/\s/g, "").replace(/[−–‐‑﹣-]/g, "-");
  if (!plain) return { error: `Type a number, ${TYPED_EXAMPLES}.` };
  if (!plain.includes(".")) plain = plain.replace(",", ".");
  if (plain.length > MOST_TYPED || !TYPED_NUMBER.test(plain)) return { error: `Expected a number, ${TYPED_EXAMPLES}, got “${text.trim().slice(0, 30)}”.` };
  const value = Number(plain);
  return Number.isFinite(value) ? { value } : { error: `Expected a number of ordinary size, got “${text.trim().slice(0, 30)}”.` };
}

/**
 * Right, or the sentences of every mistake that gives this number.
 * @param {import("./quiz.js").Question} question
 * @param {number} answer
 * @returns {{right: boolean, mistakes: string[]}}
 */
export function judge(question, answer) {
  const isNear = ({ value, tolerance }) => Math.abs(answer - value) <= tolerance;
  if (isNear(question)) return { right: true, mistakes: [] };
  return { right: false, mistakes: question.wrong.filter(isNear).map(({ text }) => text) };
}
