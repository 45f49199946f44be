/** The stage inside Streamlit: data in; step, quiz and presenter mode out, into the address and to the server. */
import { Stage } from "./stage.js";

const PAUSE = 400; // ms without a step before the server and the address hear of it

const mounted = new WeakMap();

export default function ({ data, parentElement, setStateValue }) {
  let mount = mounted.get(parentElement);
  if (!mount) {
    mount = new Mount(parentElement);
    mounted.set(parentElement, mount);
  }
  mount.setStateValue = setStateValue;
  mount.take(data);
  mount.stage.root.classList.toggle("dark", isDark(parentElement));
  mount.connect();
  return () => mount.disconnect();
}

/** A place is where the stage is: its step, and whether it asks and is alone on the screen. */
class Mount {
  constructor(parent) {
    this.stage = new Stage(parent, {
      onStep: () => this.tellAfterPause(),
      onQuiz: () => this.tell(),
      onPresent: (present) => this.showAlone(present),
    });
    this.reports = 0;
    this.writePlace = () => this.setInAddress();
    // Who turns to the rest of the page may open a dialog, which a later report would close.
    this.leave = (event) => this.timer && !event.composedPath().includes(this.stage.root) && this.tell();
  }

  connect() {
    this.stage.connect();
    document.addEventListener("bp-write-place", this.writePlace);
    document.addEventListener("pointerdown", this.leave, true);
  }

  disconnect() {
    this.stage.disconnect();
    document.removeEventListener("bp-write-place", this.writePlace);
    document.removeEventListener("pointerdown", this.leave, true);
    // Called before every update too; only when it is gone is the stage not alone any more.
    setTimeout(() => this.stage.root.isConnected || document.documentElement.classList.remove("bp-present"));
  }

  take(data) {
    const { stage } = this;
    const place = JSON.parse(data.place);
    // A place that the stage had by itself is no news: the reader may be further by now.
    const isOwn = isReconnecting() || place.news === 0 || isSame(this.agreed, place);
    const isNews = !this.told || (this.told !== data.place && !isOwn);
    this.told = data.place;
    if (isNews && stage.quiz.on !== place.quiz) stage.setQuiz(place.quiz);
    if (this.text !== data.payload) {
      this.text = data.payload;
      this.questions = data.questions;
      stage.setPayload(JSON.parse(data.payload), JSON.parse(data.questions || "null"));
    } else if (this.questions !== data.questions) {
      this.questions = data.questions;
      stage.setQuestions(JSON.parse(data.questions || "null"));
    }
    if (!isNews) return;
    clearTimeout(this.timer);
    this.timer = undefined;
    this.agreed = place;
    stage.openAt(place.step);
    if (stage.state.present !== place.present) stage.setPresent(place.present);
  }

  get place() {
    const { state, quiz } = this.stage;
    return { step: state.position, quiz: quiz.on, present: state.present };
  }

  tellAfterPause() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.tell(), PAUSE);
  }

  tell() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.setInAddress();
    this.reports += 1; // the server may have moved on meanwhile, so the same place can be news again
    this.setStateValue("place", { ...this.agreed, reports: this.reports });
  }

  /** Replaced, not pushed: the server would add a stop for the Back button when it hears of the step. */
  setInAddress() {
    const address = new URL(location.href);
    this.agreed = this.place;
    for (const [name, value] of Object.entries(this.agreed)) {
      if (value) address.searchParams.set(name, String(Number(value)));
      else address.searchParams.delete(name);
    }
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  /** Presenter mode: ui/app.css hides everything but the stage. */
  showAlone(present) {
    document.documentElement.classList.toggle("bp-present", present);
    if (present !== this.agreed.present) this.tell();
  }
}

/** While it is, a server that has just begun has an old address: links.js. */
function isReconnecting() {
  return "reconnecting" in document.documentElement.dataset;
}

function isSame(one, other) {
  return one && Object.keys(other).every((name) => name === "news" || one[name] === other[name]);
}

function isDark(parent) {
  const host = parent.host ?? parent;
  const paper = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [red, green, blue] = paper.match(/[\da-f]{2}/gi)?.map((part) => parseInt(part, 16)) ?? [255, 255, 255];
  return red + green + blue < 384;
}
