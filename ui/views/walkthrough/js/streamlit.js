/** The stage inside Streamlit: data in; step, quiz and presenter mode out, into the address and to the server. */
/** @import { Mounted, Parent, Questions } from "../../../draw/js/types.d.ts" */
import { isDark, isReconnecting, onePerParent, Pause, setInAddress } from "../../../draw/js/streamlit.js";
import { Stage } from "./stage.js";

/** @typedef {{step: number, quiz: boolean, present: boolean, news?: number}} Place where the stage is */
/** @typedef {{payload: string, questions: string, place: string}} Data as JSON */

/** @param {Mounted<Data>} component */
export default function ({ data, parentElement, setStateValue }) {
  const mount = mountOf(parentElement);
  mount.setStateValue = setStateValue;
  mount.take(data);
  mount.stage.root.classList.toggle("dark", isDark(parentElement));
  mount.connect();
  return () => mount.disconnect();
}

/** A place is where the stage is: its step, and whether it asks and is alone on the screen. */
class Mount {
  /** @type {Mounted<Data>["setStateValue"]} */ setStateValue;
  /** @type {Place} that the server and the address know of */ agreed;
  /** @type {string} the place the server has told */ told;
  /** @type {string} the payload */ text;
  /** @type {string} */ questions;

  /** @param {Parent} parent */
  constructor(parent) {
    this.pause = new Pause(() => this.tell());
    this.stage = new Stage(parent, {
      onStep: () => this.pause.begin(),
      onQuiz: () => this.tell(),
      onPresent: (present) => this.showAlone(present),
    });
    this.reports = 0;
    this.writePlace = () => this.setInAddress();
    // Who turns to the rest of the page may open a dialog, which a later report would close.
    this.leave = (/** @type {PointerEvent} */ event) => {
      if (this.pause.isPending && !event.composedPath().includes(this.stage.root)) this.tell();
    };
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

  /** @param {Data} data */
  take(data) {
    const { stage } = this;
    /** @type {Place} */
    const place = JSON.parse(data.place);
    // A place that the stage had by itself is no news: the reader may be further by now.
    const isOwn = isReconnecting() || place.news === 0 || (this.agreed && isSame(this.agreed, place));
    const isNews = !this.told || (this.told !== data.place && !isOwn);
    this.told = data.place;
    if (isNews && stage.quiz.on !== place.quiz) stage.setQuiz(place.quiz);
    if (this.text !== data.payload) {
      this.text = data.payload;
      this.questions = data.questions;
      stage.setPayload(JSON.parse(data.payload), read(data.questions));
    } else if (this.questions !== data.questions) {
      this.questions = data.questions;
      stage.setQuestions(read(data.questions));
    }
    if (!isNews) return;
    this.pause.end();
    this.agreed = place;
    stage.openAt(place.step);
    if (stage.state.present !== place.present) stage.setPresent(place.present);
  }

  get place() {
    const { state, quiz } = this.stage;
    return { step: state.position, quiz: quiz.on, present: state.present };
  }

  tell() {
    this.pause.end();
    this.setInAddress();
    this.reports += 1; // the server may have moved on meanwhile, so the same place can be news again
    this.setStateValue("place", { ...this.agreed, reports: this.reports });
  }

  setInAddress() {
    this.agreed = this.place;
    const { step, quiz, present } = this.agreed;
    setInAddress({ step: step || undefined, quiz: quiz ? 1 : undefined, present: present ? 1 : undefined });
  }

  /** Presenter mode: ui/shell/app.css hides everything but the stage. @param {boolean} present */
  showAlone(present) {
    document.documentElement.classList.toggle("bp-present", present);
    if (present !== this.agreed.present) this.tell();
  }
}

const mountOf = onePerParent((parent) => new Mount(parent));

/** @param {Place} one @param {Place} other */
function isSame(one, other) {
  return one.step === other.step && one.quiz === other.quiz && one.present === other.present;
}

/** @param {string} text @returns {Questions} none where there is no text */
function read(text) {
  return JSON.parse(text || "null");
}
