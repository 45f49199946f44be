/**
 * Streamlit's fields for whole numbers take what the browser leaves of a text: of 12,0 it is 120, of 1e1 it is
 * 1, of −3 it is 3, of abc it is nothing, which counts as the lowest number, all without a word. So while one
 * has the focus it is a field of text, and what was typed is read here before Streamlit reads it.
 */

const NUMBER_FIELD = '[data-testid="stNumberInputField"]';
const MOST_QUOTED = 30;

const lastValid = new WeakMap();

/** @returns {() => void} ends it */
function readNumberFields() {
  const listeners = { focusin: openField, mousedown: unsay, input: unsay, keydown: settleByKey, keyup: tellValue, focusout: closeField };
  const each = (act) => Object.entries(listeners).forEach(([type, listener]) => act.call(document, type, listener, true));
  each(document.addEventListener);
  const active = document.activeElement; // who was quicker than this script
  if (active?.type === "number") openField({ target: active });
  return () => each(document.removeEventListener);
}

function openField({ target }) {
  if (!target.matches?.(NUMBER_FIELD)) return;
  lastValid.set(target, target.value);
  target.type = "text";
  target.inputMode = "numeric";
  target.setAttribute("role", "spinbutton");
  target.select();
  tellValue({ target });
}

function closeField({ target }) {
  if (!lastValid.has(target)) return;
  settle(target);
  target.type = "number";
  target.removeAttribute("role");
  target.removeAttribute("aria-valuenow");
}

function settleByKey(event) {
  const { target, key } = event;
  if (!["Enter", " ", "ArrowUp", "ArrowDown"].includes(key)) return;
  unsay();
  if (!lastValid.has(target) || key === " ") return;
  const isValid = settle(target);
  if (key === "Enter") return;
  if (!isValid) event.stopImmediatePropagation(); // no step from a number that was not typed
  setTimeout(() => lastValid.set(target, target.value)); // after Streamlit's step
}

/** A text that is a number becomes its digits; any other gives way to the last number, and that is said. */
function settle(field) {
  const text = field.value;
  const [low, high] = [Number(field.min), Number(field.max)];
  const value = wholeNumber(text);
  const isValid = low <= value && value <= high;
  const settled = isValid ? String(value) : lastValid.get(field);
  lastValid.set(field, settled);
  if (settled !== text) {
    // As if it were typed: React, which Streamlit is made with, hears of a value only so.
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, settled);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (!isValid) say(field, `${field.ariaLabel}: expected a whole number from ${low} to ${high}, got ${quotedText(text)}. You see the last valid value, ${settled}.`);
  return isValid;
}

/** What was typed as a whole number, with any minus and either decimal mark, or NaN. @param {string} text */
export function wholeNumber(text) {
  const plain = text.trim().replace(/[‐‑–—−﹣-]/g, "-").replace(",", ".");
  const value = /^[+-]? ?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(plain) ? Number(plain.replace(" ", "")) + 0 : NaN;
  return Number.isInteger(value) ? value : NaN;
}

function quotedText(text) {
  const characters = [...text.trim()];
  if (!characters.length) return "nothing";
  return characters.length > MOST_QUOTED ? `“${characters.slice(0, MOST_QUOTED).join("")}…”` : `“${characters.join("")}”`;
}

function say(field, sentence) {
  const box = field.closest('[data-testid="stNumberInput"]');
  const said = document.createElement("p");
  said.className = "bp-unread";
  said.setAttribute("role", "alert");
  said.dataset.testid = "stAlert"; // as Streamlit's own notices, which are not part of a view
  said.textContent = sentence;
  box.append(said);
}

/** A notice lasts until the next press, as those at the top do. */
function unsay() {
  for (const said of document.querySelectorAll(".bp-unread")) said.remove();
}

function tellValue({ target }) {
  if (lastValid.has(target) && document.activeElement === target) target.setAttribute("aria-valuenow", String(wholeNumber(target.value) || 0));
}
