/** The stage as a file of its own: payload and questions are in the page; step, presenter mode and quiz in its fragment. */
import { Stage } from "./stage.js";

const address = () => new URLSearchParams(location.hash.slice(1));

/** @param {string} name @param {string | number} value */
function setInFragment(name, value) {
  const fragment = address();
  if (value) fragment.set(name, String(value));
  else fragment.delete(name);
  history.replaceState(null, "", `#${fragment}`);
}

const stage = new Stage(document.querySelector("main") ?? document.body, {
  onStep: (position) => setInFragment("step", position),
  onPresent: (present) => {
    document.documentElement.classList.toggle("bp-present", present);
    setInFragment("present", present ? 1 : 0);
  },
  onQuiz: (on) => setInFragment("quiz", on ? 1 : 0),
});

const isInFragment = (/** @type {string} */ name) => ["", "1"].includes(address().get(name) ?? "0"); // "#quiz" is easier to type than "#quiz=1"

/** Show what the fragment says, at first and whenever it is changed by hand or by a link. */
function followFragment() {
  const [quiz, present] = ["quiz", "present"].map(isInFragment);
  const step = stage.clamp(Number.parseInt(address().get("step") ?? "", 10) || 0);
  const isNew = quiz !== stage.quiz.on || step !== stage.state.position;
  if (quiz !== stage.quiz.on) stage.setQuiz(quiz);
  if (present !== stage.state.present) stage.setPresent(present);
  if (isNew) stage.openAt(step);
}

const read = (/** @type {string} */ id) => JSON.parse(document.querySelector(id)?.textContent ?? "null");
stage.setPayload(read("#payload"), read("#questions"));
followFragment();
stage.connect();
window.addEventListener("hashchange", followFragment);
