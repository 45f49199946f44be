/** The stage inside Streamlit: data in, the step out after a pause; step, presenter mode and quiz in the address. */
import { Stage } from "./stage.js";

const PAUSE = 400; // ms without a step before the server and the address hear of it

const mounted = new WeakMap();

export default function ({ data, parentElement, setStateValue, setTriggerValue }) {
  let mount = mounted.get(parentElement);
  if (!mount) {
    mount = {};
    mount.stage = new Stage(parentElement, { onStep: (position) => mount.report(position), onPresent: showAlone, onQuiz: (on) => mount.setQuiz(on) });
    mounted.set(parentElement, mount);
  }
  mount.report ??= afterPause((position) => {
    setInAddress("step", position);
    mount.setStateValue("step", position);
  });
  mount.setStateValue = setStateValue;
  mount.setQuiz = (on) => {
    setInAddress("quiz", on ? 1 : 0);
    if (on && !mount.questions) setTriggerValue("quiz", true); // only who is asked gets the questions
  };
  if (isInAddress("quiz") !== mount.stage.quiz.on) mount.stage.setQuiz(isInAddress("quiz"));
  mount.stage.root.classList.toggle("dark", isDark(parentElement));
  if (mount.text !== data.payload) {
    mount.text = data.payload;
    mount.questions = data.questions;
    mount.stage.setPayload(JSON.parse(data.payload), JSON.parse(data.questions || "null"));
  } else if (mount.questions !== data.questions) {
    mount.questions = data.questions;
    mount.stage.setQuestions(JSON.parse(data.questions || "null"));
  }
  if (mount.start !== data.start) {
    mount.start = data.start;
    mount.stage.openAt(data.start);
  }
  if (isInAddress("present")) mount.stage.setPresent(true);
  mount.stage.connect();
  return () => mount.stage.disconnect();
}

/** Presenter mode: ui/app.css hides everything but the stage. */
function showAlone(present) {
  document.documentElement.classList.toggle("bp-present", present);
  setInAddress("present", present ? 1 : 0);
}

function isInAddress(name) {
  return new URL(location.href).searchParams.get(name) === "1";
}

/** Replaced, not pushed: the server would add a stop for the Back button when it hears of the step. */
function setInAddress(name, value) {
  const address = new URL(location.href);
  if (value) address.searchParams.set(name, String(value));
  else address.searchParams.delete(name);
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

function afterPause(report) {
  let timer;
  return (position) => {
    clearTimeout(timer);
    timer = setTimeout(() => report(position), PAUSE);
  };
}

function isDark(parent) {
  const host = parent.host ?? parent;
  const paper = getComputedStyle(host).getPropertyValue("--st-background-color").trim();
  const [red, green, blue] = paper.match(/[\da-f]{2}/gi)?.map((part) => parseInt(part, 16)) ?? [255, 255, 255];
  return red + green + blue < 384;
}
