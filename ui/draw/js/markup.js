/**
 * HTML of a page, which changes in place where it has changed: what is focused, open or scrolled stays so.
 * Streamlit's own texts are read and drawn anew as a whole, 70 ms for the page Notation.
 */
/** @import { Mounted } from "./types.d.ts" */
import { element } from "./element.js";

const ACTIVE = "script, iframe, object, embed";

/** @type {WeakMap<HTMLElement, string>} the HTML of each root */
const shown = new WeakMap();

/** @param {Mounted<{html: string}>} component */
export function showMarkup({ data, parentElement }) {
  /** @type {HTMLElement | null} */
  let root = parentElement.querySelector(".bp-markup");
  if (!root) parentElement.append(root = element("div", { class: "bp-markup stMarkdown" })); // dressed as texts are
  if (shown.get(root) === data.html) return;
  shown.set(root, data.html);
  const template = document.createElement("template");
  template.innerHTML = data.html;
  withoutScripts(template.content);
  childrenBecome(root, template.content);
}

/** All is ours, with readers' names escaped; were one not, it would still do nothing. @param {DocumentFragment} content */
function withoutScripts(content) {
  for (const each of content.querySelectorAll(ACTIVE)) each.remove();
  for (const each of content.querySelectorAll("*")) {
    for (const { name, value } of [...each.attributes]) {
      if (name.startsWith("on") || /^\s*javascript:/i.test(value)) each.removeAttribute(name);
    }
  }
}

/** @param {Node} node @param {Node} wanted whose children it gets, changed as little as can be */
function childrenBecome(node, wanted) {
  const [here, there] = [[...node.childNodes], [...wanted.childNodes]];
  there.forEach((child, place) => {
    if (here[place]) become(here[place], child);
    else node.appendChild(child);
  });
  for (const child of here.slice(there.length)) node.removeChild(child);
}

/** @param {ChildNode} node @param {ChildNode} wanted */
function become(node, wanted) {
  if (node.nodeName !== wanted.nodeName) node.replaceWith(wanted);
  else if (node instanceof Element && wanted instanceof Element) {
    attributesBecome(node, wanted);
    childrenBecome(node, wanted);
  } else if (node.nodeValue !== wanted.nodeValue) node.nodeValue = wanted.nodeValue;
}

/** What the reader has opened stays open. @param {Element} node @param {Element} wanted */
function attributesBecome(node, wanted) {
  for (const { name, value } of wanted.attributes) {
    if (node.getAttribute(name) !== value) node.setAttribute(name, value);
  }
  for (const { name } of [...node.attributes]) {
    if (!wanted.hasAttribute(name) && name !== "open") node.removeAttribute(name);
  }
}
