/** The film inside Streamlit: data in, the epoch out after a pause and into the address. */
/** @import { Mount } from "../../../draw/js/streamlit.js" */
/** @import { Film as Payload, Parent } from "../../../draw/js/types.d.ts" */
import { isReconnecting, setInAddress } from "../../../draw/js/streamlit.js";
import { Film } from "./film.js";

/** @typedef {{payload: Payload, links: [string, string][], start: number | null}} Data */

export class FilmInPage {
  /** @type {number | undefined} where the reader has moved it to */ epoch;
  /** @type {number | null | undefined} */ written;
  /** @type {number | null | undefined} */ start;
  /** @type {Payload} */ payload;

  /** @param {Parent} parent @param {Mount<Data>} mount */
  constructor(parent, mount) {
    this.mount = mount;
    this.drawn = new Film(parent, {
      onEpoch: (epoch) => {
        this.epoch = epoch;
        mount.pause.begin();
      },
    });
  }

  /** @param {Data} data */
  take({ payload, links, start }) {
    this.drawn.setLinks(links);
    if (this.payload !== payload) this.drawn.setPayload(payload);
    this.payload = payload;
    if (start !== null && this.start !== start) this.moveTo(start);
  }

  /** Where the address was already is no news: the reader may be further by now. @param {number} start */
  moveTo(start) {
    this.start = start;
    if (this.written !== start && !isReconnecting()) {
      this.drawn.show(start);
      this.epoch = undefined;
      this.mount.pause.end();
    }
    this.written = start;
  }

  setInAddress() {
    if (this.epoch === undefined) return;
    this.written = this.epoch;
    setInAddress({ epoch: this.epoch });
  }

  undo() {
    this.epoch = undefined;
    this.drawn.show(this.written ?? this.start ?? 0);
  }

  /** @param {number} reports so far @returns {[string, unknown]} */
  report(reports) {
    return ["epoch", [this.epoch, reports]];
  }
}
