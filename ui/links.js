const push = history.pushState;

/**
 * A link leads to a place, one more stop for the Back button; a setting that is changed does not. Streamlit
 * pushes an address for either, so what it pushes for the page that is shown takes the place of the address.
 */
function pushOnlyPages(state, unused, url) {
  const isSamePage = new URL(url ?? "", location.href).pathname === location.pathname;
  if (isSamePage) history.replaceState(state, unused, url);
  else push.call(history, state, unused, url);
}

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
  // Nor may the sidebar hide it, where it lies over the page; Streamlit's own links close it on phones.
  if (matchMedia("(max-width: 768px)").matches) setTimeout(closeSidebar);
  push.call(history, {}, "", inFrame(link.href));
  window.dispatchEvent(new PopStateEvent("popstate", { state: {} }));
}

/** The address with what says that the app is shown in a frame, and how: no link knows of it. */
function inFrame(href) {
  const address = new URL(href);
  for (const [name, value] of new URLSearchParams(location.search)) {
    if (["embed", "embed_options"].includes(name)) address.searchParams.append(name, value);
  }
  return address;
}

/** What the menu takes for a press elsewhere; it ignores presses during one of its own. */
function closeMenu() {
  for (const type of ["pointerdown", "mousedown", "pointerup", "mouseup", "click"]) {
    document.body.dispatchEvent(new PointerEvent(type, { bubbles: true, isPrimary: true }));
  }
}

function closeSidebar() {
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

export default function () {
  history.pushState = pushOnlyPages;
  document.addEventListener("click", followAppLink);
  const end = readNumberFields();
  return () => {
    document.removeEventListener("click", followAppLink);
    end();
  };
}
