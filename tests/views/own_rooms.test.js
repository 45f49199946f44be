import assert from "node:assert/strict";
import { keepOwn, ownRooms } from "../../ui/views/classroom/own_rooms.js";

const HOST = "QZaylKvJTBbBkjK6";
const HOUR = 3600e3;

/** @type {Map<string, string>} */
const kept = new Map();
const storage = {
  getItem: (/** @type {string} */ key) => kept.get(key) ?? null,
  setItem: (/** @type {string} */ key, /** @type {string} */ value) => kept.set(key, value),
};
Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });

/** @param {unknown} value what the browser has kept */
function keep(value) {
  localStorage.setItem("backprop.rooms", typeof value === "string" ? value : JSON.stringify(value));
}

const codes = () => ownRooms().map(({ room }) => room);

Deno.test("the last three rooms are kept, the newest first, each once", () => {
  kept.clear();
  assert.deepEqual(ownRooms(), []);
  for (const room of ["AAAAAA", "BBBBBB", "CCCCCC", "DDDDDD", "CCCCCC"]) keepOwn({ room, host: HOST });
  assert.deepEqual(codes(), ["CCCCCC", "DDDDDD", "BBBBBB"]);
  assert.deepEqual([...kept.keys()], ["backprop.rooms"]);
});

Deno.test("a room is forgotten after three hours, and what is not of our making is none", () => {
  const at = Date.now();
  keep([
    { room: "AAAAAA", host: HOST, at: at - 2.9 * HOUR },
    { room: "BBBBBB", host: HOST, at: at - 3.1 * HOUR },
    { room: "CCCCCC", host: "short", at },
    { room: "<b>", host: HOST, at },
    { room: "DDDDDD", host: HOST },
  ]);
  assert.deepEqual(codes(), ["AAAAAA"]);
  for (const bad of ["{", "7", '{"a": 1}', "[null]", '[["AAAAAA"]]']) {
    keep(bad);
    assert.deepEqual(ownRooms(), [], bad);
  }
});
