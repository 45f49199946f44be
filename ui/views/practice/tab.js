/**
 * Keeps what the reader has done while the tab is open, and moves the focus. Storage that is blocked is as if
 * it were empty.
 *
 * @import { Mounted } from "../../draw/js/types.d.ts"
 */
import { type } from "../../draw/js/element.js";

/** @typedef {{session: string, taken: string, records: string, typed: string, moves: number, selector: string}} Data */
/** @typedef {Mounted<Data>["setStateValue"]} Tell */
/** @typedef {{session?: string, records?: string} | null} Kept */

const NAME = "backprop.practice";
const FORM = ".st-key-practice .stForm";
const PATIENCE = 1000;
const PAUSE = 150;
let seen = 0;
let handedOver = "";
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;

/** @returns {Kept} */
function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} session @param {string} records */
function keep(session, records) {
  try {
    sessionStorage.setItem(NAME, JSON.stringify({ session, records }));
  } catch {
    // The session has it all the same.
  }
}

/**
 * What another session has left is handed over, and stays here until this one says that it has it: an answer
 * may come first, and a message may get lost. After a pause, in ms: of two messages at once, such as this one
 * and an answer that waited for the server to come back (links.js), Streamlit 1.67 forgets the first.
 * @param {Data} data @param {Tell} setStateValue
 */
function exchange({ session, taken, records, typed }, setStateValue) {
  clearTimeout(timer);
  const found = kept();
  if (found?.session && found.session !== session && found.session !== taken) {
    handedOver = found.session;
    timer = setTimeout(handOver, PAUSE, found, setStateValue);
    return;
  }
  if (found || records !== "[]") keep(session, records);
  if (handedOver && handedOver === taken) fillIn(typed);
  handedOver = "";
}

/**
 * When nothing else is under way: what was held while the server was away goes first.
 * @param {Kept} found @param {Tell} setStateValue
 */
function handOver(found, setStateValue) {
  /** @type {HTMLElement | null} */
  const app = document.querySelector('[data-testid="stApp"]');
  const isFree = app?.dataset.testScriptState === "notRunning" &&
    !("reconnecting" in document.documentElement.dataset);
  if (isFree) setStateValue("kept", found);
  else timer = setTimeout(handOver, PAUSE, found, setStateValue);
}

/** A reload has emptied the answer, and the server cannot know whether the reader is typing already. @param {string} typed */
function fillIn(typed) {
  /** @type {HTMLInputElement | null} */
  const field = document.querySelector(`${FORM} input[type="text"]`);
  if (field && field.value === "" && field !== document.activeElement && typed) type(field, typed);
  if (document.querySelector(`${FORM} input[type="radio"]:checked`)) return;
  /** @type {NodeListOf<HTMLElement>} */
  const labels = document.querySelectorAll(`${FORM} [role="radiogroup"] label`);
  [...labels].find((label) => label.innerText.trim() === typed)?.click();
}

/**
 * After an answer or a new question, put the focus where the reader goes on. Streamlit draws the new parts a
 * moment later, so look for them for a second; leave a reader alone who has gone somewhere else meanwhile.
 * @param {string} selector @param {Element | null} from @param {number} start
 */
function focusOn(selector, from, start) {
  const active = document.activeElement;
  if (active !== from && active !== document.body) return;
  /** @type {HTMLButtonElement | HTMLInputElement | null} */
  const target = document.querySelector(selector);
  if (target && !target.disabled) target.focus({ preventScroll: false });
  else if (performance.now() - start < PATIENCE) requestAnimationFrame(() => focusOn(selector, from, start));
}

/** @param {Mounted<Data>} component */
export default function ({ data, setStateValue }) {
  exchange(data, setStateValue);
  if (data.moves === seen) return;
  const isMove = data.moves > seen;
  seen = data.moves;
  if (isMove && data.selector) focusOn(data.selector, document.activeElement, performance.now());
}
