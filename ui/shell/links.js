/** @import { Mounted } from "../draw/js/types.d.ts" */
import { readNumberFields } from "./number_fields.js";

/** @typedef {{session: string, question: number | null, again: boolean}} Data */

const push = history.pushState;

/**
 * A link leads to a place, one more stop for the Back button; a setting that is changed does not. Streamlit
 * pushes an address for either, so what it pushes for the page that is shown takes the place of the address.
 * @type {typeof history.pushState}
 */
function pushOnlyPages(state, unused, url) {
  const isSamePage = new URL(url ?? "", location.href).pathname === location.pathname;
  if (isSamePage) history.replaceState(state, unused, url);
  else push.call(history, state, unused, url);
}

/**
 * Follow links between pages inside the running session: push the new address, then tell Streamlit
 * the way the browser's Back button would. Without this script the same links load the app anew.
 * @param {MouseEvent} event
 */
function followAppLink(event) {
  const isLink = (/** @type {EventTarget} */ node) =>
    node instanceof Element && node.matches("a[data-app-link]");
  const link = /** @type {HTMLAnchorElement | undefined} */ (event.composedPath().find(isLink));
  const plainClick = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey &&
    !event.altKey;
  if (!link || !plainClick) return;
  event.preventDefault();
  if (held) held.push(() => ((passes = 1), openPage(link)));
  else openPage(link);
}

/** @param {HTMLAnchorElement} link */
function openPage(link) {
  // A menu that holds the link would stay open above the new page.
  if (link.closest(".bp-presets")) setTimeout(closeMenu);
  // Nor may the sidebar hide it, where it lies over the page; Streamlit's own links close it on phones.
  if (matchMedia("(max-width: 768px)").matches) setTimeout(closeSidebar);
  push.call(history, {}, "", inFrame(link.href));
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/** The address with what says that the app is shown in a frame, and how: no link knows of it. @param {string} href */
function inFrame(href) {
  const address = new URL(href);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (["embed", "embed_options"].includes(name)) address.searchParams.append(name, value);
  }
  return address;
}

/** What the menu takes for a press elsewhere; it ignores presses during one of its own. */
function closeMenu() {
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
    document.body.dispatchEvent(new PointerEvent(type, { bubbles: true, isPrimary: true }));
  }
}

function closeSidebar() {
  /** @type {HTMLElement | null} */
  const button = document.querySelector('[data-testid="stSidebarCollapseButton"] button');
  button?.click();
}

const PATIENCE = 10_000; // ms after which what was held goes out in any case
const APART = 150; // ms: of two messages at once Streamlit hears the press of the last one only

const app = /** @type {HTMLElement} */ (document.querySelector('[data-testid="stApp"]'));
const sendAtOnce = WebSocket.prototype.send;
/** @type {Pick<Mounted<Data>, "data" | "setTriggerValue">} what the server last told, and how to tell the server */
let page;
let session = ""; // the server's, before the connection was lost
let hasMoved = false; // by Back or Forward, while nobody could draw another view
/** @type {(() => void)[] | null} what the page would do between a lost connection and the answer to what it asks for then */
let held = null;
let passes = 0; // messages that go out all the same
let question = -1;
/** @type {Data} */
let seen;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let isReleasing = false;

/**
 * Connected again, the page may talk to a session that has never run: started anew, or on another replica.
 * Such a session knows no widget, so it would lose the first press, and Streamlit tells it an address without
 * the steps made since. So the page asks for a run at once and tells its address itself (ui/state/address.py);
 * what the reader does meanwhile is sent when that run has answered.
 * @this {WebSocket} @param {Parameters<WebSocket["send"]>[0]} message
 */
function send(message) {
  if (!held || passes-- > 0) sendAtOnce.call(this, message);
  else held.push(() => sendAtOnce.call(this, message));
}

function isConnected() {
  return app.dataset.testConnectionState === "CONNECTED";
}

function loseConnection() {
  if (!held) session = page.data.session;
  clearTimeout(timer);
  hold();
}

function comeBack() {
  if (hasMoved) return location.reload();
  const dialog = document.querySelector('[role="dialog"]');
  if (dialog) waitForEnd(dialog);
  else begin();
}

/** A dialog closes when the script runs, and with it goes what was typed there: only its own run may do that. @param {Element} dialog */
function waitForEnd(dialog) {
  release();
  const watcher = new MutationObserver(() => {
    if (dialog.isConnected) return;
    watcher.disconnect();
    if (!held && isConnected()) begin();
  });
  watcher.observe(document.body, { childList: true, subtree: true });
}

function begin() {
  hold();
  timer = setTimeout(release, PATIENCE);
  ask();
}

function hold() {
  held ??= [];
  passes = 0;
  document.documentElement.dataset.reconnecting = "";
}

function ask() {
  document.dispatchEvent(new Event("bp-write-place")); // the stage and the film have the address say where they are
  question = performance.now();
  seen = page.data;
  passes = 1;
  page.setTriggerValue("address", { query: location.search, session, question });
}

/** A new session may begin with a run that hears nothing (ui/state/settings.py), and says so. */
function lookForAnswer() {
  if (!held || isReleasing || !isConnected() || app.dataset.testScriptState !== "notRunning") return;
  const { data } = page;
  const isNew = data.session !== session;
  if (data.question === question || (isNew && !data.again)) release();
  else if (isNew && data !== seen) ask();
}

async function release() {
  clearTimeout(timer);
  if (isReleasing) return;
  isReleasing = true;
  while (held?.length) {
    held.shift()?.();
    await new Promise((go) => setTimeout(go, APART));
  }
  isReleasing = false;
  if (!isConnected()) return; // lost again meanwhile
  held = null;
  delete document.documentElement.dataset.reconnecting;
}

function watch() {
  let wasConnected = isConnected();
  const watcher = new MutationObserver(() => {
    if (wasConnected === isConnected()) return lookForAnswer();
    wasConnected = !wasConnected;
    if (wasConnected) comeBack();
    else loseConnection();
  });
  watcher.observe(app, { attributeFilter: ["data-test-connection-state", "data-test-script-state"] });
  window.addEventListener("popstate", () => {
    hasMoved ||= !wasConnected;
  });
  WebSocket.prototype.send = send;
  history.pushState = pushOnlyPages;
}

/** @param {Mounted<Data>} component */
export function followLinks({ data, setTriggerValue }) {
  if (!page) watch();
  page = { data, setTriggerValue };
  lookForAnswer();
  document.addEventListener("click", followAppLink);
  const end = readNumberFields();
  return () => {
    document.removeEventListener("click", followAppLink);
    end();
  };
}
