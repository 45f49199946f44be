import assert from "node:assert/strict";

/** As much of a document as the modules that draw need. */

class Node {
  /** @param {string} tag */
  constructor(tag) {
    this.tag = tag;
    /** @type {Record<string, string>} */
    this.attributes = {};
    /** @type {(Node | string)[]} */
    this.children = [];
    /** @type {Node | undefined} */
    this.parent = undefined;
    /** @type {Record<string, string>} */
    this.dataset = new Proxy({}, {
      get: (_, name) => this.attributes[`data-${String(name)}`],
      has: (_, name) => `data-${String(name)}` in this.attributes,
      set: (_, name, value) => this.setAttribute(`data-${String(name)}`, value),
    });
    /** @type {Record<string, string>} */
    const style = {};
    /** @type {Record<string, ((event: any) => void)[]>} */
    this.listeners = {};
    this.classList = {
      add: (/** @type {string[]} */ ...names) => this.classes = [...this.classes, ...names],
      remove: (/** @type {string[]} */ ...names) =>
        this.classes = this.classes.filter((name) => !names.includes(name)),
      contains: (/** @type {string} */ name) => this.classes.includes(name),
      toggle: (/** @type {string} */ name, /** @type {boolean} */ isOn) =>
        isOn ? this.classList.add(name) : this.classList.remove(name),
    };
    this.style = Object.assign(style, {
      setProperty: (/** @type {string} */ name, /** @type {string} */ value) => style[name] = value,
    });
  }

  /** @returns {string[]} */
  get classes() {
    return (this.attributes.class ?? "").split(" ").filter(Boolean);
  }

  set classes(names) {
    this.attributes.class = [...new Set(names)].join(" ");
  }

  /** @param {string} name @param {string} value */
  setAttribute(name, value) {
    this.attributes[name] = value;
    return true;
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.attributes[name] ?? null;
  }

  /** @param {string} selector */
  querySelector(selector) {
    return this.querySelectorAll(selector)[0] ?? null;
  }

  /** @param {string} selector */
  querySelectorAll(selector) {
    return found(this.children, (node) => node.matches(selector));
  }

  /** @param {string} selector of tags, classes and attributes, with :not(.class), and no elements around it */
  matches(selector) {
    return selector.split(", ").some((one) => {
      const pieces = one.match(/:not\(\.[\w-]+\)|\.[\w-]+|\[[^\]]+\]|^[\w-]+/g) ?? [];
      assert.equal(pieces.join(""), one);
      return pieces.every((piece) => this.hasPiece(piece));
    });
  }

  /** @param {string} piece of a selector */
  hasPiece(piece) {
    if (piece.startsWith(":not")) return !this.classes.includes(piece.slice(6, -1));
    if (piece.startsWith(".")) return this.classes.includes(piece.slice(1));
    if (!piece.startsWith("[")) return this.tag === piece;
    const [, name, sign, wanted] = piece.match(/^\[([\w-]+)(?:(~?=)"(.*)")?\]$/) ?? [];
    const value = this.getAttribute(name);
    return sign === "~=" ? value?.split(" ").includes(wanted) : value !== null && (!sign || value === wanted);
  }

  /** @param {string} selector @returns {Node | null} */
  closest(selector) {
    return this.matches(selector) ? this : this.parent?.closest(selector) ?? null;
  }

  getBoundingClientRect() {
    return { left: 100, top: 50 };
  }

  setPointerCapture() {}

  /** @param {string} name */
  removeAttribute(name) {
    delete this.attributes[name];
  }

  /** @param {string} name @param {(event: any) => void} listener */
  addEventListener(name, listener) {
    (this.listeners[name] ??= []).push(listener);
  }

  /** Only of its own listeners. @param {string} name @param {object} event */
  tell(name, event) {
    for (const listener of this.listeners[name] ?? []) listener({ preventDefault() {}, ...event });
  }

  focus() {
    Object.assign(document, { activeElement: this });
  }

  /** @param {...(Node | string)} children */
  append(...children) {
    this.children.push(...children);
    for (const child of children) if (child instanceof Node) child.parent = this;
  }

  /** @param {...(Node | string)} children */
  replaceChildren(...children) {
    this.children = [];
    this.append(...children);
  }

  set textContent(text) {
    this.children = [text];
  }

  /** @returns {string} */
  get textContent() {
    return this.children.map((child) => child instanceof Node ? child.textContent : child).join("");
  }
}

/** @param {string} tag */
const createElement = (tag) => new Node(tag);
Object.assign(globalThis, {
  Element: Node,
  document: {
    createElement,
    createElementNS: (/** @type {string} */ _, /** @type {string} */ tag) => new Node(tag),
  },
});

/** All elements below these, in order, that fit. @param {any[]} nodes @param {(node: Node) => unknown} fits @returns {Node[]} */
export function found(nodes, fits) {
  return nodes.flatMap((node) =>
    node instanceof Node ? [...(fits(node) ? [node] : []), ...found(node.children, fits)] : []
  );
}

/** @param {string} name */
export const hasClass = (name) => (/** @type {Node} */ { classes }) => classes.includes(name);

/** An attribute as a number. @param {Node} node @param {string} name */
export const numberOf = (node, name) => Number(node.attributes[name]);

/** The points of a path or polyline. @param {string} text @returns {[number, number][]} */
export function pointsOf(text) {
  const numbers = (text.match(/-?[\d.]+/g) ?? []).map(Number);
  return numbers.flatMap((x, index) =>
    index % 2 ? [] : [/** @type {[number, number]} */ ([x, numbers[index + 1]])]
  );
}

/** @param {number} one @param {number} other @param {number} [close] */
export const near = (one, other, close = 0.06) =>
  assert.ok(Math.abs(one - other) <= close, `${one} is not ${other}`);

/** That nothing is drawn outside of the picture. @param {any[]} drawn @param {number} height @param {number} width */
export function assertInside(drawn, height, width) {
  const points = found(drawn, () => true).flatMap((node) => {
    const { x, y, width: wide = "0", height: high = "0", d } = node.attributes;
    if (d && !("data-slope" in node.attributes)) return corners(d);
    return x === undefined
      ? []
      : [[Number(x), Number(y)], [Number(x) + Number(wide), Number(y) + Number(high)]];
  });
  for (const [x, y] of points) assert.ok(0 <= x && x <= width && 0 <= y && y <= height, `${x}, ${y}`);
}

/** Where a path of M, H, V, v and C goes. @param {string} path @returns {number[][]} */
export function corners(path) {
  let at = [0, 0];
  return [...path.matchAll(/([MHVvC])([^MHVvC]*)/g)].flatMap(([, letter, text]) => {
    const numbers = text.split(" ").map(Number);
    if (letter === "H") at = [numbers[0], at[1]];
    else if (letter === "V") at = [at[0], numbers[0]];
    else if (letter === "v") at = [at[0], at[1] + numbers[0]];
    else return pointsOf(text).map((point) => (at = point));
    return [at];
  });
}
