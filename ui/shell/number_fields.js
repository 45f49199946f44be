/**
 * Streamlit's fields for whole numbers take what the browser leaves of a text: of 12,0 it is 120, of 1e1 it is
 * 1, of −3 it is 3, of abc it is nothing, which counts as the lowest number, all without a word. So while one
 * has the focus it is a field of text, and what was typed is read here before Streamlit reads it.
 */
import { element, nearest, type } from "../draw/js/element.js";

const NUMBER_FIELD = '[data-testid="stNumberInputField"]';
const MOST_SHOWN = 30;

/** @type {WeakMap<EventTarget, string>} */
const lastValid = new WeakMap();

/** @returns {() => void} ends it */
export function readNumberFields() {
  const ended = new AbortController();
  const options = { capture: true, signal: ended.signal };
  document.addEventListener("focusin", openField, options);
  document.addEventListener("mousedown", unsay, options);
  document.addEventListener("input", unsay, options);
  document.addEventListener("keydown", settleByKey, options);
  document.addEventListener("keyup", tellValue, options);
  document.addEventListener("focusout", closeField, options);
  const active = document.activeElement; // who was quicker than this script
  if (active instanceof HTMLInputElement && active.type === "number") openField({ target: active });
  return () => ended.abort();
}

/** @param {Pick<Event, "target">} event */
function openField({ target }) {
  if (!(target instanceof HTMLInputElement) || !target.matches(NUMBER_FIELD)) return;
  lastValid.set(target, target.value);
  target.type = "text";
  target.inputMode = "numeric";
  target.setAttribute("role", "spinbutton");
  target.select();
  tellValue({ target });
}

/** A field that is one of text for now. @param {EventTarget | null} target @returns {target is HTMLInputElement} */
function isOpen(target) {
  return target instanceof HTMLInputElement && lastValid.has(target);
}

/** @param {Pick<Event, "target">} event */
function closeField({ target }) {
  if (!isOpen(target)) return;
  settle(target);
  target.type = "number";
  target.removeAttribute("role");
  target.removeAttribute("aria-valuenow");
}

/** @param {KeyboardEvent} event */
function settleByKey(event) {
  const { target, key } = event;
  if (!["Enter", " ", "ArrowUp", "ArrowDown"].includes(key)) return;
  unsay();
  if (!isOpen(target) || key === " ") return;
  const isValid = settle(target);
  if (key === "Enter") return;
  if (!isValid) event.stopImmediatePropagation(); // no step from a number that was not typed
  setTimeout(() => lastValid.set(target, target.value)); // after Streamlit's step
}

/** A text that is a number becomes its digits; any other gives way to the last number, and that is said. @param {HTMLInputElement} field */
function settle(field) {
  const text = field.value;
  const [low, high] = [Number(field.min), Number(field.max)];
  const value = wholeNumber(text);
  const isValid = low <= value && value <= high;
  const settled = isValid ? String(value) : (lastValid.get(field) ?? "");
  lastValid.set(field, settled);
  if (settled !== text) {
    type(field, settled);
  }
  if (!isValid) {
    say(
      field,
      `${field.ariaLabel}: expected a whole number from ${low} to ${high}, got ${
        quotedText(text)
      }. You see the last valid value, ${settled}.`,
    );
  }
  return isValid;
}

/** What was typed as a whole number, with any minus and either decimal mark, or NaN. @param {string} text */
export function wholeNumber(text) {
  const plain = text.trim().replace(/[‐‑–—−﹣-]/g, "-").replace(",", ".");
  const value = /^[+-]? ?([0-9]+\.?[0-9]*|\.[0-9]+)(e[+-]?[0-9]+)?$/i.test(plain)
    ? Number(plain.replace(" ", "")) + 0
    : NaN;
  return Number.isInteger(value) ? value : NaN;
}

/** @param {string} text */
function quotedText(text) {
  const characters = [...text.trim()];
  if (!characters.length) return "nothing";
  return characters.length > MOST_SHOWN
    ? `“${characters.slice(0, MOST_SHOWN).join("")}…”`
    : `“${characters.join("")}”`;
}

/** @param {HTMLInputElement} field @param {string} sentence */
function say(field, sentence) {
  // Called as Streamlit's own notices are, which are not part of a view.
  const attributes = { class: "bp-unread", role: "alert", "data-testid": "stAlert" };
  nearest(field, '[data-testid="stNumberInput"]')?.append(element("p", attributes, sentence));
}

/** A notice lasts until the next press, as those at the top do. */
function unsay() {
  for (const said of document.querySelectorAll(".bp-unread")) said.remove();
}

/** @param {Pick<Event, "target">} event */
function tellValue({ target }) {
  if (isOpen(target) && document.activeElement === target) {
    target.setAttribute("aria-valuenow", String(wholeNumber(target.value) || 0));
  }
}
