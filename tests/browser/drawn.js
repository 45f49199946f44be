/** Draws scenes, the walkthrough's stage and a film without Streamlit, and writes down what stands on the screen. */
import { Page } from "../../ui/draw/js/page.js";
import { readScene } from "../../ui/draw/js/values.js";
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

/** A scene as the page gets it, in a column of a width. @param {any} written @param {number} width @param {string[][]} state */
function draw(written, width, state) {
  document.body.replaceChildren();
  document.body.style.width = `${width}px`;
  const page = new Page(document.body, { onMove: () => undefined, onRelease: () => undefined });
  page.setScene(readScene(written));
  page.moveTo(state);
  page.measure();
  return { lines: () => linesOf(page.root), state: () => page.state };
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

export default Object.assign(globalThis, { draw, drawStage, drawFilm });
