/**
 * What a browser in a room keeps, so that the room outlives its server: whoever answers a name and the last
 * answer, the host all rounds. A session that is new hears of it once; then it tells what to keep.
 *
 * @import { Mounted } from "../../draw/js/types.d.ts"
 * @typedef {{name: string, key: string, answer: string}} Mine of somebody who answers; no name where no room is
 * @typedef {[key: string, number: number, asked: string, phase: string, answers: Record<string, string>]} Round
 * @typedef {{room: string, session: string, mine?: Mine, rounds?: Round[]}} Data
 */

const PREFIX = "backprop.room.";
const MOST_ROOMS = 8;
/** @type {Map<string, string>} the session that has heard, by room */
const heard = new Map();
/** @type {Map<string, string>} what storage did not take, be it full or blocked: kept as long as this page is */
const unsaved = new Map();

/** @param {string} name @returns {unknown} */
function read(name) {
  try {
    return JSON.parse(unsaved.get(name) ?? localStorage.getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} name @param {unknown} value */
function write(name, value) {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(name, text);
    unsaved.delete(name);
    const others = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX) && key !== name);
    for (const other of others.slice(0, Math.max(0, others.length - MOST_ROOMS))) {
      localStorage.removeItem(other);
    }
  } catch {
    unsaved.set(name, text);
  }
}

/** @param {Round[]} kept @param {Round[]} news @returns {Round[]} */
export function merged(kept, news) {
  const rounds = new Map(kept.map((round) => [round[0], round]));
  for (const round of news) rounds.set(round[0], round);
  return [...rounds.values()].sort((one, other) => one[1] - other[1]);
}

/** While the page is being connected again, what is told would go out with the question of links.js, and break it. @param {() => void} tell */
function onceConnected(tell) {
  if ("reconnecting" in document.documentElement.dataset) setTimeout(onceConnected, 50, tell);
  else tell();
}

/** @param {Mounted<Data>} component */
export default function ({ data, setStateValue }) {
  const { room, session, mine, rounds = [] } = data;
  const name = `${PREFIX}${room}${mine ? "" : ".host"}`;
  const kept = read(name);
  const isNew = heard.get(name) !== session;
  heard.set(name, session);
  const told = { session, [mine ? "mine" : "rounds"]: kept };
  if (isNew && kept) onceConnected(() => setStateValue("kept", told));
  else if (!mine) write(name, merged(/** @type {Round[]} */ ([kept].flat().filter(Array.isArray)), rounds));
  else if (mine.name && (mine.answer || !kept)) write(name, mine);
}
