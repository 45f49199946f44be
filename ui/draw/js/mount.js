/** A scene inside Streamlit: data in; where its slider is out, after a pause or on release, and into the address. */
/** @import { Mounted, Parent } from "./types.d.ts" */
import { Page } from "./page.js";
import { isReconnecting, onePerParent, Pause, setInAddress } from "./streamlit.js";
import { readScene } from "./values.js";

/** @typedef {{scene: string, default: number, told: [value: number, news: number]}} Data */

/** @param {Mounted<Data>} component */
export default function ({ data, parentElement, setStateValue }) {
  const mount = mountOf(parentElement);
  mount.setStateValue = setStateValue;
  mount.take(data);
  mount.connect();
  return () => mount.disconnect();
}

class Mount {
  /** @type {Mounted<Data>["setStateValue"]} */ setStateValue;
  /** @type {string} the scene */ text;
  /** @type {string} what the server has told */ told;
  /** @type {number} where the slider is at rest */ default;
  /** @type {number} that the server and the address know of */ agreed;

  /** @param {Parent} parent */
  constructor(parent) {
    this.reports = 0;
    this.hasMoved = false; // since the server heard of it
    this.pause = new Pause(() => this.tell());
    this.page = new Page(parent, { onMove: () => this.wait(), onRelease: () => this.tell() });
    this.write = () => this.hasMoved && this.setInAddress();
    // Who turns to the rest of the page may choose there what a later report would undo.
    this.leave = (/** @type {PointerEvent} */ event) => {
      if (!event.composedPath().includes(this.page.root)) this.tell();
    };
  }

  connect() {
    document.addEventListener("bp-write-place", this.write);
    document.addEventListener("pointerdown", this.leave, true);
  }

  disconnect() {
    document.removeEventListener("bp-write-place", this.write);
    document.removeEventListener("pointerdown", this.leave, true);
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
    if (this.text !== data.scene) {
      this.text = data.scene;
      this.page.setScene(readScene(data.scene));
    }
    if (!isNews) return;
    this.pause.end();
    this.hasMoved = false;
    this.agreed = value;
    this.page.moveTo(value);
  }

  /** Nothing is told while a pointer holds the slider. */
  wait() {
    this.hasMoved = true;
    if (this.page.isHeld) this.pause.end();
    else this.pause.begin();
  }

  tell() {
    this.pause.end();
    if (!this.hasMoved) return;
    this.setInAddress();
    this.hasMoved = false;
    this.reports += 1; // the server may have moved on meanwhile, so the same place can be news again
    this.setStateValue("place", [this.page.scene.slider.key, this.agreed, this.reports]);
  }

  setInAddress() {
    this.agreed = this.page.value;
    setInAddress({ [this.page.scene.slider.key]: this.agreed === this.default ? undefined : this.agreed });
  }
}

const mountOf = onePerParent((parent) => new Mount(parent));
