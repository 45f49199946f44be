/** What somebody has typed and not sent outlives its field, which a session on another server draws anew. */

const FIELD = "st-key-room_answer";
const DRAWN = 200; // ms in which a field is there that came with the same run

/** @typedef {HTMLInputElement | HTMLTextAreaElement} Field */
/** @type {{name: string, field: Field, text: string} | undefined} */
let typed;

/** @param {Event} event */
function note({ target }) {
  const field = /** @type {Field} */ (target);
  const box = field.closest?.(`[class*="${FIELD}"]`);
  const name = [...box?.classList ?? []].find((each) => each.startsWith(FIELD));
  if (name) typed = { name, field, text: field.value };
}

function putBack() {
  const found = typed && document.querySelector(`.${typed.name} :is(input, textarea)`);
  if (!typed || !found || found === typed.field) return;
  const field = /** @type {Field} */ (found);
  // React notices what its own setter has not set.
  Object.getOwnPropertyDescriptor(Object.getPrototypeOf(field), "value")?.set?.call(field, typed.text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** To be called after each run. */
export function keepTyped() {
  document.addEventListener("input", note);
  setTimeout(putBack, DRAWN);
}

export function endTyping() {
  document.removeEventListener("input", note);
}
