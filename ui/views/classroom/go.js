/**
 * Leads to a room by loading the page anew: so that the first page decides on which server its visitors are.
 *
 * @import { Mounted } from "../../draw/js/types.d.ts"
 * @param {Mounted<{to: string}>} component
 */
export default function ({ data }) {
  if (data.to) location.assign(data.to);
}
