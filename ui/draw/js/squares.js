/** Small matrices as squares without numbers, each a link to its large one. */
/** @import { Squares, StripPart } from "./types.d.ts" */
import { element, svgElement, withScripts } from "./element.js";

const THUMBNAIL = { width: 88, height: 44 };
const LARGEST_SQUARE = 11; // side of a square, with the gap to the next
const SMALLEST_SQUARE = 1.2; // of what is drawn of it: else nobody sees it
const BLOCK_GAP = 0.6; // between two blocks, in squares
const SHADES = 4; // of a sign

/** @param {StripPart} part */
export function strip({ name, thumbnails }) {
  const links = thumbnails.map((thumbnail) =>
    element(
      "a",
      {
        class: thumbnail.is_marked ? "bp-thumbnail bp-dense" : "bp-thumbnail",
        href: thumbnail.href,
        target: "_self",
        "data-app-link": "",
        "data-jacobian": thumbnail.key,
        ...(thumbnail.is_current ? { "aria-current": "true" } : {}),
      },
      thumbnailPicture(thumbnail.squares),
      element("strong", {}, ...withScripts(thumbnail.name)),
      ...thumbnail.notes.map((note) => element("span", {}, note)),
    )
  );
  return element("nav", { class: "bp-strip", "aria-label": name }, ...links);
}

/** @param {Squares} squares */
function thumbnailPicture(squares) {
  const attributes = {
    viewBox: `0 0 ${THUMBNAIL.width} ${THUMBNAIL.height}`,
    fill: "none",
    "aria-hidden": "true",
  };
  return svgElement("svg", attributes, ...drawnSquares(squares));
}

/** Blocks side by side, as large as there is room; one path for each shade. @param {Squares} squares */
export function drawnSquares({ shape, places }) {
  const [blocks, rows, cols] = shape.length === 3 ? shape : [1, ...shape];
  const { width, height } = THUMBNAIL;
  const across = blocks * cols + BLOCK_GAP * (blocks - 1);
  const size = Math.min(LARGEST_SQUARE, width / across, height / rows);
  const left = (width - size * across) / 2;
  const top = (height - size * rows) / 2;
  const leftOf = (/** @type {number} */ block) => left + size * block * (cols + BLOCK_GAP);
  const frames = Array.from({ length: blocks }, (_, block) =>
    svgElement("rect", {
      x: leftOf(block).toFixed(2),
      y: top.toFixed(2),
      width: (size * cols).toFixed(2),
      height: (size * rows).toFixed(2),
      class: "bp-frame",
    }));
  const side = Math.max(SMALLEST_SQUARE, size * 0.92).toFixed(2);
  const paths = Object.entries(places).map(([shade, those]) => {
    const squares = those.map((place) => {
      const block = Math.floor(place / (rows * cols));
      const row = Math.floor(place / cols) % rows;
      const x = leftOf(block) + size * (place % cols);
      return `M${x.toFixed(2)} ${(top + size * row).toFixed(2)}h${side}v${side}h-${side}z`;
    });
    return svgElement("path", {
      d: squares.join(""),
      class: `bp-square bp-${shade.startsWith("-") ? "neg" : "pos"}`,
      style: `--share:${Math.abs(Number(shade)) / SHADES}`,
    });
  });
  return [...frames, ...paths];
}
