/** @import { Mounted } from "../../draw/js/types.d.ts" */
import { element } from "../../draw/js/element.js";

/** @typedef {{title: string, text: string, link: string}} Link */

/**
 * Links to copy: a field that selects itself, and a button. Without permission for the clipboard, or on a
 * plain http address, the text stays selected for the reader to copy.
 * @param {Link} link
 */
function row({ title, text, link }) {
  const field = element("input", { type: "text", readonly: "", value: link });
  const label = element("label", {}, element("strong", {}, title), ` ${text}`, field);
  const button = element("button", { type: "button", "aria-label": `Copy: ${title}` }, "Copy");
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    const done = await copy(field);
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    if (done) button.focus();
    setTimeout(() => (button.textContent = "Copy"), 3000);
  });
  return element("div", {}, label, button);
}

/** @param {HTMLInputElement} field */
async function copy(field) {
  field.focus();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

/** @param {Mounted<{links: Link[]}>} component */
export default function ({ data, parentElement }) {
  const list = /** @type {HTMLElement} */ (parentElement.querySelector("[data-part='links']"));
  if (list.dataset.shown === JSON.stringify(data.links)) return;
  list.dataset.shown = JSON.stringify(data.links);
  list.replaceChildren(...data.links.map(row));
}
