import assert from "node:assert/strict";

const DATA = { room: "KFMQXD", who: "0123456789ab", server: "5e", version: "a.open.0", every: 2000 };
/** @type {Map<string, string>} */
let stored;
/** @type {Array<string | number | null>} what the server says next: a text, a status, or null where there is none */
let said;
/** @type {string[]} */
let asked;
let reloads = 0, pages = 0;
/** @type {(() => unknown)[]} */
let timers;
/** @type {number[]} */
let pauses;
const { setTimeout: later } = globalThis;

/** @param {Record<string, unknown>} more */
async function open(more = {}) {
  stored ??= new Map();
  [said, asked, timers, pauses] = [[], [], [], []];
  reloads = 0;
  const document = {
    documentElement: { dataset: {} },
    activeElement: /** @type {unknown} */ (null),
    running: /** @type {unknown} */ (null),
    querySelector: () => document.running,
    addEventListener: () => {},
    removeEventListener: () => {},
  };
  Object.assign(globalThis, {
    document,
    location: { reload: () => reloads++ },
    fetch: (/** @type {string} */ path) => {
      asked.push(path);
      const answer = said.shift();
      if (answer === null) return Promise.reject(new TypeError("nobody"));
      const status = typeof answer === "number" ? answer : 200;
      return Promise.resolve({ status, text: () => Promise.resolve(String(answer)) });
    },
    setTimeout: (/** @type {() => unknown} */ act, /** @type {number} */ pause) => {
      if (act.name === "putBack") return 0; // of typed.js, which a browser tests
      pauses.push(pause);
      return timers.push(act);
    },
    clearTimeout: () => timers.pop(),
  });
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    value: {
      getItem: (/** @type {string} */ name) => stored.get(name),
      setItem: (/** @type {string} */ name, /** @type {string} */ value) => stored.set(name, value),
    },
  });
  const show = (await import(`../../ui/views/classroom/look.js?page=${++pages}`)).default;
  let triggers = 0;
  /** @type {unknown} */
  let told;
  const gets = (/** @type {Record<string, unknown>} */ data) =>
    show({
      data: { ...DATA, ...data },
      setTriggerValue: (/** @type {string} */ _, /** @type {unknown} */ value) => (told = value, triggers++),
    });
  let end = gets(more);
  return {
    document,
    told: () => told,
    gets: (/** @type {Record<string, unknown>} */ data) => {
      const before = end;
      end = gets(data);
      before(); // Streamlit ends what has been overtaken when the next has begun
    },
    end: () => end(),
    /** How many runs it asks for when the server says these one after the other. @param {...(string | number | null)} answers */
    async hears(...answers) {
      const before = triggers;
      for (const answer of answers) {
        said.push(answer);
        await timers.shift()?.();
      }
      return triggers - before;
    },
  };
}

Deno.test("only what is new makes the page run again", async () => {
  const page = await open();
  assert.equal(await page.hears("room 5e a.open.0", "room 5e a.open.0", null, 502), 0);
  assert.equal(asked[0], "room?room=KFMQXD&who=0123456789ab");
  page.document.running = {}; // of its own press
  assert.equal(await page.hears("room 5e a.closed.0"), 0);
  page.document.running = null;
  assert.equal(await page.hears("room 5e a.closed.0"), 1);
  page.gets({ version: "a.closed.0" });
  assert.equal(await page.hears("room 5e a.closed.0"), 0);
  assert.ok(pauses.slice(1).every((pause) => pause >= 1600 && pause <= 2400));
  assert.equal(timers.length, 1);
  page.end();
  assert.equal(timers.length, 0);
});

Deno.test("where nobody knows of a room, the page itself looks", async () => {
  const page = await open();
  assert.equal(await page.hears("<!doctype html>", 404), 2);
  page.document.documentElement.dataset = { reconnecting: "" };
  assert.equal(await page.hears("<!doctype html>"), 0);
});

Deno.test("a page goes once to the server that has its room", async () => {
  const page = await open();
  assert.equal(await page.hears("room 77 none"), 1);
  assert.equal(reloads, 0);
  page.document.activeElement = { value: "0.2" };
  assert.equal(await page.hears("room 77 none"), 0);
  assert.equal(reloads, 0);
  page.document.activeElement = null;
  await page.hears("room 77 none");
  assert.equal(reloads, 1);
  const again = await open();
  assert.equal(await again.hears("room 77 none"), 1);
  assert.notEqual(again.told(), "away");
  assert.equal(await again.hears("room 77 none"), 1);
  assert.equal(again.told(), "away"); // it cannot get there
  assert.equal(await again.hears("room 5e a.open.1"), 1);
  assert.notEqual(again.told(), "away");
  assert.equal(reloads, 0);
  const back = await open({ server: "77" });
  await back.hears("room 5e none", "room 77 none", "room 5e none");
  assert.equal(reloads, 0);
  await back.hears("room 5e none");
  assert.equal(reloads, 1);
});

Deno.test.afterAll(() => {
  globalThis.setTimeout = later;
});
