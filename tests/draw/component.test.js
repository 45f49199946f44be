import assert from "node:assert/strict";
import component from "../../ui/draw/js/component.js";
import { library } from "../../ui/draw/js/library.js";

/** @type {any[]} what the library is shown, and the ends of that */
const shown = [];
/** @type {string[]} */
const ended = [];
library("v1").resolve(
  /** @type {any} */ ({
    page: (/** @type {any} */ { data }) => {
      const number = shown.push(data);
      return () => ended.push(`call ${number}`);
    },
  }),
);

/** @param {any} parentElement @param {string[]} lines */
const call = (parentElement, ...lines) =>
  component(
    /** @type {any} */ ({
      name: "page",
      parentElement,
      data: new TextEncoder().encode(["v1", ...lines].join("\n")),
    }),
  );

Deno.test("what has not changed stays the same object, for each place", async () => {
  const [here, there] = [{}, {}];
  await call(here, 'scene {"a b":[1]}', "told [1]", "none ");
  await call(here, 'scene {"a b":[1]}', "told [2]", "none ");
  await call(here, 'scene {"a b":[1]}', "told [2]", "none ");
  await call(there, 'scene {"a b":[1]}', "told [2]", "none ");
  const [first, second, third, other] = shown;
  assert.deepEqual(first, { scene: { "a b": [1] }, told: [1], none: null });
  assert.deepEqual(second.told, [2]);
  assert.equal(second.scene, first.scene);
  assert.equal(third, second);
  assert.notEqual(other.scene, first.scene);
});

Deno.test("only the last call of a place is ended", async () => {
  const here = {};
  const ends = [await call(here, "told [1]"), await call(here, "told [2]")];
  const calls = shown.length;
  ends[0]();
  assert.deepEqual(ended, []);
  ends[1]();
  assert.deepEqual(ended, [`call ${calls}`]);
});

Deno.test("the component of every page asks for a library that does not come, and for none that does", async () => {
  /** @type {string[]} */
  const asked = [];
  const { setTimeout } = globalThis;
  globalThis.setTimeout = /** @type {any} */ ((/** @type {() => void} */ act) => setTimeout(act));
  const waiting = (/** @type {string} */ name, /** @type {string} */ version) =>
    component(
      /** @type {any} */ ({
        name,
        parentElement: {},
        data: new TextEncoder().encode(version),
        setTriggerValue: (/** @type {string} */ event) => asked.push(`${name} ${event} ${version}`),
      }),
    );
  const nothing = /** @type {any} */ ({ "backprop.links": () => {}, page: () => {} });
  const calls = [waiting("backprop.links", "v2"), waiting("page", "v2")];
  await waiting("page", "v1");
  library("v3").resolve(nothing);
  await waiting("backprop.links", "v3");
  await new Promise((done) => setTimeout(done, 20));
  library("v2").resolve(nothing);
  await Promise.all(calls);
  globalThis.setTimeout = setTimeout;
  assert.deepEqual(asked, ["backprop.links library v2"]);
});
