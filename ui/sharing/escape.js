/**
 * Let Escape close the dialog, wherever the focus is: a table keeps the key for itself, and a download button,
 * disabled while its file is made, loses the focus. What is open within the dialog (the editor of a cell, a
 * menu) is closed first, and by itself.
 */
const OPEN_WITHIN = '#portal, [aria-expanded="true"], [class*="gdg-search"]';

export default function () {
  const close = (event) => {
    if (event.key !== "Escape" || event.target.closest(OPEN_WITHIN)) return;
    if (document.fullscreenElement) document.exitFullscreen();
    else document.querySelector('[role="dialog"] > [aria-label="Close"]')?.click();
  };
  document.addEventListener("keydown", close, true);
  return () => document.removeEventListener("keydown", close, true);
}
