/** Draws scenes, the walkthrough's stage, a film and HTML without Streamlit, and writes down what stands on the screen. */
import { showMarkup } from "../../ui/draw/js/markup.js";
import { SceneInPage } from "../../ui/draw/js/mount.js";
import { mounted, readStyles } from "../../ui/draw/js/streamlit.js";
import { Film } from "../../ui/views/training/js/film.js";
import { Stage } from "../../ui/views/walkthrough/js/stage.js";

const LONG_NUMBER = /-?\d+\.\d{4,}(e[-+]\d+)?/g; // the last digits depend on the machine

/** @param {string} text */
const rounded = (text) =>
  text.replace(LONG_NUMBER, (number) => String(Number(Number(number).toPrecision(5))));

/** An element and what is in it, a line each. @param {Element} node @param {string} indent @returns {string[]} */
function linesOf(node, indent = "") {
  const attributes = [...node.attributes].map(({ name, value }) => `${name}=${rounded(value)}`).sort();
  const texts = [...node.childNodes].filter((child) => child.nodeType === Node.TEXT_NODE);
  const own = texts.map(({ textContent }) => textContent ?? "").join("|").trim().replaceAll("\n", "⏎");
  const holds = node instanceof HTMLInputElement ? [`(${node.value}, ${node.checked})`] : [];
  const inner = node.localName === "math" ? [] : [...node.children];
  const line = [indent + node.localName, ...attributes, ...holds, ...(own ? [`"${rounded(own)}"`] : [])];
  return [line.join(" "), ...inner.flatMap((child) => linesOf(child, `${indent} `))];
}

/** @type {Map<number, [act: () => void, ms: number]>} what waits, until a test has it happen */
const timers = new Map();
let timer = 0;
Object.assign(globalThis, {
  setTimeout: (/** @type {() => void} */ act, /** @type {number} */ ms) =>
    timers.set(++timer, [act, ms]) && timer,
  clearTimeout: (/** @type {number} */ number) => timers.delete(number),
});
readStyles({ draw: "" });

/** What a page sends for its scene, as Streamlit mounts it, at an address of its own. @param {any} data @param {string} address */
function draw(data, address) {
  history.replaceState(null, "", address);
  const parentElement = document.createElement("main");
  document.body.replaceChildren(parentElement);
  /** @type {SceneInPage[]} */
  const scenes = [];
  const show = mounted("draw", (parent, mount) => {
    const scene = new SceneInPage(parent, mount);
    scenes.push(scene);
    return scene;
  });
  /** @type {string[]} */
  const heard = [];
  const setStateValue = (/** @type {unknown[]} */ ...told) => heard.push(JSON.stringify(told));
  const send = (/** @type {any} */ data) => show(/** @type {any} */ ({ parentElement, data, setStateValue }));
  const end = send(data);
  const [{ drawn: page }] = scenes;
  return {
    lines: () => linesOf(page.root),
    resize(/** @type {number} */ width) {
      document.body.style.width = `${width}px`;
      page.measure();
    },
    /** The server answers. @param {any} told */
    answer: (told) => send({ ...data, told }),
    /** Where it is, what the server hears at once, and after a pause, and what is in the address then. */
    news() {
      const news = [JSON.stringify(page.state), ...heard.splice(0)];
      for (const [act, ms] of [...timers.values()]) {
        act();
        news.push(`after ${ms} ms`, ...heard.splice(0));
      }
      timers.clear();
      return [...news, decodeURIComponent(location.search)].join(" ").trim();
    },
    end,
  };
}

/** @param {any} payload @param {any} questions */
function drawStage(payload, questions) {
  document.body.replaceChildren();
  const ignore = () => undefined;
  const stage = new Stage(document.body, { onStep: ignore, onPresent: ignore, onQuiz: ignore });
  stage.setPayload(payload, questions);
  stage.connect();
  return {
    lines: () => linesOf(stage.root),
    open: (/** @type {number} */ step) => stage.openAt(step),
    present: () => stage.setPresent(true),
  };
}

/** @param {any} payload */
function drawFilm(payload) {
  document.body.replaceChildren();
  const film = new Film(document.body, { onEpoch: () => undefined });
  film.setPayload(payload);
  return { lines: () => linesOf(film.root), open: (/** @type {number} */ epoch) => film.show(epoch) };
}

export default Object.assign(globalThis, { draw, drawStage, drawFilm, showMarkup });
