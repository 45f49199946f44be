/** A scene inside Streamlit: where its slider is out after a pause or on release, and into the address. */
/** @import { Mount } from "./streamlit.js" */
/** @import { Parent, Written } from "./types.d.ts" */
import { Page } from "./page.js";
import { isReconnecting, setInAddress } from "./streamlit.js";
import { readScene } from "./values.js";

/** @typedef {{scene: Written, default: number, told: [value: number, news: number]}} Data */

export class SceneInPage {
  /** @type {Written} */ scene;
  /** @type {string} what the server has told */ told;
  /** @type {number} where the address does not name it */ default;
  /** @type {number} that the server and the address know of */ agreed;
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
    const [value, news] = data.told;
    const told = String(data.told);
    // Where the slider was already is no news: the reader may be further by now.
    const isOwn = isReconnecting() || news === 0 || value === this.agreed;
    const isNews = !this.told || (this.told !== told && !isOwn);
    this.told = told;
    this.default = data.default;
    if (this.scene !== data.scene) this.drawn.setScene(readScene(data.scene));
    this.scene = data.scene;
    if (!isNews) return;
    this.mount.pause.end();
    this.hasMoved = false;
    this.agreed = value;
    this.drawn.moveTo(value);
  }

  /** Nothing is told while a pointer holds the slider. */
  wait() {
    this.hasMoved = true;
    if (this.drawn.isHeld) this.mount.pause.end();
    else this.mount.pause.begin();
  }

  setInAddress() {
    if (!this.hasMoved) return;
    this.agreed = this.drawn.value;
    setInAddress({ [this.key]: this.agreed === this.default ? undefined : this.agreed });
  }

  /** @param {number} reports so far @returns {[string, unknown]} */
  report(reports) {
    this.hasMoved = false;
    return ["place", [this.key, this.agreed, reports]];
  }

  get key() {
    return this.drawn.scene.slider.key;
  }
}
