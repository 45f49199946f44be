/** A bar an observation, as high as what it adds to the chosen cell, the highest first; and their mean. */
/** @import { ColumnsPart } from "./types.d.ts" */
import { optionsAt } from "./controls.js";
import { element, withScripts } from "./element.js";
import { filledText, swatched, termsOf } from "./products.js";
import { formatSigned } from "./text.js";

const HEADROOM = 1.08;
const ROOM_FOR_ZERO = [18, 82]; // in percent of the height, between the numbers at the ends of the axis

export class Columns {
  /** @type {number[]} observations from left to right */ order = [];

  /** @param {ColumnsPart} part */
  constructor(part) {
    this.part = part;
    const { observations, hrefs } = part;
    this.title = element("h2", { class: "bp-heading" });
    this.said = element("p", { class: "bp-note bp-pulls", "aria-live": "polite" });
    this.fills = hrefs.map((_, n) =>
      element("span", { class: `bp-bars-fill bp-species-${observations.kinds[n]}` })
    );
    this.bars = hrefs.map((href, n) => {
      const name = observations.names[n];
      const attributes = { href, target: "_self", "data-app-link": "", "data-bar": name };
      const linked = { "data-link": `n:${name} sum:n`, "data-lights": `n:${name}` };
      return element("a", { ...attributes, ...linked }, this.fills[n]);
    });
    this.names = hrefs.map((_, n) =>
      element(
        "span",
        { class: "bp-bar-name", "data-link": `n:${observations.names[n]}` },
        ...swatched(observations, n),
      )
    );
    this.zero = element("span", { class: "bp-bars-zero" });
    this.mean = element("span", { class: "bp-bars-mean", "data-bar-mean": "" });
    this.plot = element("div", { class: "bp-bars-plot" }, ...this.bars, this.zero, this.mean);
    this.foot = element("div", { class: "bp-bars-names" }, ...this.names);
    this.axis = ["bp-axis-top", "bp-axis-zero", "bp-axis-bottom"].map((name) =>
      element("span", { class: name })
    );
    const isNamed = hrefs.length <= part.named;
    this.root = element(
      "section",
      { class: "bp-column" },
      this.title,
      this.legend(),
      element(
        "div",
        { class: isNamed ? "bp-bars" : "bp-bars bp-bars-many" },
        element(
          "div",
          { class: "bp-bars-axis", "aria-hidden": "true" },
          ...this.axis.flatMap((end) => [end, " "]),
        ),
        element("div", { class: "bp-bars-body" }, this.plot, ...(isNamed ? [this.foot] : [])),
      ),
      this.said,
    );
    this.plot.addEventListener("keydown", (event) => this.press(event));
  }

  legend() {
    const { observations: { kinds, kind_names: kindNames }, mean, note } = this.part;
    const keys = kindNames.flatMap((name, kind) =>
      kinds.includes(kind)
        ? [
          element("span", { class: "bp-key" }, element("i", { class: `bp-swatch bp-species-${kind}` }), name),
        ]
        : []
    );
    const line = element("span", { class: "bp-key" }, element("i", { class: "bp-mean-key" }), mean);
    return element("div", { class: "bp-caption" }, ...keys, line, element("span", {}, note));
  }

  /** @param {number} place */
  show(place) {
    const { D, A, gradient, titles, sentences } = this.part;
    const [row, col] = optionsAt(place, [D[0].length, A[0].length, D.length]);
    const cell = row * A[0].length + col;
    this.title.replaceChildren(...withScripts(titles[cell]));
    this.said.replaceChildren(...withScripts(sentences[cell]));
    this.draw(termsOf(D, A, row, col), gradient[row][col]);
  }

  /** @param {number[]} terms @param {number} mean */
  draw(terms, mean) {
    const { observations: { names, kinds, kind_names: kindNames, said } } = this.part;
    const order = terms.map((_, n) => n).toSorted((a, b) => terms[b] - terms[a] || a - b);
    const [high, low] = [terms[order[0]], terms[order[order.length - 1]]];
    const [top, bottom] = [HEADROOM * Math.max(high, mean, 0), HEADROOM * Math.min(low, mean, 0)];
    const unit = 100 / (top - bottom || 1);
    const zero = -bottom * unit;
    terms.forEach((value, n) => {
      const height = Math.abs(value) * unit;
      this.fills[n].style.bottom = `${(value < 0 ? zero - height : zero).toFixed(3)}%`;
      this.fills[n].style.height = `${height.toFixed(3)}%`;
      const text = filledText(said, names[n], kindNames[kinds[n]], formatSigned(value));
      this.bars[n].title = text;
      this.bars[n].setAttribute("data-value", String(value));
      this.bars[n].setAttribute("tabindex", n === order[0] ? "0" : "-1"); // the arrow keys lead to the others
    });
    this.zero.style.bottom = `${zero.toFixed(3)}%`;
    this.mean.style.bottom = `${(zero + mean * unit).toFixed(3)}%`;
    this.mean.setAttribute("data-value", String(mean));
    order.forEach((n, place) => {
      for (const part of [this.bars[n], this.names[n]]) part.style.order = String(place); // faster than moving them
    });
    this.order = order;
    const texts = [high > 0 ? formatSigned(high) : "", "0", low < 0 ? formatSigned(low) : ""];
    const [lowest, highest] = ROOM_FOR_ZERO;
    if ((texts[0] && zero > highest) || (texts[2] && zero < lowest)) texts[1] = "";
    this.axis.forEach((end, index) => end.textContent = texts[index]);
    this.axis[1].style.bottom = `${zero.toFixed(3)}%`;
  }

  /** Along the bars, which have one stop of the Tab key. @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const bars = this.order.map((n) => this.bars[n]);
    const next = bars[bars.findIndex((bar) => bar === event.target) + (step ?? 0)];
    if (!step || !next) return;
    event.preventDefault();
    for (const bar of bars) bar.setAttribute("tabindex", bar === next ? "0" : "-1");
    next.focus();
  }
}
