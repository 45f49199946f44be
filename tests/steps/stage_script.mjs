// What the stage's modules write for a payload, without a browser: read by tests/steps/stage_script.py.
// The page is a stub that keeps attributes and texts; styles, sizes of text and events are the browser tests' part.
class Part {
  constructor(tag) {
    Object.assign(this, { tag, attributes: {}, dataset: {}, children: [], style: { setProperty() {} } });
  }
  setAttribute(name, value) {
    this.attributes[name] = value;
    if (name.startsWith("data-")) this.dataset[name.slice(5)] = value;
  }
  getAttribute(name) {
    return this.attributes[name];
  }
  removeAttribute(name) {
    delete this.attributes[name];
  }
  append(...children) {
    this.children.push(...children);
  }
  replaceChildren(...children) {
    this.children = children;
  }
  get textContent() {
    return this.children.map((child) => child.textContent ?? child).join("");
  }
  set textContent(text) {
    this.children = [text];
  }
  querySelectorAll(name) {
    const fits = (part) => part.tag === name || part.attributes?.class === name.slice(1);
    return this.children.flatMap((child) =>
      child instanceof Part ? [...(fits(child) ? [child] : []), ...child.querySelectorAll(name)] : []
    );
  }
  querySelector(name) {
    return this.querySelectorAll(name)[0];
  }
  get r() {
    return { baseVal: { value: this.attributes.r } };
  }
}
globalThis.document = {
  createElement: (tag) => new Part(tag),
  createElementNS: (_, tag) => new Part(tag),
  createTextNode: (text) => ({ textContent: text }),
};
globalThis.window = { innerHeight: 768, innerWidth: 1366 };
const { expand, indicesOf, runningSum, writeOut } = await import("../../ui/draw/js/formula.js");
const { Network } = await import("../../ui/draw/js/network.js");
const { colourNote } = await import("../../ui/views/walkthrough/js/tables.js");
const { opening, whenKnown } = await import("../../ui/views/walkthrough/js/stage.js");

/** The written-out entries and their running sums. */
function writeEntries(payload, entries) {
  return entries.map(([step, table, row, col, block]) => {
    const entry = { row, col, block };
    const parts = expand(payload.steps[step].results[table], indicesOf(entry));
    return [
      writeOut(payload, table, entry, parts).map((node) => node.textContent ?? node).join(""),
      runningSum(payload, parts),
    ];
  });
}

/** Of each step: what the parts of the network are called and show, the note under it, the entry it opens with. */
function lookAt(payload, positions, width) {
  const network = new Network();
  network.draw(payload, width, false);
  const known = whenKnown(payload);
  return positions.map((position) => {
    network.update(position, known);
    const parts = [...network.parts].map(([name, part]) => [name, read(part)]);
    const { result, entry } = opening(payload, position);
    const note = colourNote(payload, payload.steps[position], network);
    return { parts: Object.fromEntries(parts), note, opens: [result, entry.row, entry.col, entry.block] };
  });
}

function read(part) {
  const text = (name) => part.querySelector(name)?.textContent;
  return {
    said: part.getAttribute("aria-label"),
    class: part.getAttribute("class"),
    number: text(".number"),
    derivative: text(".derivative"),
  };
}

const asked = JSON.parse(await new Response(Deno.stdin.readable).text());
const answers = asked.map(({ payload, entries, at, width }) => ({
  written: writeEntries(payload, entries),
  seen: lookAt(payload, at, width),
}));
console.log(JSON.stringify(answers));
