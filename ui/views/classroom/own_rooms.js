/**
 * The host's own way back: a browser keeps room and secret of the rooms it has opened lately, so that a question
 * found on another page can be asked in one of them. The secret goes into the link alone, not to the server.
 *
 * @import { Mounted } from "../../draw/js/types.d.ts"
 * @typedef {{room: string, host: string, at: number}} Own
 * @typedef {{keep?: {room: string, host: string}, link?: string, lead?: string, label?: string}} Data
 */
import { element } from "../../draw/js/element.js";

const OWN = "backprop.rooms";
const MOST_OWN = 3;
const YOUNG = 3 * 3600e3; // ms after which a room that nobody asks for is forgotten on the server, too

/** @param {Own} own */
function isOwn({ room, host, at }) {
  return /^[A-Z]{6}$/.test(room) && /^[\w-]{16}$/.test(host) && Math.abs(Date.now() - at) < YOUNG;
}

/** The last ones, the newest first. @returns {Own[]} */
export function ownRooms() {
  try {
    const kept = JSON.parse(localStorage.getItem(OWN) ?? "[]");
    return kept.filter(isOwn).slice(0, MOST_OWN);
  } catch {
    return []; // blocked, or not of our making
  }
}

/** @param {{room: string, host: string}} own */
export function keepOwn({ room, host }) {
  const others = ownRooms().filter((each) => each.room !== room);
  const all = [{ room, host, at: Date.now() }, ...others].slice(0, MOST_OWN);
  try {
    localStorage.setItem(OWN, JSON.stringify(all));
  } catch {
    // Full or blocked: the host has the link.
  }
}

/** @param {Mounted<Data>} component */
export default function ({ data, parentElement }) {
  if (data.keep) return keepOwn(data.keep);
  const { link = "", lead = "", label = "" } = data;
  const rooms = ownRooms().map(({ room, host }) => {
    const href = `${link}${link.includes("?") ? "&" : "?"}${new URLSearchParams({ room, host })}`;
    return element(
      "a",
      { class: "bp-button", target: "_self", href, "data-room": room },
      `${label} ${room} →`,
    );
  });
  const box = parentElement.querySelector(".bp-own-rooms");
  box?.replaceChildren(...(rooms.length ? [element("p", {}, lead), ...rooms] : []));
}
