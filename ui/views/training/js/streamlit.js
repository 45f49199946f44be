/** The film inside Streamlit: data in, the epoch out after a pause and into the address. */
/** @import { Mounted, Parent } from "../../../draw/js/types.d.ts" */
import { isDark, isReconnecting, onePerParent, Pause, setInAddress } from "../../../draw/js/streamlit.js";
import { Film } from "./film.js";

/** @typedef {{payload: string, links: [string, string][], start: number | null}} Data */

/** @param {Mounted<Data>} component */
export default function ({ data, parentElement, setStateValue }) {
  const mount = mountOf(parentElement);
  mount.setStateValue = setStateValue;
  mount.take(data, isDark(parentElement));
  mount.connect();
  return () => mount.disconnect();
}

class Mount {
  /** @type {Mounted<Data>["setStateValue"]} */ setStateValue;
  /** @type {number | undefined} where the reader has moved it to */ epoch;
  /** @type {number | null | undefined} */ written;
  /** @type {number | null | undefined} */ start;
  /** @type {string} */ text;
  /** @type {boolean} */ dark;

  /** @param {Parent} parent */
  constructor(parent) {
    this.reports = 0;
    this.pause = new Pause(() => this.tell());
    this.film = new Film(parent, {
      onEpoch: (epoch) => {
        this.epoch = epoch;
        this.pause.begin();
      },
    });
    this.write = () => {
      if (this.epoch === undefined) return;
      this.written = this.epoch;
      setInAddress({ epoch: this.epoch });
    };
  }

  connect() {
    this.film.connect();
    document.addEventListener("bp-write-place", this.write);
  }

  disconnect() {
    this.film.disconnect();
    document.removeEventListener("bp-write-place", this.write);
  }

  /** @param {Data} data @param {boolean} dark */
  take(data, dark) {
    const { film } = this;
    const themeChanged = this.dark !== dark;
    this.dark = dark;
    film.root.classList.toggle("dark", dark);
    film.setLinks(data.links);
    if (this.text !== data.payload) {
      this.text = data.payload;
      film.setPayload(JSON.parse(data.payload));
    }
    if (themeChanged) film.regions.repaint();
    if (data.start !== null && this.start !== data.start) this.moveTo(data.start);
  }

  /** Where the address was already is no news: the reader may be further by now. @param {number} start */
  moveTo(start) {
    this.start = start;
    if (this.written !== start && !isReconnecting()) {
      this.film.show(start);
      this.epoch = undefined;
    }
    this.written = start;
  }

  tell() {
    if (this.epoch === undefined) return;
    this.write();
    this.reports += 1; // the server may have moved on meanwhile, so the same epoch can be news again
    this.setStateValue("epoch", [this.epoch, this.reports]);
  }
}

const mountOf = onePerParent((parent) => new Mount(parent));
