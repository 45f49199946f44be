/**
 * Follow links between pages inside the running session: push the new address, then tell Streamlit
 * the way the browser's Back button would. Without this script the same links load the app anew.
 */
function followAppLink(event) {
  const link = event.composedPath().find((node) => node.matches?.("a[data-app-link]"));
  const plainClick = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
  if (!link || !plainClick) return;
  event.preventDefault();
  history.pushState({}, "", link.href);
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

export default function () {
  document.addEventListener("click", followAppLink);
  return () => document.removeEventListener("click", followAppLink);
}
