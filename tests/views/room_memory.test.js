import assert from "node:assert/strict";
import { merged } from "../../ui/views/classroom/memory.js";

let pages = 0;

/** A page of a browser: with a module of its own, as after a reload. @returns {Promise<Page>} */
async function open() {
  return new Page((await import(`../../ui/views/classroom/memory.js?page=${++pages}`)).default);
}

class Page {
  /** @param {import("../../ui/draw/js/types.d.ts").Show} show */
  constructor(show) {
    this.show = show;
  }

  /**
   * What the server is told when it sends this; or a list of all that it is told from now on.
   * @param {Record<string, unknown>} data @param {boolean} later
   */
  gets(data, later = false) {
    /** @type {unknown[]} */
    const told = [];
    this.show(
      /** @type {any} */ ({
        data,
        setStateValue: (/** @type {string} */ name, /** @type {unknown} */ value) => told.push([name, value]),
      }),
    );
    assert.ok(told.length <= 1);
    return later ? told : told[0];
  }
}

/** @type {Map<string, string>} */
let stored;
let isBlocked = false;

function begin() {
  stored = new Map();
  isBlocked = false;
  const storage = {
    getItem(/** @type {string} */ name) {
      if (isBlocked) throw new DOMException("blocked", "SecurityError");
      return stored.get(name) ?? null;
    },
    setItem(/** @type {string} */ name, /** @type {string} */ text) {
      if (isBlocked) throw new DOMException("full", "QuotaExceededError");
      stored.set(name, text);
      Object.defineProperty(storage, name, { value: text, enumerable: true, configurable: true });
    },
    removeItem(/** @type {string} */ name) {
      stored.delete(name);
      Reflect.deleteProperty(storage, name);
    },
  };
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
  Object.assign(globalThis, { document: { documentElement: { dataset: {} } } });
}

/** @param {string} session @param {string} name @param {string} key @param {string} answer */
const mine = (session, name, key = "", answer = "") => ({
  room: "KFMQXD",
  session,
  mine: { name, key, answer },
});
const storedMine = () => JSON.parse(stored.get("backprop.room.KFMQXD") ?? "null");

Deno.test("a browser keeps its name and its last answer, and tells each new session once", async () => {
  begin();
  const page = await open();
  assert.equal(page.gets(mine("s1", "s1")), undefined, "there is nothing to tell");
  assert.deepEqual(storedMine(), { name: "s1", key: "", answer: "" });
  assert.equal(page.gets(mine("s1", "s1", "r1", "0.3")), undefined);
  assert.equal(page.gets(mine("s1", "s1", "r2", "")), undefined, "no answer yet: the last stays");
  const kept = { name: "s1", key: "r1", answer: "0.3" };
  assert.deepEqual(storedMine(), kept);
  const told = ["kept", { session: "s2", mine: kept }];
  assert.deepEqual(page.gets(mine("s2", "s2")), told, "the server began anew");
  assert.equal(page.gets(mine("s2", "s2")), undefined, "once");
  assert.deepEqual(storedMine(), kept, "not yet by the name that the session began with");
  assert.equal(page.gets(mine("s2", "s1", "r2", "0.4")), undefined);
  const other = await open();
  assert.deepEqual(
    other.gets(mine("s3", "s3")),
    ["kept", { session: "s3", mine: storedMine() }],
    "another tab",
  );
  assert.deepEqual(storedMine(), { name: "s1", key: "r2", answer: "0.4" });
});

Deno.test("where there is no room, nothing is kept, and what was kept is told and stays", async () => {
  begin();
  const page = await open();
  assert.equal(page.gets(mine("s1", "")), undefined);
  assert.equal(stored.size, 0);
  assert.equal(page.gets(mine("s1", "s1", "r1", "0.3")), undefined, "the room has come");
  assert.equal(page.gets(mine("s1", "")), undefined, "and gone");
  assert.ok(page.gets(mine("s2", "")));
  assert.equal(storedMine().answer, "0.3");
});

