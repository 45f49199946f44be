/** The stage as a file of its own: payload and questions are in the page; step, presenter mode and quiz in its fragment. */
import { Stage } from "./stage.js";

const address = () => new URLSearchParams(location.hash.slice(1));

function setInFragment(name, value) {
  const fragment = address();
  if (value) fragment.set(name, String(value));
  else fragment.delete(name);
  history.replaceState(null, "", `#${fragment}`);
}

const stage = new Stage(document.querySelector("main"), {
  onStep: (position) => setInFragment("step", position),
  onPresent: (present) => {
    document.documentElement.classList.toggle("bp-present", present);
    setInFragment("present", present ? 1 : 0);
  },
  onQuiz: (on) => setInFragment("quiz", on ? 1 : 0),
});

function followFragment() {
  const quiz = ["", "1"].includes(address().get("quiz")); // "#quiz" is easier to type than "#quiz=1"
  if (quiz !== stage.quiz.on) stage.setQuiz(quiz);
  stage.openAt(Number.parseInt(address().get("step"), 10) || 0);
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const followTheme = () => stage.root.classList.toggle("dark", dark.matches);

const read = (id) => JSON.parse(document.querySelector(id).textContent);
stage.setPayload(read("#payload"), read("#questions"));
followFragment();
followTheme();
if (address().get("present") === "1") stage.setPresent(true);
stage.connect();
window.addEventListener("hashchange", followFragment);
dark.addEventListener("change", followTheme);
