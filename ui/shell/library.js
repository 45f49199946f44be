/** The library of ui/draw/js/library.js: what draws the components of pages, by their names, and its styles. */
/** @import { Mounted } from "../draw/js/types.d.ts" */
import { library } from "../draw/js/library.js";
import { showMarkup } from "../draw/js/markup.js";
import { SceneInPage } from "../draw/js/mount.js";
import { mounted, readStyles, wearForFirst } from "../draw/js/streamlit.js";
import { FilmInPage } from "../views/training/js/streamlit.js";
import { StageInPage } from "../views/walkthrough/js/streamlit.js";
import { followLinks } from "./links.js";

/** @param {Mounted<Record<string, string>>} component with the styles by their names */
export default function ({ data: { version, ...styles } }) {
  readStyles(styles);
  wearForFirst(["tokens", "app"]);
  library(version).resolve({
    "backprop.stage": mounted("stage", (parent, mount) => new StageInPage(parent, mount)),
    "backprop.links": followLinks,
    "backprop.markup": showMarkup,
    "backprop.page": mounted("draw", (parent, mount) => new SceneInPage(parent, mount)),
    "backprop.film": mounted("film", (parent, mount) => new FilmInPage(parent, mount)),
  });
}
