/** Decoding: the payload's numbers are little-endian float64 or bytes as base64, its grids run lengths. */

/** @param {string} text @returns {Float64Array} */
export function decodeFloats(text) {
  return new Float64Array(decodeBytes(text).buffer);
}

/** @param {string} text @returns {Uint8Array} */
export function decodeBytes(text) {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}

/** The classes of all cells; 255 where there is none. @param {string} text such as a12b3 @param {number} count */
export function decodeRuns(text, count) {
  const classes = new Uint8Array(count);
  let next = 0;
  for (const [, letter, length] of text.matchAll(/([-a-z])(\d+)/g)) {
    const end = next + Number(length);
    classes.fill(letter === "-" ? 255 : letter.charCodeAt(0) - 97, next, end);
    next = end;
  }
  return classes;
}

/**
 * Whole decades or round numbers between two ends, three to six of them.
 * @param {number} low @param {number} high @param {boolean} isLog
 * @param {number} [steps] from end to end, at most
 */
export function ticksBetween(low, high, isLog, steps = 4) {
  if (isLog) return decades(low, high);
  const rough = (high - low) / steps || 1;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= rough * 0.999) ?? power;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from(
    { length: last - first + 1 },
    (_, index) => Number(((first + index) * step).toPrecision(12)),
  );
}

/** @param {number} low @param {number} high */
function decades(low, high) {
  const first = Math.ceil(Math.log10(low) - 1e-9);
  const last = Math.floor(Math.log10(high) + 1e-9);
  const every = Math.max(1, Math.ceil((last - first) / 5));
  const ticks = [];
  for (let power = first; power <= last; power += every) ticks.push(10 ** power);
  return ticks;
}
