/** A network of three columns, t → x, y, … → f, each edge with the derivative along it. */
/** @import { GraphEdge, NetworkPart } from "./types.d.ts" */
import { svgElement } from "./element.js";
import { heldAt, label, linked, lowHeight, numberLabel, signClass, textAt } from "./values.js";

const NODE_WIDTHS = [72, 82, 72]; // of the nodes of each column, at most
const NODE_LETTER = 8; // of its text
const NODE_PADDING = 24; // beside it
const BOX = 30;
const LEAST_ROW = 60; // of a path: a name and a number at its edge, clear of those of the next one
const BESIDE = 3; // between a node and the number of its level edge
const CLOSE = 10; // from a derivative to its edge, up and down
const APART_LEVEL = 12; // where the edge is level, which leaves its line free
const ALONG = 0.32; // how far a derivative follows its edge towards the row where the paths meet
const LONG = 8; // characters of a node, from which they are smaller

/** @param {NetworkPart} part @param {number} place @param {number} width */
export function graph(part, place, width) {
  const rows = part.nodes.filter(({ column }) => column === 1).length;
  const height = Math.max(lowHeight(), LEAST_ROW * rows);
  const spots = spotsOf(part, width, height);
  /** @param {GraphEdge["link"]} link @param {SVGElement[]} parts */
  const belonging = (link, parts) => switched(part.switched, linked(link, place, parts));
  const edges = part.edges.flatMap((edge) => belonging(edge.link, [edgePath(edge, spots, place)]));
  // After all edges: numbers must not lie under the edge of another path.
  const numbers = part.edges.flatMap((edge) => belonging(edge.link, derivative(edge, part, spots, place)));
  const nodes = part.nodes.flatMap(({ name, number, link }) => {
    const { x, y, half } = spots[name];
    const box = { x: x - half, y: y - BOX / 2, width: 2 * half, height: BOX, rx: 14, class: "bp-box" };
    const written = isText(number) ? heldAt(number, place) : textAt(number, place);
    const look = written.length > LONG ? "bp-small" : "";
    const text = isText(number) ? label(x, y, written, look) : numberLabel(x, y, number, place, look);
    return belonging(link, [svgElement("g", { class: "bp-node" }, svgElement("rect", box), text)]);
  });
  return { height, children: [...edges, ...numbers, ...nodes] };
}

/** A click on what belongs to a switch switches it. @param {string[] | undefined} links of the switches @param {SVGElement[]} parts */
function switched(links, parts) {
  for (const part of parts) {
    const option = links?.indexOf(part.dataset.link ?? "") ?? -1;
    if (option >= 0) part.dataset.switch = String(option);
  }
  return parts;
}

/** @typedef {Record<string, {x: number, y: number, half: number, column: number}>} Spots where the nodes are */

/** @param {NetworkPart} part @param {number} width @param {number} height @returns {Spots} */
function spotsOf(part, width, height) {
  const halves = NODE_WIDTHS.map((most, column) =>
    Math.min(most, longest(part, column) * NODE_LETTER + NODE_PADDING) / 2
  );
  const across = [halves[0] + 1, width / 2, width - halves[2] - 1];
  /** @type {Spots} */
  const spots = {};
  across.forEach((x, column) => {
    const nodes = part.nodes.filter((node) => node.column === column);
    nodes.forEach(({ name }, row) => {
      spots[name] = { x, y: (height * (row + 0.5)) / nodes.length, half: halves[column], column };
    });
  });
  return spots;
}

/** @param {NetworkPart["nodes"][number]["number"]} number @returns {number is string | string[]} */
function isText(number) {
  return typeof number === "string" || Array.isArray(number);
}

/** Letters of the longest text of a column; no end where there are numbers, which the slider changes. @param {NetworkPart} part @param {number} column */
function longest(part, column) {
  const numbers = part.nodes.filter((node) => node.column === column).map(({ number }) => number);
  return Math.max(
    ...numbers.flatMap((number) => isText(number) ? [number].flat() : [null]).map((text) =>
      text?.length ?? Infinity
    ),
  );
}

/** From the right side of one node to the left side of the other. @param {GraphEdge} edge @param {Spots} spots */
function edgeEnds({ start, end }, spots) {
  return {
    from: { x: spots[start].x + spots[start].half, y: spots[start].y },
    to: { x: spots[end].x - spots[end].half, y: spots[end].y },
  };
}

/** @param {GraphEdge} edge @param {Spots} spots @param {number} place */
function edgePath(edge, spots, place) {
  const { from, to } = edgeEnds(edge, spots);
  const look = `bp-path ${signClass(heldAt(edge.product, place))}`;
  return svgElement("path", { d: wayBetween(from, to), class: look });
}

/** A line that leaves and arrives level. @param {{x: number, y: number}} from @param {{x: number, y: number}} to */
export function wayBetween(from, to) {
  const bend = 0.3 * (to.x - from.x);
  const points = [from, { x: from.x + bend, y: from.y }, { x: to.x - bend, y: to.y }, to];
  const [first, ...rest] = points.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`);
  return `M${first}C${rest.join(" ")}`;
}

/** What stands at an edge: its name above, its number below. @param {GraphEdge} edge @param {NetworkPart} part @param {Spots} spots @param {number} place */
function derivative(edge, part, spots, place) {
  const { from, to } = edgeEnds(edge, spots);
  const isFirst = spots[edge.start].column === 0;
  const [own, meeting] = isFirst ? [to, from] : [from, to];
  const isLevel = own.y === meeting.y;
  const isBetween = isLevel && part.nodes.length > 3; // beside the variable, away from where the paths meet
  const x = isBetween ? own.x + (isFirst ? -BESIDE : BESIDE) : (from.x + to.x) / 2;
  const anchor = isBetween ? (isFirst ? "end" : "start") : "middle";
  const y = own.y + (meeting.y - own.y) * ALONG;
  const gap = isLevel ? APART_LEVEL : CLOSE;
  return [
    label(x, y - gap, heldAt(edge.number.name ?? "", place), "bp-small bp-halo", anchor),
    numberLabel(x, y + gap, edge.number, place, "bp-strong bp-halo", anchor),
  ];
}
