/** What links.js does, for a page that draws nothing with the library and so goes without it. */
/** @import { Mounted } from "../draw/js/types.d.ts" */
import { followLinks } from "./links.js";

/** @param {Mounted<import("./links.js").Data>} component */
export default function (component) {
  return followLinks(component);
}
