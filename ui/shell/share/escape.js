import { nearest } from "../../draw/js/element.js";

/**
 * Let Escape close the dialog, wherever the focus is: a download button, disabled while its file is made, loses
 * it. An open menu within the dialog is closed first, and by itself.
 */
export default function () {
  const close = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Escape" || nearest(event.target, '[aria-expanded="true"]')) return;
    if (document.fullscreenElement) {
      event.stopPropagation();
      document.exitFullscreen();
      return;
    }
    /** @type {HTMLElement | null} */
    const button = document.querySelector('[role="dialog"] > [aria-label="Close"]');
    button?.click();
  };
  document.addEventListener("keydown", close, true);
  return () => document.removeEventListener("keydown", close, true);
}
