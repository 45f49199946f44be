/** What a component does inside Streamlit that moves by itself: it reports after a pause, and into the address. */
/** @import { Mounted, Moved, Parent } from "./types.d.ts" */
import { shelf } from "./library.js";

const PAUSE = 400; // ms without a move before the server and the address hear of it

/** A newer library's take the place of an older one's wherever these are worn. @param {Record<string, string>} texts */
export function readStyles(texts) {
  const { styles } = shelf();
  for (const [name, text] of Object.entries(texts)) (styles[name] ??= new CSSStyleSheet()).replaceSync(text);
}

/** In place of those that came first, since rules that stand twice are matched twice. @param {string[]} names of styles */
export function wearForFirst(names) {
  wear(document, names);
  for (const style of document.querySelectorAll("style[data-first]")) {
    if (style instanceof HTMLStyleElement && style.sheet) style.sheet.disabled = true;
  }
}

/** @param {Document | ShadowRoot} scope @param {string[]} names of styles */
function wear(scope, names) {
  const { styles } = shelf();
  scope.adoptedStyleSheets = [
    ...new Set([...scope.adoptedStyleSheets, ...names.map((name) => styles[name])]),
  ];
}

/**
 * Shows a component by one mount for each place that Streamlit puts it at; that of an older library goes.
 * @template Data @param {string} style its name @param {(parent: Parent, mount: Mount<Data>) => Moved<Data>} make
 */
export function mounted(style, make) {
  return (/** @type {Mounted<Data>} */ component) => {
    const { mounts } = shelf();
    const parent = component.parentElement;
    const before = mounts.get(parent);
    if (before instanceof Mount) return before.update(component);
    before?.remove();
    const mount = new Mount(parent, style, make);
    mounts.set(parent, mount);
    return mount.update(component);
  };
}

/** What is drawn at one place: data in; where the reader has moved it to out, after a pause. @template Data */
export class Mount {
  /** @type {Mounted<Data> | undefined} what Streamlit has called with last */ component;
  isConnected = false;
  pause = new Pause(() => this.tell());
  reports = 0;

  /** @param {Parent} parent @param {string} style @param {(parent: Parent, mount: Mount<Data>) => Moved<Data>} make */
  constructor(parent, style, make) {
    this.moved = make(parent, this);
    if (parent instanceof ShadowRoot) wear(parent, ["tokens", "draw", style]);
    else wear(document, [style]);
    this.write = () => this.moved.setInAddress();
    // A move just before Back or Forward would else be told of where they lead, and the reader stay.
    this.undo = () => {
      if (this.pause.isPending) this.moved.undo();
      this.pause.end();
    };
    // Who turns to the rest of the page may open a dialog, which a later report would close.
    this.leave = (/** @type {PointerEvent} */ event) => {
      if (this.pause.isPending && !event.composedPath().includes(this.moved.drawn.root)) this.tell();
    };
  }

  /** @param {Mounted<Data>} component @returns what is called when it is gone */
  update(component) {
    const { drawn } = this.moved;
    const isNew = this.component?.data !== component.data;
    this.component = component;
    if (isNew) this.moved.take(component.data);
    drawn.repaint?.();
    if (!this.isConnected) this.connect();
    return () => this.disconnect();
  }

  connect() {
    this.isConnected = true;
    this.moved.drawn.connect();
    document.addEventListener("bp-write-place", this.write);
    document.addEventListener("pointerdown", this.leave, true);
    addEventListener("popstate", this.undo);
  }

  disconnect() {
    this.isConnected = false;
    this.moved.drawn.disconnect();
    document.removeEventListener("bp-write-place", this.write);
    document.removeEventListener("pointerdown", this.leave, true);
    removeEventListener("popstate", this.undo);
  }

  remove() {
    if (this.isConnected) this.disconnect();
    this.moved.drawn.root.remove();
  }

  /** Now, to the address and to the server. */
  tell() {
    this.pause.end();
    this.moved.setInAddress();
    this.reports += 1; // the server may have moved on meanwhile, so the same can be news again
    this.component?.setStateValue(...this.moved.report(this.reports));
  }
}

/** A call that waits until nobody has asked for it for a while. */
class Pause {
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
 * @param {Record<string, number | string[] | undefined>} parameters all of each; undefined leaves it out
 */
export function setInAddress(parameters) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(parameters)) {
    address.searchParams.delete(name);
    for (const text of value === undefined ? [] : [value].flat()) {
      address.searchParams.append(name, String(text));
    }
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/** While it is, a server that has just begun has an old address: links.js. */
export function isReconnecting() {
  return "reconnecting" in document.documentElement.dataset;
}
