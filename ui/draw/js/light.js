/**
 * Light: what belongs to the part that is pointed at, focused or clicked lights up in the whole scene.
 *
 * A part says what it belongs to, data-link="path:1 unit:2", and, where that is not the same, what it lights,
 * data-lights. A click pins the light until another, or Esc.
 */
import { all } from "./element.js";

export class Light {
  /** @type {string[]} */ pinned = [];
  /** @type {string[]} */ pointed = [];

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const point = (/** @type {Event} */ { target }) => this.point(linksOf(target));
    const leave = () => this.point([]);
    root.addEventListener("pointerover", point);
    root.addEventListener("pointerleave", leave);
    root.addEventListener("focusin", point);
    root.addEventListener("focusout", leave);
    root.addEventListener("click", ({ target }) => this.pin(linksOf(target)));
    root.addEventListener("keydown", ({ key }) => key === "Escape" && this.pin([]));
  }

  /** @param {string[]} links */
  point(links) {
    if (String(links) === String(this.pointed)) return;
    this.pointed = links;
    this.show();
  }

  /** A second click frees it. @param {string[]} links */
  pin(links) {
    this.pinned = String(links) === String(this.pinned) ? [] : links;
    if (!this.pinned.length) this.pointed = [];
    this.show();
  }

  /** Again, when parts were drawn anew. */
  show() {
    const lit = new Set(this.pointed.length ? this.pointed : this.pinned);
    this.root.classList.toggle("bp-in-light", lit.size > 0);
    for (const part of all(this.root, "[data-link]")) {
      part.classList.toggle("bp-lit", (part.dataset.link ?? "").split(" ").some((link) => lit.has(link)));
    }
  }
}

/** What the part here lights. @param {EventTarget | null} target @returns {string[]} */
function linksOf(target) {
  const part = target instanceof Element ? target.closest("[data-link], [data-lights]") : null;
  const links = part?.getAttribute("data-lights") ?? part?.getAttribute("data-link") ?? "";
  return links.split(" ").filter(Boolean);
}
