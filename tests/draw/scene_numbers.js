/** @import { SceneNumber } from "../../ui/draw/js/types.d.ts" */

/** @param {number | number[]} value @param {Partial<SceneNumber>} [more] @returns {SceneNumber} */
export const number = (value, more) => ({ value, form: "signed", ...more });
