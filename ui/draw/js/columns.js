/** A bar an observation, as high as what it adds to the chosen cell, the highest first; and their mean. */
/** @import { ColumnsPart } from "./types.d.ts" */
import { optionsAt } from "./controls.js";
import { element, fill, svgElement, withScripts } from "./element.js";
import { swatched } from "./picture.js";
import { filledText, formatSigned } from "./text.js";
import { termsOf } from "./written_sum.js";

const HEADROOM = 1.08;
const ROOM_FOR_ZERO = [18, 82]; // in percent of the height, between the numbers at the ends of the axis

export class Columns {
  /** @type {number | undefined} whose products are drawn, an entry of the gradient */ cell;

  /** @param {ColumnsPart} part */
  constructor(part) {
    this.part = part;
    const { observations, hrefs } = part;
    this.title = element("h2", { class: "bp-heading" });
    this.said = element("p", { class: "bp-note bp-pulls", "aria-live": "polite" });
    this.bars = hrefs.map((_, place) =>
      element("a", { target: "_self", "data-app-link": "", tabindex: place ? "-1" : "0" }) // the arrow keys lead to the others
    );
    const isNamed = hrefs.length <= part.named;
    this.names = (isNamed ? hrefs : []).map(() => element("span", { class: "bp-bar-name" }));
    this.zero = element("span", { class: "bp-bars-zero" });
    this.mean = element("span", { class: "bp-bars-mean", "data-bar-mean": "" });
    const { kind_names: kindNames } = observations; // none where all bars are of one kind
    this.fills = (kindNames.length ? kindNames : [""]).map((name, kind) =>
      svgElement("path", name ? { class: `bp-species-${kind}` } : {})
    );
    const look = { class: "bp-bars-fills", preserveAspectRatio: "none", "aria-hidden": "true" };
    const drawn = svgElement("svg", { ...look, viewBox: `0 0 ${hrefs.length} 100` }, ...this.fills);
    this.plot = element("div", { class: "bp-bars-plot" }, drawn, ...this.bars, this.zero, this.mean);
    this.foot = element("div", { class: "bp-bars-names" }, ...this.names);
    this.axis = ["bp-axis-top", "bp-axis-zero", "bp-axis-bottom"].map((name) =>
      element("span", { class: name })
    );
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
    this.plot.addEventListener("pointerover", ({ target }) => {
      const bar = this.bars.find((each) => each === target);
      bar?.setAttribute("title", bar.getAttribute("aria-label") ?? ""); // only now: those of all bars take long
    });
    this.plot.addEventListener("pointerout", () => {
      for (const bar of this.bars) bar.removeAttribute("title");
    });
  }

  legend() {
    const { observations: { kinds, kind_names: kindNames }, mean, note } = this.part;
    const keys = kindNames.flatMap((name, kind) =>
      name && kinds.includes(kind)
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
    if (cell === this.cell) return; // of another observation
    this.cell = cell;
    this.title.replaceChildren(...withScripts(titles[cell]));
    this.said.replaceChildren(...withScripts(sentences[cell]));
    this.draw(termsOf(D, A, row, col), gradient[row][col]);
  }

  /** @param {number[]} terms @param {number} mean */
  draw(terms, mean) {
    const { hrefs, observations: { names, kinds, kind_names: kindNames, said } } = this.part;
    const order = terms.map((_, n) => n).toSorted((a, b) => terms[b] - terms[a] || a - b);
    const [high, low] = [terms[order[0]], terms[order[order.length - 1]]];
    const [top, bottom] = [HEADROOM * Math.max(high, mean, 0), HEADROOM * Math.min(low, mean, 0)];
    const unit = 100 / (top - bottom || 1);
    const zero = -bottom * unit;
    order.forEach((n, place) => {
      const link = `n:${names[n]}`;
      const attributes = {
        ...{ href: hrefs[n], "data-bar": names[n], "data-value": terms[n] },
        ...{ "data-link": `${link} sum:n`, "data-lights": link },
        "aria-label": filledText(said, names[n], kindNames[kinds[n]], formatSigned(terms[n])),
      };
      fill(this.bars[place], attributes);
    });
    this.names.forEach((name, place) => {
      name.setAttribute("data-link", `n:${names[order[place]]}`);
      name.replaceChildren(...swatched(this.part.observations, order[place]));
    });
    this.fills.forEach((path, kind) => {
      const rectangles = order.map((n, place) =>
        (kinds[n] ?? 0) === kind ? rectangle(place, terms[n] * unit, zero) : ""
      );
      path.setAttribute("d", rectangles.join(""));
    });
    this.zero.style.bottom = `${zero.toFixed(3)}%`;
    this.mean.style.bottom = `${(zero + mean * unit).toFixed(3)}%`;
    this.mean.setAttribute("data-value", String(mean));
    const texts = [high > 0 ? formatSigned(high) : "", "0", low < 0 ? formatSigned(low) : ""];
    const [lowest, highest] = ROOM_FOR_ZERO;
    if ((texts[0] && zero > highest) || (texts[2] && zero < lowest)) texts[1] = "";
    this.axis.forEach((end, index) => end.textContent = texts[index]);
    this.axis[1].style.bottom = `${zero.toFixed(3)}%`;
  }

  /** Along the bars, which have one stop of the Tab key. @param {KeyboardEvent} event */
  press(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const next = this.bars[this.bars.findIndex((bar) => bar === event.target) + (step ?? 0)];
    if (!step || !next) return;
    event.preventDefault();
    for (const bar of this.bars) bar.setAttribute("tabindex", bar === next ? "0" : "-1");
    next.focus();
  }
}

/** A bar in percent of the height, in a column of width 1; one of 0 is still a line. @param {number} place @param {number} end above zero @param {number} zero above the bottom */
function rectangle(place, end, zero) {
  const height = Math.max(1, Math.abs(end));
  const top = Math.max(0, 100 - zero - (end < 0 ? 0 : height));
  return `M${place + 0.1} ${top.toFixed(3)}h0.8v${height.toFixed(3)}h-0.8z`;
}
