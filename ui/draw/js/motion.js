/** Motion between steps: what stays goes to its new place, what is new comes from what made it. */

import { all } from "./element.js";

const DURATION = 220; // ms; a key press during it goes on at once, since the next step replaces the nodes
const TIMING = { duration: DURATION, easing: "ease-out" };

/** Where each table is now, by name. @param {HTMLElement} tables */
export function placesOf(tables) {
  return new Map(
    all(tables, "figure").map((figure) => [figure.dataset.name, figure.getBoundingClientRect()]),
  );
}

/**
 * Move the tables of the new step from where the reader last saw them; let results come from the left,
 * where their operands are, and sums fall from their columns.
 * @param {HTMLElement} tables
 * @param {Map<string | undefined, DOMRect>} before
 */
export function moveTables(tables, before) {
  for (const figure of all(tables, "figure")) {
    const old = before.get(figure.dataset.name);
    if (old) {
      slide(
        figure,
        old.left - figure.getBoundingClientRect().left,
        old.top - figure.getBoundingClientRect().top,
      );
    } else if (figure.classList.contains("result")) appear(figure, "translateX(-60px)");
  }
  for (const cell of all(tables, ".sum-row td")) appear(cell, "translateY(-56px)");
}

/** @param {Element} node @param {number} dx @param {number} dy */
function slide(node, dx, dy) {
  if (Math.abs(dx) + Math.abs(dy) < 1) return;
  node.animate([{ transform: `translate(${dx}px, ${dy}px)` }, { transform: "none" }], TIMING);
}

/** @param {Element} node @param {string} transform */
function appear(node, transform) {
  node.animate([{ transform, opacity: 0 }, { transform: "none", opacity: 1 }], TIMING);
}

/** Whether there is time for motion: not while a key is held, and not against the reader's wish. */
export class Pace {
  constructor() {
    this.still = matchMedia("(prefers-reduced-motion: reduce)");
    this.last = -Infinity;
  }

  allowsMotion() {
    const now = performance.now();
    const hurried = now - this.last < DURATION;
    this.last = now;
    return !hurried && !this.still.matches;
  }
}
