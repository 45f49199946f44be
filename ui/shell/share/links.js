/**
 * Links to copy: a field that selects itself, and a button. Without permission for the clipboard, or on a
 * plain http address, the text stays selected for the reader to copy.
 */
function row({ title, text, link }) {
  const label = document.createElement("label");
  const name = Object.assign(document.createElement("strong"), { textContent: title });
  const field = Object.assign(document.createElement("input"), { type: "text", readOnly: true, value: link });
  const button = Object.assign(document.createElement("button"), { type: "button", textContent: "Copy" });
  label.append(name, ` ${text}`, field);
  button.setAttribute("aria-label", `Copy: ${title}`);
  field.addEventListener("focus", () => field.select());
  button.addEventListener("click", async () => {
    const done = await copy(field);
    button.textContent = done ? "Copied" : "Press Ctrl+C";
    if (done) button.focus();
    setTimeout(() => { button.textContent = "Copy"; }, 3000);
  });
  const element = document.createElement("div");
  element.append(label, button);
  return element;
}

async function copy(field) {
  field.focus();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}

export default function ({ data, parentElement }) {
  const list = parentElement.querySelector("[data-part='links']");
  if (list.dataset.shown === JSON.stringify(data.links)) return;
  list.dataset.shown = JSON.stringify(data.links);
  list.replaceChildren(...data.links.map(row));
}
