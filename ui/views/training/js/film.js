/**
 * The film: the epochs of a training, drawn at the one the slider is at. State is the payload and the epoch;
 * an event changes the epoch, the next frame paints it.
 */
/** @import { Film as Payload, Parent } from "../../../draw/js/types.d.ts" */
import { element, nearest } from "../../../draw/js/element.js";
import { Chart } from "../../../draw/js/chart.js";
import { AnswerTable, Confusion, Weights } from "./matrices.js";
import { Regions } from "../../../draw/js/regions.js";
import { decodeFloats } from "../../../draw/js/series.js";
import {
  ANSWER_COLOURS,
  CONFUSION_COLOURS,
  layersText,
  lowestText,
  sentenceOf,
  sentenceOfAnswers,
} from "./texts.js";

const LONGEST = 8000; // ms that playing takes
const SLOWEST = 120; // ms an epoch
const WIDGETS =
  "input, textarea, select, button, [contenteditable], [role=slider], [role=combobox], [role=listbox], [role=spinbutton], [role=tab]";
const CURVE = 132; // px
const NORMS = 150; // px

export class Film {
  /** @type {Payload} */ payload;
  /** @type {Record<string, Float64Array>} */ series;
  /** @type {Chart[]} */ charts = [];
  /** @type {string[]} of the links, without an epoch */ addresses = [];
  /** @type {number | undefined} the next frame, which paints */ frame;
  /** @type {number | undefined} the next frame, which goes on */ playing;
  epoch = 0;

  play = element("button", { class: "play", type: "button" });
  slider = element("input", {
    class: "slider",
    type: "range",
    min: 0,
    max: 0,
    step: 1,
    value: 0,
    "aria-label": "Epoch",
  });
  count = element("span", { class: "count" });
  say = element("p", { class: "say" });
  links = element("div", { class: "links" });
  curves = element("div", { class: "curves" });
  lowest = element("p", { class: "lowest" });
  held = element("p", { class: "held" });
  norms = element("div", { class: "norms" });
  colours = element("p", { class: "colours" });
  regions = new Regions();
  confusions = { test: new Confusion("test"), training: new Confusion("training") };
  answers = new AnswerTable();
  tables = element("p", { class: "held" });
  seen = element("div", { class: "panel" });
  weights = new Weights();
  root = element("section", { class: "film", "data-testid": "film", "aria-label": "Epochs of the training" });

  /** @param {Parent} parent @param {{onEpoch: (epoch: number) => void}} host */
  constructor(parent, host) {
    this.host = host;
    const { test, training } = this.confusions;
    this.seen.append(this.regions.figure, this.held);
    const panels = element(
      "div",
      { class: "panels" },
      element("div", { class: "panel" }, this.curves, this.lowest),
      this.seen,
      element("div", { class: "panel" }, test.figure, training.figure, this.answers.figure, this.tables),
    );
    const heading = element("h2", {}, "What changes inside: the layers");
    this.root.append(
      element("div", { class: "bar" }, this.play, this.slider, this.count),
      element("div", { class: "head" }, this.say, this.links),
      panels,
      element("div", { class: "layers" }, heading, this.norms, this.weights.box, this.colours),
    );
    parent.append(this.root);
    this.showPlaying();
    this.slider.addEventListener("input", () => this.goTo(Number(this.slider.value)));
    this.play.addEventListener("click", () => (this.playing ? this.rest() : this.run()));
    this.onKey = (/** @type {KeyboardEvent} */ event) => this.pressKey(event);
    this.resized = new ResizeObserver(() => this.payload && this.layOut());
  }

  connect() {
    document.addEventListener("keydown", this.onKey);
    this.resized.observe(this.root);
  }

  disconnect() {
    this.rest();
    document.removeEventListener("keydown", this.onKey);
    this.resized.disconnect();
  }

  // --- data -----------------------------------------------------------------------------------------

  /** @param {Payload} payload */
  setPayload(payload) {
    this.rest();
    this.payload = payload;
    this.series = Object.fromEntries(
      Object.entries(payload.series).map(([name, text]) => [name, decodeFloats(text)]),
    );
    this.root.dataset.epochs = String(payload.epochs);
    this.root.classList.toggle("untrained", payload.epochs === 0);
    this.slider.max = String(payload.epochs);
    this.slider.disabled = this.play.disabled = payload.epochs === 0;
    this.buildCharts(Object.keys(this.series).filter((name) => name.startsWith("weight_norm")).length);
    for (const part of this.parts) part.setData(payload);
    this.seen.hidden = !payload.plane;
    this.held.textContent = payload.plane?.sentence ?? "";
    this.tables.textContent = payload.answers ? ANSWER_COLOURS : CONFUSION_COLOURS;
    this.lowest.textContent = payload.sets.test ? lowestText(this.series.test_cost) : "";
    this.colours.textContent = layersText(payload);
    this.layOut();
    this.show(this.epoch);
  }

  /** What is drawn at an epoch, but for the charts. */
  get parts() {
    return [this.regions, this.confusions.test, this.confusions.training, this.answers, this.weights];
  }

