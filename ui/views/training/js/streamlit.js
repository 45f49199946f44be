/** The film inside Streamlit: data in, the epoch out after a pause and into the address. */
import { Film } from "./film.js";

const PAUSE = 400; // ms without a move before the server and the address hear of it

const mounted = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let mount = mounted.get(parentElement);
  if (!mount) {
    mount = { reports: 0 };
    mount.film = new Film(parentElement, { onEpoch: (epoch) => mount.move(epoch) });
    mount.move = (epoch) => {
      mount.epoch = epoch;
      mount.reportAfterPause();
    };
    mount.write = () => {
      if (mount.epoch === undefined) return; // not moved by the reader
      mount.written = mount.epoch;
      setInAddress(mount.epoch);
    };
    mount.reportAfterPause = afterPause(() => {
      if (mount.epoch === undefined) return;
      mount.write();
      mount.reports += 1; // the server may have moved on meanwhile, so the same epoch can be news again
      mount.setStateValue("epoch", [mount.epoch, mount.reports]);
    });
    mounted.set(parentElement, mount);
  }
  mount.setStateValue = setStateValue;
  const { film } = mount;
  const dark = isDark(parentElement);
  const themeChanged = mount.dark !== dark;
  mount.dark = dark;
  film.root.classList.toggle("dark", dark);
  film.setLinks(data.links);
  if (mount.text !== data.payload) {
    mount.text = data.payload;
    film.setPayload(JSON.parse(data.payload));
  }
  if (themeChanged) film.regions.repaint();
  if (data.start !== null && mount.start !== data.start) {
    mount.start = data.start;
    // Where the address was already is no news: the reader may be further by now.
    if (mount.written !== data.start && !("reconnecting" in document.documentElement.dataset)) {
      film.show(data.start);
      mount.epoch = undefined;
    }
    mount.written = data.start;
  }
  film.connect();
  document.addEventListener("bp-write-place", mount.write);
  return () => {
    film.disconnect();
    document.removeEventListener("bp-write-place", mount.write);
  };
}

/** Replaced, not pushed: the server would add a stop for the Back button when it hears of the epoch. */
function setInAddress(epoch) {
  const address = new URL(location.href);
  address.searchParams.set("epoch", String(epoch));
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

function afterPause(report) {
  let timer;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(report, PAUSE);
  };
}

function isDark(parent) {
  const host = parent.host ?? parent;
  const paper = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [red, green, blue] = paper.match(/[\da-f]{2}/gi)?.map((part) => parseInt(part, 16)) ?? [255, 255, 255];
  return red + green + blue < 384;
}
