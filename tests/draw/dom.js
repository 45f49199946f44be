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

  /** @param {string} selector of a class or a tag */
  querySelector(selector) {
    const isClass = selector.startsWith(".");
    const fits = (/** @type {Node} */ { tag, classes }) =>
      isClass ? classes.includes(selector.slice(1)) : tag === selector;
    return found(this.children, fits)[0] ?? null;
  }

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
  }

  /** @param {...(Node | string)} children */
  replaceChildren(...children) {
    this.children = children;
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