Deno.test("where storage is blocked or full, a page keeps it as long as it is there", async () => {
  begin();
  isBlocked = true;
  const page = await open();
  assert.equal(page.gets(mine("s1", "s1", "r1", "0.3")), undefined);
  const kept = { name: "s1", key: "r1", answer: "0.3" };
  assert.deepEqual(page.gets(mine("s2", "s2")), ["kept", { session: "s2", mine: kept }]);
  assert.equal((await open()).gets(mine("s3", "s3")), undefined, "another page knows nothing");
  isBlocked = false;
  page.gets(mine("s2", "s1", "r1", "0.5"));
  assert.deepEqual(storedMine(), { ...kept, answer: "0.5" });
  assert.deepEqual(page.gets(mine("s4", "s4")), ["kept", { session: "s4", mine: storedMine() }]);
});

Deno.test("the host's page keeps every round as it was last", async () => {
  begin();
  const page = await open();
  /** @param {string} session @param {unknown[]} rounds */
  const host = (session, ...rounds) => ({ room: "KFMQXD", session, rounds });
  /** @param {number} number @param {Record<string, string>} answers */
  const round = (number, answers) => [`r${number}`, number, "sum.1?", "open", answers];
  const rounds = () => JSON.parse(stored.get("backprop.room.KFMQXD.host") ?? "null");
  assert.equal(page.gets(host("s1")), undefined);
  page.gets(host("s1", round(2, { a: "1" })));
  page.gets(host("s1", round(1, { a: "1" }), round(2, { b: "1" })));
  page.gets(host("s1", round(3, {})));
  assert.deepEqual(rounds(), [round(1, { a: "1" }), round(2, { b: "1" }), round(3, {})]);
  assert.deepEqual(page.gets(host("s2")), ["kept", { session: "s2", rounds: rounds() }]);
  page.gets(host("s2"));
  assert.equal(rounds().length, 3, "what the new server has not heard of yet is not lost");
  assert.equal(page.gets(mine("s1", "s1")), undefined, "its own browser may answer, too: as anybody");
});

Deno.test("a page that is being connected again tells afterwards, and once", async () => {
  begin();
  const page = await open();
  page.gets(mine("s1", "s1"));
  document.documentElement.dataset.reconnecting = "";
  const told = page.gets(mine("s2", "s2"), true);
  await new Promise((go) => setTimeout(go, 60));
  assert.deepEqual(told, []);
  delete document.documentElement.dataset.reconnecting;
  await new Promise((go) => setTimeout(go, 60));
  assert.deepEqual(told, [["kept", { session: "s2", mine: { name: "s1", key: "", answer: "" } }]]);
});

Deno.test("what somebody else has written there does no harm", async () => {
  for (const text of ["{", "7", "[null, 3, {}]", '{"name": 5}', "[]"]) {
    begin();
    stored.set("backprop.room.KFMQXD", text);
    stored.set("backprop.room.KFMQXD.host", text);
    const page = await open();
    page.gets(mine("s1", "s1"));
    page.gets(mine("s1", "s1", "r1", "0.3"));
    assert.equal(storedMine().answer, "0.3");
    page.gets({ room: "KFMQXD", session: "s1", rounds: [] });
    page.gets({ room: "KFMQXD", session: "s1", rounds: [["r1", 1, "sum.1?", "open", {}]] });
    assert.equal(JSON.parse(stored.get("backprop.room.KFMQXD.host") ?? "").length, 1);
  }
});

Deno.test("a browser remembers so many rooms, the one it is in among them, and nothing of others is touched", async () => {
  begin();
  localStorage.setItem("other", "1");
  const page = await open();
  for (let n = 0; n < 12; n++) page.gets({ ...mine("s1", "s1"), room: `ROOM${n}` });
  assert.equal(stored.size, 10);
  assert.ok(stored.has("other") && stored.has("backprop.room.ROOM11"));
});

Deno.test("of two that have a round, the newer one counts", () => {
  /** @param {string} key @param {number} number @param {string} phase @returns {Parameters<typeof merged>[0][0]} */
  const round = (key, number, phase) => [key, number, "sum.1?", phase, {}];
  const kept = [round("a", 1, "shown"), round("b", 2, "open")];
  const news = [round("c", 3, "open"), round("b", 2, "closed")];
  assert.deepEqual(merged(kept, news), [kept[0], news[1], news[0]]);
});
