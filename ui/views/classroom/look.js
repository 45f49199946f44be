/**
 * Asks all the time, and for little, whether something has changed in a room, and where the room is: only when
 * it has changed does the page run again, and when its visitors are led to another server the page goes there.
 * Where it cannot, since its WebSocket is led elsewhere without a cookie, it tells its own server.
 *
 * @import { Mounted } from "../../draw/js/types.d.ts"
 * @typedef {{room: string, who: string, server: string, version: string, every: number}} Data every: ms
 */
import { endTyping, keepTyped } from "./typed.js";

const PATIENCE = 4000; // ms
const MOVED = "backprop.room.moved";
const AWAY = "away"; // see looking.py

/** @type {Pick<Mounted<Data>, "data" | "setTriggerValue"> | undefined} */
let page;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let elsewhere = ""; // the other server that the last look has found

/** @param {Data} data @returns {Promise<string[] | null>} server and version; null if nobody answers, empty if it is no answer */
async function ask({ room, who }) {
  try {
    const signal = AbortSignal.timeout(PATIENCE);
    const answer = await fetch(`room?${new URLSearchParams({ room, who })}`, { cache: "no-store", signal });
    if (answer.status >= 500) return null;
    return /^room (\w+) (\S+)$/.exec(await answer.text())?.slice(1) ?? [];
  } catch {
    return null;
  }
}

/** What is new may be on its way: of a press of this page's own. */
function isRunning() {
  return document.querySelector('[data-test-script-state="running"]') !== null;
}

function isTyping() {
  return Boolean(/** @type {HTMLInputElement | null} */ (document.activeElement)?.value);
}

/** Once to each server: where cookies are blocked, one would come back to the wrong one. @param {string} server */
function move(server) {
  try {
    if (sessionStorage.getItem(MOVED) === server) return false;
    sessionStorage.setItem(MOVED, server);
  } catch {
    return false;
  }
  location.reload();
  return true;
}

async function look() {
  const asked = page;
  const found = asked && await ask(asked.data);
  if (asked && found && page === asked && !("reconnecting" in document.documentElement.dataset)) {
    const [server = "", version] = found;
    const isHere = server === asked.data.server || server === "";
    const isAway = !isHere && server === elsewhere;
    const isMoving = isAway && (isTyping() || move(server));
    elsewhere = isHere ? "" : server;
    const isNews = isHere && server ? version !== asked.data.version : !isMoving;
    if (isNews && !isRunning()) asked.setTriggerValue("look", isAway ? AWAY : performance.now());
  }
  // More or less, so that four hundred phones do not ask in one moment.
  timer = page && setTimeout(look, page.data.every * (0.8 + 0.4 * Math.random()));
}

/** @param {Mounted<Data>} component */
export default function ({ data, setTriggerValue }) {
  const mine = page = { data, setTriggerValue };
  keepTyped();
  timer ??= setTimeout(look, data.every * Math.random());
  return () => {
    if (page !== mine) return;
    clearTimeout(timer);
    page = timer = undefined;
    endTyping();
  };
}
