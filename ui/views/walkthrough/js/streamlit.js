/** The stage inside Streamlit: data in; step, quiz and presenter mode out, into the address and to the server. */
/** @import { Mount } from "../../../draw/js/streamlit.js" */
/** @import { Parent, Payload, Questions } from "../../../draw/js/types.d.ts" */
import { isReconnecting, setInAddress } from "../../../draw/js/streamlit.js";
import { Stage } from "./stage.js";

/** @typedef {{step: number, quiz: boolean, present: boolean, news?: number}} Place where the stage is: its step, and whether it asks and is alone on the screen */
/** @typedef {{payload: Payload, questions: Questions, place: Place, toClass: {text: string, href: string}}} Data */

export class StageInPage {
  /** @type {Place} that the server and the address know of */ agreed;
  /** @type {Place} the server has told */ told;
  /** @type {Payload} */ payload;
  /** @type {Questions} */ questions;

  /** @param {Parent} parent @param {Mount<Data>} mount */
  constructor(parent, mount) {
    this.mount = mount;
    this.drawn = new Stage(parent, {
      onStep: () => mount.pause.begin(),
      onQuiz: () => mount.tell(),
      onPresent: (present) => this.showAlone(present),
    });
  }

  /** @param {Data} data */
  take({ payload, questions, place, toClass }) {
    const stage = this.drawn;
    stage.quiz.setClass(toClass);
    // A place that the stage had by itself is no news: the reader may be further by now.
    const isOwn = isReconnecting() || place.news === 0 || (this.agreed && isSame(this.agreed, place));
    const isNews = !this.told || (this.told !== place && !isOwn);
    this.told = place;
    if (isNews && stage.quiz.on !== place.quiz) stage.setQuiz(place.quiz);
    if (this.payload !== payload) stage.setPayload(payload, questions);
    else if (this.questions !== questions) stage.setQuestions(questions);
    this.payload = payload;
    this.questions = questions;
    if (!isNews) return;
    this.mount.pause.end();
    this.agreed = place;
    stage.openAt(place.step);
    if (stage.state.present !== place.present) stage.setPresent(place.present);
  }

  get place() {
    const { state, quiz } = this.drawn;
    return { step: state.position, quiz: quiz.on, present: state.present };
  }

  setInAddress() {
    this.agreed = this.place;
    const { step, quiz, present } = this.agreed;
    setInAddress({ step: step || undefined, quiz: quiz ? 1 : undefined, present: present ? 1 : undefined });
  }

  undo() {
    this.drawn.openAt(this.agreed.step);
  }

  /** @param {number} reports so far @returns {[string, unknown]} */
  report(reports) {
    return ["place", { ...this.agreed, reports }];
  }

  /** Presenter mode: ui/shell/app.css hides everything but the stage. @param {boolean} present */
  showAlone(present) {
    document.documentElement.classList.toggle("bp-present", present);
    if (present !== this.agreed.present) this.mount.tell();
  }
}

/** @param {Place} one @param {Place} other */
function isSame(one, other) {
  return one.step === other.step && one.quiz === other.quiz && one.present === other.present;
}
