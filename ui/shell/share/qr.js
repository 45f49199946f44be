/**
 * Show a QR code, fill the screen with it, and offer it as a file.
 * The drawing is made by our own server and holds no text.
 *
 * @import { Mounted } from "../../draw/js/types.d.ts"
 * @param {Mounted<{svg: string, link: string, name: string}>} component
 */
export default function ({ data, parentElement }) {
  const find = (
    /** @type {string} */ name,
  ) => /** @type {HTMLElement} */ (parentElement.querySelector(`[data-part="${name}"]`));
  const [sheet, code, fill] = ["sheet", "code", "fill"].map(find);
  const file = /** @type {HTMLAnchorElement} */ (find("file"));
  code.innerHTML = data.svg;
  code.setAttribute("aria-label", `QR code of ${data.link}`);
  find("address").textContent = data.link;
  file.download = data.name;
  file.href = `data:image/svg+xml,${encodeURIComponent(data.svg)}`;
  fill.hidden = !document.fullscreenEnabled;
  fill.onclick = () => sheet.requestFullscreen();
  // What is outside of a full screen loses the focus, and with it the Escape key that closes the dialog.
  sheet.onfullscreenchange = () => document.fullscreenElement || fill.focus();
}
