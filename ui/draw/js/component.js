/**
 * The script of a page's component: it waits for the library, which has what shows it under its name.
 *
 * @import { Mounted, Parent } from "./types.d.ts"
 * @typedef {{lines: Map<string, [name: string, value: unknown]>, data: Record<string, unknown>}} Call
 */
import { library } from "./library.js";

const PATIENCE = 5000; // ms; the library is on its way, unless a second run took the place of the first

/** @type {WeakMap<Parent, Call>} the last one for each place */
const calls = new WeakMap();

/** @param {Mounted<Uint8Array>} component with what `packed` of ui/draw/library.py made */
export default async function (component) {
  const parent = component.parentElement;
  const [version, ...lines] = new TextDecoder().decode(component.data).split("\n");
  const call = read(lines, calls.get(parent));
  calls.set(parent, call);
  const { [component.name]: show } = await libraryOf(component, version);
  const end = show({ ...component, data: call.data });
  // Of a call that another has overtaken Streamlit asks for the end when the other has begun.
  return () => calls.get(parent) === call && end?.();
}

/** One component on every page asks for what has not come. @param {Mounted<unknown>} component @param {string} version */
async function libraryOf(component, version) {
  const { promise } = library(version);
  const ask = () => component.name === "backprop.links" && component.setTriggerValue("library", version);
  const timer = setTimeout(ask, PATIENCE);
  const found = await promise;
  clearTimeout(timer);
  return found;
}

/** What has not changed stays the same object. @param {string[]} lines @param {Call} [before] @returns {Call} */
function read(lines, before) {
  const read = new Map(lines.map((line) => [line, before?.lines.get(line) ?? valueOf(line)]));
  const isSame = before && lines.every((line) => before.lines.has(line));
  return { lines: read, data: isSame ? before.data : Object.fromEntries(read.values()) };
}

/** @param {string} line @returns {[name: string, value: unknown]} */
function valueOf(line) {
  const end = line.indexOf(" ");
  return [line.slice(0, end), JSON.parse(line.slice(end + 1) || "null")];
}