  /** @param {number} layers */
  buildCharts(layers) {
    const pick = (/** @type {number} */ epoch) => this.goTo(epoch);
    const { training, test } = this.payload.sets;
    const both = (/** @type {string} */ what) =>
      test
        ? [{ name: `training_${what}`, label: "training" }, { name: `test_${what}`, label: "test" }]
        : [{ name: `training_${what}`, label: training > 1 ? `mean of ${training}` : "" }];
    const each = (/** @type {string} */ what) =>
      Array.from(
        { length: layers },
        (_, index) => ({ name: `${what}_${index + 1}`, label: `layer ${index + 1}` }),
      );
    const cost = new Chart({ title: "Cost", height: CURVE, lines: both("cost") }, pick);
    const accuracy = new Chart({
      title: "Accuracy",
      height: CURVE,
      lines: both("accuracy"),
      ends: [0, 1],
      asShare: true,
    }, pick);
    const gradients = new Chart(
      { title: "Gradients ‖dC/dW‖", height: NORMS, lines: each("gradient_norm") },
      pick,
    );
    const weights = new Chart({ title: "Weights ‖W‖", height: NORMS, lines: each("weight_norm") }, pick);
    const shares = this.series.training_accuracy ? [accuracy] : [];
    this.charts = [cost, ...shares, gradients, weights];
    for (const chart of this.charts) chart.setData(this.series, this.payload.epochs);
    this.curves.replaceChildren(...[cost, ...shares].map(({ figure }) => figure));
    this.norms.replaceChildren(gradients.figure, weights.figure);
  }

  /** @param {[string, string][]} links labels and addresses without an epoch */
  setLinks(links) {
    this.addresses = links.map(([, href]) => href);
    this.links.replaceChildren(
      ...links.map(([label]) =>
        element("a", { "data-app-link": "", target: "_self", class: "button" }, label)
      ),
    );
    if (this.payload) this.point();
  }

  repaint() {
    this.regions.repaint();
  }

  // --- the epoch ------------------------------------------------------------------------------------

  /** Go to an epoch because the reader asked for it. @param {number} epoch */
  goTo(epoch) {
    const target = this.clamp(epoch);
    if (target === this.epoch) return;
    this.show(target);
    this.host.onEpoch(target);
  }

  /** Go to an epoch without telling the host. @param {number} epoch */
  show(epoch) {
    this.epoch = this.clamp(epoch);
    this.root.dataset.epoch = String(this.epoch);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.render();
    });
  }

  /** @param {number} epoch */
  clamp(epoch) {
    return Math.max(0, Math.min(this.payload.epochs, epoch));
  }

  render() {
    const { epoch, payload } = this;
    this.slider.value = String(epoch);
    this.slider.style.setProperty("--done", `${(100 * epoch) / Math.max(1, payload.epochs)}%`);
    this.count.textContent = payload.epochs ? `epoch ${epoch} of ${payload.epochs}` : "untrained";
    for (const part of [...this.charts, ...this.parts]) part.show(epoch);
    this.say.textContent = this.sentence(epoch);
    this.slider.setAttribute("aria-valuetext", `Epoch ${epoch}. ${this.say.textContent}`);
    this.point();
  }

  /** @param {number} epoch */
  sentence(epoch) {
    const { payload, confusions, answers, series } = this;
    const { plane } = payload;
    if (!plane || !payload.confusions) return sentenceOfAnswers(payload, epoch, series, answers.values);
    return sentenceOf({ ...payload, plane }, epoch, confusions);
  }

  /** Let the links lead to this epoch. */
  point() {
    [...this.links.children].forEach((link, index) => {
      const [page, query = ""] = this.addresses[index].split("?");
      const parameters = new URLSearchParams(query);
      parameters.set("epoch", String(this.epoch));
      link.setAttribute("href", `${page}?${parameters}`);
      link.classList.toggle("primary", index === 0 && this.payload.epochs > 0); // until then, Start is
    });
  }

  layOut() {
    const widths = this.charts.map((chart) => chart.figure.clientWidth); // read all before writing any
    const room = this.regions.figure.clientWidth;
    this.charts.forEach((chart, index) => chart.draw(widths[index]));
    this.regions.draw(room);
    this.show(this.epoch);
  }

  // --- playing --------------------------------------------------------------------------------------

  run() {
    const first = this.epoch === this.payload.epochs ? 0 : this.epoch;
    const pace = Math.min(SLOWEST, LONGEST / this.payload.epochs);
    const begin = performance.now();
    const step = (/** @type {number} */ now) => {
      this.goTo(first + Math.floor((now - begin) / pace));
      if (this.epoch === this.payload.epochs) this.rest();
      else this.playing = requestAnimationFrame(step);
    };
    this.goTo(first);
    this.playing = requestAnimationFrame(step);
    this.showPlaying();
  }

  rest() {
    cancelAnimationFrame(this.playing ?? 0);
    this.playing = undefined;
    this.showPlaying();
  }

  showPlaying() {
    this.play.textContent = this.playing ? "❚❚ Stop" : "▶ Play";
  }

  /** @param {KeyboardEvent} event */
  pressKey(event) {
    const isTyped = nearest(event.composedPath()[0], WIDGETS) !== null;
    if (!this.payload?.epochs || event.ctrlKey || event.metaKey || event.altKey || isTyped) return;
    const { epoch, payload } = this;
    const moves = new Map([["ArrowLeft", epoch - 1], ["ArrowRight", epoch + 1], ["Home", 0], [
      "End",
      payload.epochs,
    ]]);
    const target = moves.get(event.key);
    if (target === undefined) return;
    event.preventDefault();
    this.goTo(target);
  }
}
