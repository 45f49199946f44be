/** A scene inside Streamlit: where its controls are is out after a pause or on release, and into the address. */
/** @import { Mount } from "./streamlit.js" */
/** @import { Parent, Written } from "./types.d.ts" */
import { Page } from "./page.js";
import { isReconnecting, setInAddress } from "./streamlit.js";
import { readScene } from "./values.js";

/** @typedef {string[][]} State what the address says of each parameter */
/** @typedef {{scene: Written, defaults: State, told: [state: State, news: number]}} Data */

export class SceneInPage {
  /** @type {Written} */ scene;
  /** @type {string} what the server has told */ told;
  /** @type {State} where the address does not name them */ defaults;
  /** @type {State} that the server and the address know of */ agreed;
  hasMoved = false; // since the server heard of it

  /** @param {Parent} parent @param {Mount<Data>} mount */
  constructor(parent, mount) {
    this.mount = mount;
    this.drawn = new Page(parent, {
      onMove: () => this.wait(),
      onRelease: () => this.hasMoved && mount.tell(),
    });
  }

  /** @param {Data} data */
  take(data) {
    const [state, news] = data.told;
    const told = String(data.told);
    // Where it was already is no news: the reader may be further by now.
    const isOwn = isReconnecting() || news === 0 || areAlike(state, this.agreed);
    const isNews = !this.told || (this.told !== told && !isOwn);
    this.told = told;
    this.defaults = data.defaults;
    if (this.scene !== data.scene) this.drawn.setScene(readScene(data.scene));
    this.scene = data.scene;
    if (!isNews) return;
    this.mount.pause.end();
    this.hasMoved = false;
    this.agreed = state;
    this.drawn.moveTo(state);
  }

  /** Nothing is told while a pointer holds the slider. */
  wait() {
    this.hasMoved = true;
    if (this.drawn.isHeld) this.mount.pause.end();
    else this.mount.pause.begin();
  }

  setInAddress() {
    if (!this.hasMoved) return;
    const { keys, state } = this.drawn;
    const texts = keys.map((
      key,
      index,
    ) => [key, areAlike([state[index]], [this.defaults[index]]) ? [] : state[index]]);
    this.agreed = state;
    setInAddress(Object.fromEntries(texts));
  }

  undo() {
    this.hasMoved = false;
    this.drawn.moveTo(this.agreed);
  }

  /** @param {number} reports so far @returns {[string, unknown]} */
  report(reports) {
    this.hasMoved = false;
    return ["place", [this.drawn.keys, this.agreed, reports]];
  }
}

/** Numbers are the same in any spelling. @param {State} one @param {State} other */
function areAlike(one, other) {
  const plain = (/** @type {string} */ text) => text && !isNaN(Number(text)) ? String(Number(text)) : text;
  const plainly = (/** @type {State} */ state) => JSON.stringify(state?.map((texts) => texts.map(plain)));
  return plainly(one) === plainly(other);
}
