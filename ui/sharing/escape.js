/**
 * Let Escape close the dialog even when nothing has the focus: a download button is disabled while its file is
 * made, and so loses it; the dialog then misses the key.
 */
export default function () {
  const close = (event) => {
    if (event.key !== "Escape" || document.activeElement !== document.body) return;
    document.querySelector('[role="dialog"] [aria-label="Close"]')?.click();
  };
  document.addEventListener("keydown", close);
  return () => document.removeEventListener("keydown", close);
}
