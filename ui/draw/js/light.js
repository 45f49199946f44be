/**
 * Light: what belongs to the part that is pointed at, focused or clicked lights up in the whole scene.
 *
 * A part says what it belongs to, data-link="path:1 unit:2", and, where that is not the same, what it lights,
 * data-lights. A click that chooses or switches nothing pins the light until another, or Esc.
 */
import { all, nearest } from "./element.js";

export class Light {
  /** @type {string[]} */ pinned = [];
  /** @type {EventTarget | null} what is pointed at: what it lights may follow a choice */ pointed = null;

  /** @param {HTMLElement} root */
  constructor(root) {
    this.root = root;
    const point = (/** @type {Event} */ { target }) => this.point(target);
    const leave = () => this.point(null);
    onPoint(root, point);
    root.addEventListener("pointerleave", leave);
    // A click focuses what is around the part, too: that lights nothing, and takes no light away.
    root.addEventListener("focusin", (event) => linksOf(event.target).length && point(event));
    root.addEventListener("focusout", ({ target }) => target === this.pointed && leave());
    root.addEventListener("click", ({ target }) => {
      if (!nearest(target, "[data-switch], [data-option]")) this.pin(linksOf(target));
    });
    root.addEventListener("keydown", ({ key }) => key === "Escape" && this.pin([]));
  }

  /** @param {EventTarget | null} target */
  point(target) {
    const before = String(linksOf(this.pointed));
    this.pointed = target;
    if (String(linksOf(target)) !== before) this.show();
  }

  /** A second click frees it. @param {string[]} links */
  pin(links) {
    this.pinned = String(links) === String(this.pinned) ? [] : links;
    if (!this.pinned.length) this.pointed = null;
    this.show();
  }

  /** Again, when parts were drawn anew. */
  show() {
    const pointed = linksOf(this.pointed);
    const lit = new Set(pointed.length ? pointed : this.pinned);
    this.root.classList.toggle("bp-in-light", lit.size > 0);
    lightUp(this.root, lit);
  }
}

/** Light every part that belongs to one of these, and no other. @param {HTMLElement} root @param {Set<string>} lit */
export function lightUp(root, lit) {
  for (const part of all(root, "[data-link]")) {
    part.classList.toggle("bp-lit", (part.dataset.link ?? "").split(" ").some((link) => lit.has(link)));
  }
}

/** What the part here lights. @param {EventTarget | null} target @returns {string[]} */
function linksOf(target) {
  const part = target instanceof Element ? target.closest("[data-link], [data-lights]") : null;
  const links = part?.getAttribute("data-lights") ?? part?.getAttribute("data-link") ?? "";
  return links.split(" ").filter(Boolean);
}

/** Acts where a pointer comes to a part; not where a part comes to a pointer that rests, as a key has moved it. @param {HTMLElement} root @param {(event: PointerEvent) => void} act */
export function onPoint(root, act) {
  let at = "";
  const placeOf = (/** @type {PointerEvent} */ { clientX, clientY }) => `${clientX} ${clientY}`;
  root.addEventListener("pointermove", (event) => at = placeOf(event));
  root.addEventListener("pointerover", (event) => placeOf(event) !== at && act(event));
}
