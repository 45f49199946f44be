/**
 * Show a QR code, fill the screen with it, and offer it as a file.
 * The drawing is made by our own server and holds no text.
 */
export default function ({ data, parentElement }) {
  const find = (name) => parentElement.querySelector(`[data-part="${name}"]`);
  const sheet = find("sheet"), code = find("code"), fill = find("fill");
  code.innerHTML = data.svg;
  code.setAttribute("aria-label", `QR code of ${data.link}`);
  find("address").textContent = data.link;
  find("file").download = data.name;
  find("file").href = `data:image/svg+xml,${encodeURIComponent(data.svg)}`;
  fill.hidden = !document.fullscreenEnabled;
  fill.onclick = () => sheet.requestFullscreen();
  // What is outside of a full screen loses the focus, and with it the Escape key that closes the dialog.
  sheet.onfullscreenchange = () => { if (!document.fullscreenElement) fill.focus(); };
}
