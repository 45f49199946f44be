/** The stage as a file of its own: the payload is in the page, the step and presenter mode in its fragment. */
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
});

function followFragment() {
  stage.show(Number.parseInt(address().get("step"), 10) || 0);
}

const dark = matchMedia("(prefers-color-scheme: dark)");
const followTheme = () => stage.root.classList.toggle("dark", dark.matches);

stage.setPayload(JSON.parse(document.querySelector("#payload").textContent));
followFragment();
followTheme();
if (address().get("present") === "1") stage.setPresent(true);
stage.connect();
window.addEventListener("hashchange", followFragment);
dark.addEventListener("change", followTheme);
