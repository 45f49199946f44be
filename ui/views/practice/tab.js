/**
 * Keeps what the reader has done while the tab is open, and moves the focus. Storage that is blocked is as if
 * it were empty.
 */
const NAME = "backprop.practice";
const FORM = ".st-key-practice .stForm";
const PATIENCE = 1000;
const PAUSE = 150;
let seen = 0;
let handedOver = "";
let timer;

function kept() {
  try {
    return JSON.parse(sessionStorage.getItem(NAME));
  } catch {
    return null;
  }
}

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
 */
function exchange({ session, taken, records, typed }, setStateValue) {
  clearTimeout(timer);
  const found = kept();
  const isOthers = found?.session && found.session !== session && found.session !== taken;
  if (isOthers) {
    handedOver = found.session;
    timer = setTimeout(handOver, PAUSE, found, setStateValue);
    return;
  }
  if (found || records !== "[]") keep(session, records);
  if (handedOver && handedOver === taken) fillIn(typed);
  handedOver = "";
}

/** When nothing else is under way: what was held while the server was away goes first. */
function handOver(found, setStateValue) {
  const app = document.querySelector('[data-testid="stApp"]');
  const isFree = app.dataset.testScriptState === "notRunning" && !("reconnecting" in document.documentElement.dataset);
  if (isFree) setStateValue("kept", found);
  else timer = setTimeout(handOver, PAUSE, found, setStateValue);
}

/** A reload has emptied the answer, and the server cannot know whether the reader is typing already. */
function fillIn(typed) {
  const field = document.querySelector(`${FORM} input[type="text"]`);
  if (field && field.value === "" && field !== document.activeElement && typed) {
    Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, "value").set.call(field, typed);
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  if (document.querySelector(`${FORM} input[type="radio"]:checked`)) return;
  const labels = [...document.querySelectorAll(`${FORM} [role="radiogroup"] label`)];
  labels.find((label) => label.innerText.trim() === typed)?.click();
}

/**
 * After an answer or a new question, put the focus where the reader goes on. Streamlit draws the new parts a
 * moment later, so look for them for a second; leave a reader alone who has gone somewhere else meanwhile.
 */
function focusOn(selector, from, start) {
  const active = document.activeElement;
  if (active !== from && active !== document.body) return;
  const target = document.querySelector(selector);
  if (target && !target.disabled) target.focus({ preventScroll: false });
  else if (performance.now() - start < PATIENCE) requestAnimationFrame(() => focusOn(selector, from, start));
}

export default function ({ data, setStateValue }) {
  exchange(data, setStateValue);
  if (data.moves === seen) return;
  const isMove = data.moves > seen;
  seen = data.moves;
  if (isMove && data.selector) focusOn(data.selector, document.activeElement, performance.now());
}
