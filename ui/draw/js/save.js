/** A picture as a file: what is drawn and what stands above it, on white, in the colours of the light theme. */
import { all, element, svgElement } from "./element.js";

const SAVE = "Save this picture";
const SHARPNESS = 3; // pixels of the file for one of the screen, as Plotly's charts have it here
const SAVED_MARGIN = 16; // the picture
const BASELINE = 0.78; // of the height of a line of text
const DRAWN_LOOKS = [
  ...[
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-dasharray",
    "stroke-linecap",
  ],
  ...["stroke-linejoin", "paint-order", "opacity", "visibility", "display", "text-anchor", "letter-spacing"],
  ...["font-family", "font-size", "font-weight", "font-variant-numeric"],
];
const DASHES = /** @type {Record<string, string>} */ ({ dashed: "6 4", dotted: "1 4" });
const FONT_FILE = /url\("?([^")]+)"?\)/;
const NAMES = /** @type {Record<string, string>} */ ({
  Network: "paths",
  WholeNetwork: "network",
  Plot: "chart",
  Pairs: "before-after",
});

/**
 * With a button that saves it, for who points at the picture or comes by the Tab key.
 * @param {HTMLElement} picture @param {() => string} nameOf the file
 */
export function savable(picture, nameOf) {
  const button = element(
    "button",
    { type: "button", class: "bp-save", title: SAVE, "aria-label": SAVE },
    "Save",
  );
  button.addEventListener("click", async (event) => {
    event.stopPropagation(); // it pins no light
    const [name, drawn] = [nameOf(), drawnAlone(picture)];
    element("a", { download: name, href: await pixelsOf(drawn) }).click();
  });
  const isFigure = picture.localName === "figure"; // else an image, which holds no buttons
  const root = isFigure ? picture : element("div", {}, picture);
  root.classList.add("bp-savable");
  root.append(button);
  return root;
}

/**
 * The name of a file, in which `{picture}` is what is drawn, with its number after the first of its kind, and `{t}`
 * what the address says of t.
 * @param {string} file @param {string} part @param {number} before how many of its kind @param {Record<string, string>} said
 */
export function nameOfFile(file, part, before, said) {
  const picture = (NAMES[part] ?? part.toLowerCase()) + (before ? `-${before + 1}` : "");
  const parts = /** @type {Record<string, string>} */ ({ picture, ...said });
  return file.replace(/\{(\w+)\}/g, (_, name) => parts[name] ?? name);
}

/** @typedef {{svg: SVGElement, width: number, height: number}} Alone */

/** The picture with all its looks, as it stands in a light page, unlit. @param {HTMLElement} picture @returns {Alone} */
function drawnAlone(picture) {
  const copy = /** @type {HTMLElement} */ (picture.cloneNode(true));
  copy.classList.add("bp-alone");
  copy.style.width = `${picture.clientWidth}px`;
  for (const part of all(copy, ".bp-dim, .bp-lit")) part.classList.remove("bp-dim", "bp-lit");
  picture.after(copy); // where the same rules hold
  const drawing = /** @type {SVGSVGElement} */ (copy.querySelector("svg"));
  const frame = drawing.getBoundingClientRect();
  const from = {
    x: frame.left - SAVED_MARGIN,
    y: Math.min(frame.top, copy.getBoundingClientRect().top) - SAVED_MARGIN,
  };
  const caption = copy.querySelector("figcaption");
  const above = caption ? [...legendOf(caption, from), ...textsOf(caption, from)] : [];
  const [alone, ...parts] = withLooks(drawing);
  const place = { x: SAVED_MARGIN, y: frame.top - from.y, width: frame.width, height: frame.height };
  for (const [name, value] of Object.entries(place)) alone.setAttribute(name, String(value));
  for (const part of [alone, ...parts]) part.removeAttribute("class");
  const widest = Math.max(
    frame.right,
    ...all(copy, "figcaption > *").map((each) => each.getBoundingClientRect().right),
  );
  copy.remove();
  const [width, height] = [
    Math.ceil(widest - from.x) + SAVED_MARGIN,
    Math.ceil(frame.bottom - from.y) + SAVED_MARGIN,
  ];
  const ground = svgElement("rect", { width, height, fill: "white" });
  const whole = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    style: "text-rendering:geometricPrecision",
  };
  return { svg: svgElement("svg", whole, ground, ...above, alone), width, height };
}

