/**
 * Light: what belongs to the part that is pointed at, focused or clicked lights up in all scenes of the page.
 *
 * A part says what it belongs to, data-link="path:1 unit:2", and, where that is not the same, what it lights,
 * data-lights. A click that chooses or switches nothing pins the light until another, or Esc.
 */
import { markAll, nearest } from "./element.js";

/** @type {{pinned: string[], pointed: EventTarget | null}} what is pointed at: what it lights may follow a choice */
const source = { pinned: [], pointed: null };
/** @type {Set<Light>} of the scenes on the page */
const lights = new Set();

export class Light {
  /** @param {HTMLElement} root @param {(lit: string[]) => void} [tell] of what is in light */
  constructor(root, tell = () => undefined) {
    this.root = root;
    this.tell = tell;
    const point = (/** @type {Event} */ { target }) => this.point(target);
    const leave = () => this.point(null);
    onPoint(root, point);
    root.addEventListener("pointerleave", leave);
    // A click focuses what is around the part, too: that lights nothing, and takes no light away.
    root.addEventListener("focusin", (event) => linksOf(event.target).length && point(event));
    root.addEventListener("focusout", ({ target }) => target === source.pointed && leave());
    root.addEventListener("click", ({ target }) => {
      if (!nearest(target, "[data-switch], [data-option], [data-way]")) this.pin(linksOf(target));
    });
    root.addEventListener("keydown", ({ key }) => key === "Escape" && this.pin([]));
  }

  connect() {
    lights.add(this);
  }

  disconnect() {
    lights.delete(this);
    if (!lights.size) Object.assign(source, { pinned: [], pointed: null }); // of a page that is gone
  }

  /** @param {EventTarget | null} target */
  point(target) {
    const before = String(linksOf(source.pointed));
    source.pointed = target;
    if (String(linksOf(target)) !== before) this.showAll();
  }

  /** A second click frees it. @param {string[]} links */
  pin(links) {
    source.pinned = String(links) === String(source.pinned) ? [] : links;
    if (!source.pinned.length) source.pointed = null;
    this.showAll();
  }

  showAll() {
    for (const light of new Set([this, ...lights])) light.show();
  }

  /** Again, when parts were drawn anew. */
  show() {
    const pointed = linksOf(source.pointed);
    const lit = pointed.length ? pointed : source.pinned;
    const isAny = lightUp(this.root, new Set(lit));
    this.tell(lit);
    this.root.classList.toggle("bp-in-light", isAny);
    markAll(this.root, "bp-dim", isAny ? "[data-link]:not(.bp-lit)" : "");
  }
}

/** Light every part that belongs to one of these, and no other. @param {HTMLElement} root @param {Set<string>} lit @returns whether there is any */
export function lightUp(root, lit) {
  return markAll(root, "bp-lit", [...lit].map((link) => `[data-link~="${link}"]`).join(", "));
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
