/**
 * Let Escape close the dialog, wherever the focus is: a download button, disabled while its file is made, loses
 * it. An open menu within the dialog is closed first, and by itself.
 */
export default function () {
  const close = (event) => {
    if (event.key !== "Escape" || event.target.closest('[aria-expanded="true"]')) return;
    if (document.fullscreenElement) {
      event.stopPropagation();
      document.exitFullscreen();
    } else document.querySelector('[role="dialog"] > [aria-label="Close"]')?.click();
  };
  document.addEventListener("keydown", close, true);
  return () => document.removeEventListener("keydown", close, true);
}
