import assert from "node:assert/strict";
import "./dom.js";
import { element } from "../../ui/draw/js/element.js";
import { Light } from "../../ui/draw/js/light.js";

const NOTHING = ["", ""];

/** A scene: a and b are of path 1, b and c of unit 2, c lights path 1; d belongs to nothing, e is a switch. */
class Scene {
  parts = {
    a: element("p", { "data-link": "path:1" }, element("b")),
    b: element("p", { "data-link": "path:1 unit:2" }),
    c: element("p", { "data-link": "unit:2", "data-lights": "path:1" }),
    d: element("p"),
    e: element("p", { "data-link": "unit:3", "data-switch": "0" }),
  };
  /** @type {any} */ root = element("div", {}, ...Object.values(this.parts));
  light = new Light(this.root);
  x = 0;

  constructor() {
    this.light.connect();
    this.light.disconnect(); // nothing is left of another test
  }

  /** @param {string} event @param {Element} [target] @param {object} [more] */
  tell(event, target, more) {
    this.x += 1;
    this.root.tell(event, { target, clientX: this.x, clientY: 0, ...more });
    return this.shown;
  }

  /** What is lit, and what steps back. */
  get shown() {
    const [lit, dim] = ["bp-lit", "bp-dim"].map((look) =>
      Object.entries(this.parts).flatMap(([name, { classList }]) => classList.contains(look) ? [name] : [])
        .join("")
    );
    assert.equal(this.root.classList.contains("bp-in-light"), lit !== "");
    return [lit, dim];
  }
}

Deno.test("what is pointed at lights what belongs to it, as long as it is", () => {
  const scene = new Scene();
  const { a, b, c, d } = scene.parts;
  assert.deepEqual(scene.shown, NOTHING);
  assert.deepEqual(scene.tell("pointerover", /** @type {Element} */ (a.children[0])), ["ab", "ce"]);
  assert.deepEqual(scene.tell("pointerover", b), ["abc", "e"]);
  assert.deepEqual(scene.tell("pointerover", c), ["ab", "ce"]);
  assert.deepEqual(scene.tell("pointerover", d), NOTHING);
  scene.tell("pointerover", b);
  assert.deepEqual(scene.tell("pointerleave"), NOTHING);
});

Deno.test("what comes to a pointer that rests lights nothing", () => {
  const scene = new Scene();
  scene.root.tell("pointermove", { clientX: 7, clientY: 8 });
  assert.deepEqual(scene.tell("pointerover", scene.parts.a, { clientX: 7, clientY: 8 }), NOTHING);
  assert.deepEqual(scene.tell("pointerover", scene.parts.a, { clientX: 7, clientY: 9 }), ["ab", "ce"]);
});

Deno.test("what has the focus lights, too; what belongs to nothing takes no light away", () => {
  const scene = new Scene();
  const { a, b, d } = scene.parts;
  assert.deepEqual(scene.tell("focusin", a), ["ab", "ce"]);
  assert.deepEqual(scene.tell("focusin", d), ["ab", "ce"]);
  assert.deepEqual(scene.tell("focusout", b), ["ab", "ce"]);
  assert.deepEqual(scene.tell("focusout", a), NOTHING);
});

Deno.test("a click pins until another, or Escape; one that switches or chooses pins nothing", () => {
  const scene = new Scene();
  const { a, b, c, e } = scene.parts;
  assert.deepEqual(scene.tell("click", a), ["ab", "ce"]);
  assert.deepEqual(scene.tell("pointerover", e), ["e", "abc"]);
  assert.deepEqual(scene.tell("click", e), ["e", "abc"]);
  assert.deepEqual(scene.tell("pointerleave"), ["ab", "ce"]);
  assert.deepEqual(scene.tell("click", b), ["abc", "e"]);
  assert.deepEqual(scene.tell("keydown", b, { key: "Enter" }), ["abc", "e"]);
  assert.deepEqual(scene.tell("keydown", b, { key: "Escape" }), NOTHING);
  scene.tell("click", c);
  assert.deepEqual(scene.tell("click", c), NOTHING);
});

Deno.test("all scenes of a page are lit together, and a page that is gone leaves no light", () => {
  const [one, other] = [new Scene(), new Scene()];
  for (const { light } of [one, other]) light.connect();
  one.tell("click", one.parts.a);
  assert.deepEqual(other.shown, ["ab", "ce"]);
  one.light.disconnect();
  other.light.show();
  assert.deepEqual(other.shown, ["ab", "ce"]);
  other.light.disconnect();
  other.light.show();
  assert.deepEqual(other.shown, NOTHING);
});
