/**
 * The library: what the components of pages draw with. It comes once, from a component that stands on every
 * page (ui/shell/library.js); theirs come with every change of their data, and are a few lines for that.
 */
/** @import { Shelf } from "./types.d.ts" */

/** What the scripts of components share, each of which is a module of its own. @returns {Shelf} */
export function shelf() {
  return globalThis.backprop ??= { libraries: {}, mounts: new WeakMap() };
}

/** Of a version, since a page may outlive its server; asked for by whoever comes first. @param {string} version */
export function library(version) {
  return shelf().libraries[version] ??= Promise.withResolvers();
}
