/**
 * Follow links between pages inside the running session: push the new address, then tell Streamlit
 * the way the browser's Back button would. Without this script the same links load the app anew.
 */
function followAppLink(event) {
  const link = event.composedPath().find((node) => node.matches?.("a[data-app-link]"));
  const plainClick = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plainClick) return;
  event.preventDefault();
  // A menu that holds the link would stay open above the new page.
  if (link.closest(".bp-presets")) setTimeout(closeMenu);
  history.pushState({}, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/** What the menu takes for a press elsewhere; it ignores presses during one of its own. */
function closeMenu() {
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
    document.body.dispatchEvent(new PointerEvent(type, { bubbles: true, isPrimary: true }));
  }
}

export default function () {
  document.addEventListener("click", followAppLink);
  return () => document.removeEventListener("click", followAppLink);
}
