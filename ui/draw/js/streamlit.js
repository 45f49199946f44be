/** What a component does inside Streamlit that moves by itself: it reports after a pause, and into the address. */
/** @import { Parent } from "./types.d.ts" */

const PAUSE = 400; // ms without a move before the server and the address hear of it

/** One for each place that Streamlit draws a component at. @template Made @param {(parent: Parent) => Made} make */
export function onePerParent(make) {
  /** @type {WeakMap<Parent, Made>} */
  const mounted = new WeakMap();
  return (/** @type {Parent} */ parent) => {
    const mount = mounted.get(parent) ?? make(parent);
    mounted.set(parent, mount);
    return mount;
  };
}

/** A call that waits until nobody has asked for it for a while. */
export class Pause {
  /** @type {ReturnType<typeof setTimeout> | undefined} */ timer;

  /** @param {() => void} act */
  constructor(act) {
    this.act = act;
  }

  get isPending() {
    return this.timer !== undefined;
  }

  begin() {
    this.end();
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.act();
    }, PAUSE);
  }

  end() {
    clearTimeout(this.timer);
    this.timer = undefined;
  }
}

/**
 * Replaced, not pushed: the server would add a stop for the Back button when it hears of it.
 * @param {Record<string, number | undefined>} parameters undefined leaves it out
 */
export function setInAddress(parameters) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    if (value === undefined) address.searchParams.delete(name);
    else address.searchParams.set(name, String(value));
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/** While it is, a server that has just begun has an old address: links.js. */
export function isReconnecting() {
  return "reconnecting" in document.documentElement.dataset;
}

/** Whether Streamlit's theme is. @param {Parent} parent of the component */
export function isDark(parent) {
  const host = parent instanceof ShadowRoot ? parent.host : parent;
  const paper = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [red, green, blue] = paper.match(/[\da-f]{2}/gi)?.map((part) => parseInt(part, 16)) ??
    [255, 255, 255];
  return red + green + blue < 384;
}