/** A copy of a drawing and of all that is in it, each part with its looks on it. @param {SVGElement} drawing @returns {SVGElement[]} */
function withLooks(drawing) {
  const copy = /** @type {SVGElement} */ (drawing.cloneNode(true));
  const parts = /** @type {SVGElement[]} */ ([copy, ...copy.querySelectorAll("*")]);
  [drawing, ...drawing.querySelectorAll("*")].forEach((part, n) =>
    dress(parts[n], getComputedStyle(part), DRAWN_LOOKS)
  );
  return parts;
}

/** @param {SVGElement} part @param {CSSStyleDeclaration} look @param {string[]} names */
function dress(part, look, names) {
  part.setAttribute("style", names.map((name) => `${name}:${look.getPropertyValue(name)}`).join(";"));
}

/** @typedef {{x: number, y: number}} Point */

/** The keys of a legend: lines, or boxes, each a thick one. @param {Element} caption @param {Point} from */
function legendOf(caption, from) {
  return [...caption.querySelectorAll("i")].filter(isSeen).map((key) => {
    const look = getComputedStyle(key);
    const { left, right, top, height } = key.getBoundingClientRect();
    const line = parseFloat(look.borderTopWidth);
    const y = top - from.y + (line || height) / 2;
    return svgElement("line", {
      ...{ x1: left - from.x, x2: right - from.x, y1: y, y2: y },
      "stroke": line ? look.borderTopColor : look.backgroundColor,
      "stroke-width": line || height,
      "stroke-dasharray": DASHES[look.borderTopStyle] ?? "none",
    });
  });
}

/** What is written there, which breaks no line. @param {Element} caption @param {Point} from */
function textsOf(caption, from) {
  const walker = document.createTreeWalker(caption, NodeFilter.SHOW_TEXT);
  const drawn = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const around = /** @type {Element} */ (node.parentElement);
    const range = document.createRange();
    range.selectNodeContents(node);
    const { left, top, height } = range.getBoundingClientRect();
    if (!height || !isSeen(around)) continue;
    const place = { x: left - from.x, y: top + BASELINE * height - from.y };
    const text = svgElement("text", { ...place, "xml:space": "preserve" }, node.textContent ?? "");
    const look = getComputedStyle(around);
    dress(text, look, DRAWN_LOOKS.filter((name) => name.startsWith("font")));
    text.style.fill = look.color;
    drawn.push(text);
  }
  return drawn;
}

/** @param {Element} part */
function isSeen(part) {
  return getComputedStyle(part).visibility !== "hidden";
}

/** As a PNG, in a data URL. @param {Alone} alone */
async function pixelsOf({ svg, width, height }) {
  svg.prepend(svgElement("style", {}, await fontOf(document.body)));
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
  await image.decode();
  const canvas = element("canvas", { width: SHARPNESS * width, height: SHARPNESS * height });
  canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return canvas.toDataURL();
}

/** The font of the page as rules that hold its file: a picture in a file asks for none. @param {Element} page */
async function fontOf(page) {
  const [family] = getComputedStyle(page).fontFamily.split(",").map((name) => name.replace(/"/g, "").trim());
  const rules = [...document.styleSheets].flatMap(({ cssRules }) => [...cssRules]);
  const ofFamily = rules.filter((rule) =>
    rule instanceof CSSFontFaceRule && rule.style.getPropertyValue("font-family").replace(/"/g, "") === family
  );
  const held = ofFamily.map(async ({ cssText, parentStyleSheet }) => {
    const [url, path] = cssText.match(FONT_FILE) ?? ["", ""];
    const file = await fetch(new URL(path, parentStyleSheet?.href ?? location.href));
    return cssText.replace(url, `url(${await asData(await file.blob())})`);
  });
  return (await Promise.all(held)).join("\n");
}

/** @param {Blob} file @returns {Promise<string>} */
function asData(file) {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result));
    reader.readAsDataURL(file);
  });
}
