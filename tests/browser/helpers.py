"""What the browser tests and the screenshots share."""

from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, WebSocket

from tests.chromium import find_chromium

CHROMIUM_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--js-flags=--min-semi-space-size=64 --max-semi-space-size=64 --initial-old-space-size=600",
)
DESKTOP = {"width": 1366, "height": 768}
PHONE = {"width": 390, "height": 844}
PATIENCE = 60_000
"""Milliseconds for what a server or a browser that has just begun does on a busy machine."""

# After a click the page still calls itself idle until the server answers, so a question must not be open; a
# slider or a field asks when a timer ends, so none of those may be running.
NOTE_WHAT_IS_COMING = """
const send = WebSocket.prototype.send;
WebSocket.prototype.send = function (message) {
  const answered = () => { window.questionIsOpen = false; };
  window.questionIsOpen = this.readyState === WebSocket.OPEN;
  this.addEventListener("message", answered, { once: true });
  this.addEventListener("close", answered, { once: true });  // what is cut off is not answered any more
  send.call(this, message);
};
window.pauses = new Set();
const { setTimeout: start, clearTimeout: stop } = window;
window.setTimeout = (act, delay, ...args) => {
  const ended = (...given) => {
    window.pauses.delete(timer);
    act(...given);
  };
  const timer = start(ended, delay, ...args);
  if (delay >= 100 && delay <= 1000) window.pauses.add(timer);
  return timer;
};
window.clearTimeout = (timer) => {
  window.pauses.delete(timer);
  stop(timer);
};
"""
# In frames, which a busy machine draws later.
IS_SETTLED = """
look => {
  const app = document.querySelector('[data-testid="stApp"]');
  const idle = app?.dataset.testScriptState === "notRunning"
    && app.dataset.testConnectionState === "CONNECTED"
    && !window.questionIsOpen
    && !window.pauses.size
    && !document.querySelector('[data-testid="stSkeleton"], [data-stale="true"]');
  window.idleFrames = !idle || window.look !== look ? 0 : window.idleFrames + 1;
  window.look = look;
  return window.idleFrames === 5;
}
"""
looks = count()
CLICK_APP_LINK = """
href => {
  const link = Object.assign(document.createElement("a"), { href });
  link.dataset.appLink = "";
  document.body.append(link);
  link.click();
  link.remove();
}
"""
PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉", "0123456789" * 2)
"""How raised and lowered digits are drawn: from plain ones, in elements of their own."""
READ_NUMBERS = """
() => [...document.querySelectorAll(".bp-scene [data-value]")].map(({ dataset: { value, link, ...name } }) =>
  [Object.entries(name).map(([kind, name]) => `${kind}=${name}`).join(" "), Number(value)])
"""
NOTE_SENT = """
() => {
  const send = WebSocket.prototype.send;
  const note = function (message) { window.sent += 1; send.call(this, message); };
  if (window.sent === undefined) WebSocket.prototype.send = note;  // once a document
  window.sent = 0;
}
"""
HAS_THEME = """
theme => getComputedStyle(document.querySelector('[data-testid="stApp"]')).colorScheme === theme
"""


def launch_chromium(playwright: Playwright) -> Browser:
    """The browser that run.py or the machine offers, else Playwright's own."""
    return playwright.chromium.launch(executable_path=find_chromium(), args=CHROMIUM_FLAGS)


def new_context(browser: Browser, **options: Any) -> BrowserContext:
    """A browser context in which `wait_settled` works; the options are those of `Browser.new_context`."""
    context = browser.new_context(**{"viewport": DESKTOP} | options)
    context.add_init_script(NOTE_WHAT_IS_COMING)
    return context


def wait_settled(page: Page) -> None:
    """Wait until Streamlit has run the script and drawn its result, also for what is told after a pause."""
    page.wait_for_function(IS_SETTLED, arg=next(looks), timeout=PATIENCE)


def drag(page: Page, start: tuple[float, float], end: tuple[float, float]) -> None:
    """Press, move, and hold until the pause is over after which the server hears of a key."""
    page.mouse.move(*start)
    page.mouse.down()
    page.mouse.move(*end, steps=6)
    wait_settled(page)


def follow_link(page: Page, href: str) -> None:
    """As a click on a link between pages does: another view in the same session, without a new document."""
    page.evaluate(CLICK_APP_LINK, href)
    wait_settled(page)


def in_both_themes(page: Page) -> Iterator[str]:
    """The page in one theme, then in the other, as when the system changes it."""
    for theme in ("light", "dark"):
        page.emulate_media(color_scheme=theme)
        page.wait_for_function(HAS_THEME, arg=theme)
        wait_settled(page)
        yield theme


# Opened by a link to a page, Streamlit looks for its server below that page first, and Chromium reports the
# 404 as an error.
HARMLESS_404 = ("/_stcore/health", "/_stcore/host-config")


class Watcher:
    """Collects what no page of the app may do: report an error, or ask another host for something."""

    def __init__(self, context: BrowserContext, app_url: str):
        self.errors: list[str] = []
        self.foreign_requests: list[str] = []
        self._own_host = urlsplit(app_url).netloc
        context.on("console", self._on_console)
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        context.on("request", self._on_request)
        context.on("page", lambda page: page.on("websocket", self._on_request))

    def _on_console(self, message: ConsoleMessage) -> None:
        source = message.location["url"]
        if message.type == "error" and not source.endswith(HARMLESS_404):
            self.errors.append(f"{message.text} ({source})")

    def _on_request(self, request: Request | WebSocket) -> None:
        url = urlsplit(request.url)
        if url.scheme not in ("data", "blob") and url.netloc != self._own_host:
            self.foreign_requests.append(request.url)

    def forget(self) -> None:
        self.errors.clear()
        self.foreign_requests.clear()


def assert_figures_fit(page: Page) -> None:
    """No text of the three figures beside each other is cut off, too small or too large."""
    figures = page.locator(".bp-trio > figure")
    assert figures.count() == 3
    for figure in figures.all():
        cut = figure.evaluate(
            """figure => {
              const frame = figure.getBoundingClientRect();
              return [...figure.querySelectorAll("text, figcaption *")].filter((text) => {
                const box = text.getBoundingClientRect();
                return box.left < frame.left - 1 || box.right > frame.right + 1;
              }).map((text) => text.textContent);
            }"""
        )
        assert cut == []
        sizes = figure.locator("text").evaluate_all(
            "all => all.map(e => parseFloat(getComputedStyle(e).fontSize) * Math.hypot(e.getScreenCTM().a, "
            "e.getScreenCTM().b))"
        )
        assert 12 <= min(sizes) <= max(sizes) <= 26
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
