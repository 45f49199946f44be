/**
 * The library: what the components of pages draw with. It comes once a session, from a component of its
 * own (ui/shell/library.js); theirs come with every change of their data, and are a few lines for that.
 */
/** @import { Shelf } from "./types.d.ts" */

/** What the scripts of components share, each of which is a module of its own. @returns {Shelf} */
export function shelf() {
  return globalThis.backprop ??= { libraries: {}, mounts: new WeakMap(), styles: {} };
}

/** Of a version, since a page may outlive its server; asked for by whoever comes first. @param {string} version */
export function library(version) {
  return shelf().libraries[version] ??= Promise.withResolvers();
}
